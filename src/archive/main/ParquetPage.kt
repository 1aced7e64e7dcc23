package twitchactors.archive

/** A page of a Parquet file, unpacked, and where it ends in the file. */
internal class ParquetPage(val content: ByteArray, val values: Int, val end: Int)

/** Indexes of a dictionary, each of so many bits as the first byte says, as [IntColumn.writeIndexes] has written them. */
internal class Indexes(private val content: ByteArray, at: Int) {
    private val bits = content[at].toInt()
    private val from = ThriftFields(content, at + 1).also { it.varint() }.at
    private val mask = (1L shl bits) - 1

    operator fun get(index: Int): Int {
        val first = index.toLong() * bits
        var value = 0L
        var at = from + (first shr 3).toInt()
        var have = -(first.toInt() and 7)
        // Negative: so many bits of the first byte belong to the index before.
        while (have < bits) {
            val byte = (content[at++].toInt() and 0xff).toLong()
            value = value or if (have < 0) byte ushr -have else byte shl have
            have += Byte.SIZE_BITS
        }
        return (value and mask).toInt()
    }
}

/** Which of the [values] of a list column go on with the row before them. */
internal class Levels(private val content: ByteArray, private val values: Int) {
    private val bits = ThriftFields(content, Int.SIZE_BYTES).also { it.varint() }.at
    private val defined = Int.SIZE_BYTES + Int32.at(content, 0)

    /** Behind the definition levels, which say nothing. */
    val end = defined + Int.SIZE_BYTES + Int32.at(content, defined)

    init {
        if (bits + (values + 7) / 8 != defined) throw NotOurParquet("has its lists in another form")
    }

    private fun goesOn(value: Int) = content[bits + (value shr 3)].toInt() shr (value and 7) and 1 == 1

    /** The first value of each of [rows] rows, and behind them the number of values. */
    fun starts(rows: Int): IntArray {
        val starts = IntArray(rows + 1)
        var row = 0
        for (value in 0 until values) if (value == 0 || !goesOn(value)) starts[row++] = value
        if (row != rows) throw NotOurParquet("has lists for $row of $rows rows")
        starts[rows] = values
        return starts
    }
}

/** Numbers of four bytes, the least significant first. */
internal object Int32 {
    fun at(bytes: ByteArray, at: Int): Int {
        var value = 0
        for (i in Int.SIZE_BYTES - 1 downTo 0) value = (value shl Byte.SIZE_BITS) or (bytes[at + i].toInt() and 0xff)
        return value
    }
}
