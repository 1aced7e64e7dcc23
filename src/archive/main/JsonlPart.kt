package twitchactors.archive

import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Slot
import twitchactors.domain.SlotSets

/** A line per viewer: `{"viewer":"v","day":"2022-08-01","slots":{"1659312000":["s1","s2"]}}`, viewer -> time -> streamers. */
internal class JsonlPart(day: Day, streamers: List<ByteArray>) : PlainPart() {
    private val day = "\",\"day\":\"$day\",\"slots\":{".toByteArray(Charsets.US_ASCII)
    private val keys = Array(Slot.PER_DAY) { "\"${Slot(it).startsAt(day)}\":[".toByteArray(Charsets.US_ASCII) }
    private val quoted = streamers.map { byteArrayOf(QUOTE) + it + QUOTE }

    private val viewer = ByteSink(32)

    /** The viewer's (slot, streamer) so far, `slot shl 32 or streamer`: streamers come in order, slots are sorted at the end. */
    private var seen = LongArray(Slot.PER_DAY * 2)
    private var seenCount = 0

    override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
        if (!isCurrent(viewer, length)) {
            line()
            this.viewer.clear()
            this.viewer.bytes(viewer, 0, length)
        }
        for (i in 0 until count) {
            for (slot in SlotSets.first(runs[i])..SlotSets.last(runs[i])) {
                if (seenCount == seen.size) seen = seen.copyOf(seenCount * 2)
                seen[seenCount++] = (slot.toLong() shl Int.SIZE_BITS) or streamer.toLong()
            }
        }
    }

    override fun finish() = line()

    private fun isCurrent(name: ByteArray, length: Int) = java.util.Arrays.equals(viewer.array, 0, viewer.size, name, 0, length)

    private fun line() {
        if (seenCount == 0) return
        seen.sort(0, seenCount)
        out.bytes(LINE_START)
        out.bytes(viewer)
        out.bytes(day)
        var slot = -1
        for (i in 0 until seenCount) {
            val next = (seen[i] ushr Int.SIZE_BITS).toInt()
            if (next != slot) {
                if (slot >= 0) {
                    out.byte(']'.code)
                    out.byte(','.code)
                }
                out.bytes(keys[next])
                slot = next
            } else {
                out.byte(','.code)
            }
            out.bytes(quoted[seen[i].toInt()])
        }
        out.bytes(LINE_END)
        seenCount = 0
    }

    private companion object {
        const val QUOTE = '"'.code.toByte()
        val LINE_START = "{\"viewer\":\"".toByteArray(Charsets.US_ASCII)
        val LINE_END = "]}}\n".toByteArray(Charsets.US_ASCII)
    }
}
