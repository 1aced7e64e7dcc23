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

    /** Reads the [count] values that stand where [at] is, which is behind them then. */
    fun read(bytes: ByteArray, at: ThriftFields, count: Int): IntArray {
        val shape = List(3) { at.varint() }
        if (shape != listOf(BLOCK.toLong(), (BLOCK / QUARTER).toLong(), count.toLong())) throw NotOurParquet("has another kind of numbers")
        val values = IntArray(count)
        val first = at.zigzag().toInt()
        if (count > 0) values[0] = first
        var from = 1
        while (from < count) {
            val size = minOf(BLOCK, count - from)
            val least = at.zigzag().toInt()
            val widths = at.at
            at.skip(BLOCK / QUARTER)
            for (quarter in 0 until BLOCK / QUARTER) {
                if (quarter * QUARTER >= size) break
                val width = bytes[widths + quarter].toInt()
                for (i in 0 until minOf(QUARTER, size - quarter * QUARTER)) {
                    val place = from + quarter * QUARTER + i
                    values[place] = values[place - 1] + least + bits(bytes, at.at, i * width, width)
                }
                at.skip(QUARTER / Byte.SIZE_BITS * width)
            }
            from += size
        }
        return values
    }

    private fun bits(bytes: ByteArray, at: Int, from: Int, width: Int): Int {
        var value = 0
        for (i in 0 until width) {
            val bit = from + i
            value = value or ((bytes[at + (bit shr 3)].toInt() shr (bit and 7) and 1) shl i)
        }
        return value
    }

    /** In whole bytes: any width that is wide enough will do, and what stands in whole bytes compresses better than the fewest bits. */
    private fun width(deltas: IntArray, from: Int): Int {
        var all = 0
        for (i in from until from + QUARTER) all = all or deltas[i]
        val bits = Int.SIZE_BITS - Integer.numberOfLeadingZeros(all)
        return (bits + Byte.SIZE_BITS - 1) / Byte.SIZE_BITS * Byte.SIZE_BITS
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
