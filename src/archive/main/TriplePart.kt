package twitchactors.archive

import twitchactors.domain.SlotSets

/** Rows as one line `viewer,streamer,slot` per slot: what a day's digest is made of. */
internal class TriplePart(private val streamers: List<ByteArray>) : PlainPart() {
    override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
        val name = streamers[streamer]
        for (i in 0 until count) {
            for (slot in SlotSets.first(runs[i])..SlotSets.last(runs[i])) {
                out.bytes(viewer, 0, length)
                out.byte(','.code)
                out.bytes(name)
                out.byte(','.code)
                out.bytes(Decimals.of(slot))
                out.byte('\n'.code)
            }
        }
    }
}
