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

    /** Puts the values into [order]. */
    fun sort(order: RowOrder) {
        val unsorted = values
        values = IntArray(unsorted.size)
        for (place in 0 until size) values[place] = unsorted[order[place]]
    }

    /** Puts lists into [order], which stand here one after the other, each as long as [lengths] says: in the order from before. */
    fun sortLists(order: RowOrder, lengths: IntColumn) {
        val unsorted = values
        val starts = IntArray(lengths.size + 1)
        for (row in 0 until lengths.size) starts[row + 1] = starts[row] + lengths.values[row]
        values = IntArray(unsorted.size)
        var at = 0
        for (place in 0 until lengths.size) {
            val (from, to) = starts[order[place]] to starts[order[place] + 1]
            System.arraycopy(unsorted, from, values, at, to - from)
            at += to - from
        }
    }

    /** Appends the values as indexes of a dictionary, [bytes] each: other widths do not compress. */
    fun writeIndexes(out: ByteSink, bytes: Int) {
        out.byte(bytes * Byte.SIZE_BITS)
        val groups = (size + GROUP - 1) / GROUP
        out.varint((groups.toLong() shl 1) or 1)
        val end = groups * GROUP * bytes
        out.room(end)
        val target = out.array
        var at = out.size
        for (i in 0 until size) {
            var value = values[i]
            for (byte in 0 until bytes) {
                target[at++] = value.toByte()
                value = value ushr Byte.SIZE_BITS
            }
        }
        java.util.Arrays.fill(target, at, out.size + end, 0)
        out.advance(end)
    }

    private companion object {
        const val GROUP = 8
    }
}
