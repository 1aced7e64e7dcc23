package twitchactors.domain

/**
 * The lines `viewer,streamer,slot` of a day's sightings, whose SHA-256 is the day's digest: sorted bytewise by viewer, then
 * streamer, then by slot as a number.
 *
 * @param streamers sorted
 */
class SightingLines(streamers: List<Login>) : PairSink {
    private val names = streamers.map { ",${it.name},".toByteArray(Charsets.US_ASCII) }

    /** Where the lines go; the caller takes and clears them, or gives another place for the next ones. */
    var out = ByteSink(1 shl 16)

    override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
        val name = names[streamer]
        for (i in 0 until count) {
            for (slot in SlotSets.first(runs[i])..SlotSets.last(runs[i])) {
                out.bytes(viewer, 0, length)
                out.bytes(name)
                out.bytes(SLOT_ENDS[slot])
            }
        }
    }

    private companion object {
        val SLOT_ENDS = Array(Slot.PER_DAY) { "$it\n".toByteArray(Charsets.US_ASCII) }
    }
}
