package twitchactors.archive

import twitchactors.domain.ByteSink

/**
 * Parquet's DELTA_BINARY_PACKED encoding
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/): differences in blocks of 128, of which each quarter has
 * its own width.
 */
internal object DeltaPacking {
    private const val BLOCK = 128
    private const val QUARTER = 32

    /** Appends `values[0, count)` to [out]. Differences of neighbours fit into 31 bits. */
    fun write(out: ByteSink, values: IntArray, count: Int) {
        out.varint(BLOCK.toLong())
        out.varint((BLOCK / QUARTER).toLong())
        out.varint(count.toLong())
        out.zigzag(if (count > 0) values[0].toLong() else 0)
        val deltas = IntArray(BLOCK)
        var from = 1
        while (from < count) {
            val size = minOf(BLOCK, count - from)
            var least = Int.MAX_VALUE
            for (i in 0 until size) {
                deltas[i] = values[from + i] - values[from + i - 1]
                least = minOf(least, deltas[i])
            }
            for (i in 0 until size) deltas[i] -= least
            deltas.fill(0, size, BLOCK)
            out.zigzag(least.toLong())
            val widths = IntArray(BLOCK / QUARTER) { width(deltas, it * QUARTER) }
            widths.forEach(out::byte)
            for (quarter in widths.indices) {
                if (quarter * QUARTER < size) pack(out, deltas, quarter * QUARTER, widths[quarter])
            }
            from += size
        }
    }

    private fun width(deltas: IntArray, from: Int): Int {
        var all = 0
        for (i in from until from + QUARTER) all = all or deltas[i]
        return Int.SIZE_BITS - Integer.numberOfLeadingZeros(all)
    }

    private fun pack(out: ByteSink, values: IntArray, from: Int, width: Int) {
        var held = 0L
        var bits = 0
        for (i in from until from + QUARTER) {
            held = held or (values[i].toLong() shl bits)
            bits += width
            while (bits >= Byte.SIZE_BITS) {
                out.byte(held.toInt())
                held = held ushr Byte.SIZE_BITS
                bits -= Byte.SIZE_BITS
            }
        }
    }
}
