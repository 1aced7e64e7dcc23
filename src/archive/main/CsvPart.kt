package twitchactors.archive

import twitchactors.domain.SlotSets

/** Rows as `viewer,streamer,samples,first_slot,last_slot`. */
internal class CsvPart(private val streamers: List<ByteArray>) : PlainPart() {
    override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
        var samples = 0
        for (i in 0 until count) samples += SlotSets.length(runs[i])
        out.bytes(viewer, 0, length)
        out.byte(COMMA)
        out.bytes(streamers[streamer])
        out.byte(COMMA)
        out.bytes(Decimals.of(samples))
        out.byte(COMMA)
        out.bytes(Decimals.of(SlotSets.first(runs[0])))
        out.byte(COMMA)
        out.bytes(Decimals.of(SlotSets.last(runs[count - 1])))
        out.byte(NEW_LINE)
    }

    companion object {
        const val HEADER = "viewer,streamer,samples,first_slot,last_slot\n"
        private const val COMMA = ','.code
        private const val NEW_LINE = '\n'.code
    }
}
