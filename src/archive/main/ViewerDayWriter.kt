package twitchactors.archive

import twitchactors.domain.ByteSink
import twitchactors.domain.PairSink
import java.io.Closeable
import java.io.OutputStream

/**
 * Writes the viewer-days of one day in one format. Rows are encoded in parts, of which several threads may work on one each;
 * parts are appended in their order. Rows are sorted bytewise by viewer, then streamer, and the rows of one viewer are never
 * spread over two parts.
 */
interface ViewerDayWriter : Closeable {
    /** A part ends with the first two characters of its viewers once it has so many rows. */
    val rowsPerPart: Int get() = ROWS_PER_PART

    /** An encoder for one thread; it serves one part after the other. */
    fun encoder(): PartEncoder

    /** Writes the rows that [encoder] holds, and empties it. Called by one thread at a time, in the order of the parts. */
    fun append(encoder: PartEncoder)

    /** Writes what stands behind the last part. Does not close the stream below. */
    override fun close()

    companion object {
        /** A compromise: enough for a column to compress well, few enough that a part is little memory. */
        const val ROWS_PER_PART = 100_000
    }
}

/** Encodes rows of one part. */
interface PartEncoder : PairSink {
    /** Ends the part: all that can be done before its place in the file is known. */
    fun finish()
}

/** A part that is nothing but bytes in a row. */
internal abstract class PlainPart : PartEncoder {
    val out = ByteSink(1 shl 16)

    override fun finish() = Unit
}

/** A format whose file is its [header] and then the bytes of its parts. */
internal class PlainWriter(private val out: OutputStream, header: String, private val part: () -> PlainPart) : ViewerDayWriter {
    init {
        out.write(header.toByteArray(Charsets.US_ASCII))
    }

    override fun encoder(): PartEncoder = part()

    override fun append(encoder: PartEncoder) {
        val bytes = (encoder as PlainPart).out
        out.write(bytes.array, 0, bytes.size)
        bytes.clear()
    }

    override fun close() = Unit
}
