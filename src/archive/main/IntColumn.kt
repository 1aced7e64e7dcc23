package twitchactors.archive

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
        out.room(groups * GROUP * width)
        for (i in 0 until groups * GROUP) {
            var rest = if (i < size) values[i] else 0
            repeat(width) {
                out.byte(rest)
                rest = rest ushr Byte.SIZE_BITS
            }
        }
    }

    private companion object {
        const val GROUP = 8
    }
}
