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

    /** Appends the values as indexes of a dictionary, [bits] each; whole bytes compress, other widths are as short as they will get. */
    fun writeIndexes(out: ByteSink, bits: Int) {
        out.byte(bits)
        val groups = (size + GROUP - 1) / GROUP
        out.varint((groups.toLong() shl 1) or 1)
        out.room(groups * bits)
        val target = out.array
        var at = out.size
        val end = at + groups * bits
        var held = 0L
        var count = 0
        for (i in 0 until size) {
            held = held or (values[i].toLong() shl count)
            count += bits
            while (count >= Byte.SIZE_BITS) {
                target[at++] = held.toByte()
                held = held ushr Byte.SIZE_BITS
                count -= Byte.SIZE_BITS
            }
        }
        if (count > 0) target[at++] = held.toByte()
        while (at < end) target[at++] = 0
        out.advance(groups * bits)
    }

    private companion object {
        const val GROUP = 8
    }
}
