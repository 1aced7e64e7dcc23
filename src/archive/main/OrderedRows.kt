package twitchactors.archive

import twitchactors.domain.PairSink

/**
 * Writes rows that come in order through one thread, in the same parts as everybody ([ViewerDayWriter.rowsPerPart]), so equal rows
 * make equal files.
 */
class OrderedRows(private val writer: ViewerDayWriter) :
    PairSink,
    AutoCloseable {
    private val encoder = writer.encoder()
    private var rows = 0
    private var first: Byte = 0
    private var second: Byte = 0

    override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
        val next = if (length > 1) viewer[1] else 0
        if (rows >= writer.rowsPerPart && (viewer[0] != first || next != second)) append()
        first = viewer[0]
        second = next
        encoder.row(viewer, length, streamer, runs, count)
        rows++
    }

    /** Writes the last part and what stands behind it. */
    override fun close() {
        append()
        writer.close()
    }

    private fun append() {
        encoder.finish()
        writer.append(encoder)
        rows = 0
    }
}
