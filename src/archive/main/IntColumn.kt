package twitchactors.archive

import twitchactors.domain.ByteSink

/** The small numbers of one column of a Parquet row group. */
internal class IntColumn {
    var values = IntArray(1 shl 12)
        private set
    var size = 0
        private set

    fun add(value: Int) {
        if (size == values.size) values = values.copyOf(size * 2)
        values[size++] = value
    }

    fun clear() {
        size = 0
    }

    /**
     * Appends the values as indexes of a dictionary, [width] whole bytes each: readers take any width, and whole bytes
     * compress better than the fewest bits.
     */
    fun writeIndexes(out: ByteSink, width: Int) {
        out.byte(width * Byte.SIZE_BITS)
        val groups = (size + GROUP - 1) / GROUP
        out.varint((groups.toLong() shl 1) or 1)
        val length = groups * GROUP * width
        out.room(length)
        val target = out.array
        java.util.Arrays.fill(target, out.size, out.size + length, 0)
        for (place in 0 until width) {
            var at = out.size + place
            for (i in 0 until size) {
                target[at] = (values[i] ushr place * Byte.SIZE_BITS).toByte()
                at += width
            }
        }
        out.advance(length)
    }

    private companion object {
        const val GROUP = 8
    }
}
