package twitchactors.archive

import twitchactors.domain.Login
import twitchactors.domain.LoginWords

/** The viewers of a row group of a Parquet file. */
internal sealed interface ParquetViewers {
    /** How many rows the group has. */
    val rows: Int

    /** Where the column ends in the file. */
    val end: Int

    /** Gives all rows in the order of viewers, those of one viewer in the order of the file. */
    fun forEach(use: Use)

    /** Takes [row] of the viewer whose name is the first [length] bytes of [name], which is overwritten then. */
    fun interface Use {
        fun row(row: Int, name: ByteArray, length: Int)
    }

    /** As [ViewerColumn.Suffixes] has written them. */
    class Suffixes(private val page: ParquetPage) : ParquetViewers {
        override val rows get() = page.values
        override val end get() = page.end

        override fun forEach(use: Use) {
            val lengths = ThriftFields(page.content, 0)
            val shared = DeltaPacking.read(page.content, lengths, rows)
            val rest = DeltaPacking.read(page.content, lengths, rows)
            var at = lengths.at
            val name = ByteArray(LoginWords.BYTES)
            for (row in 0 until rows) {
                if (rest[row] < 0) throw NOT_A_LOGIN
                val length = length(shared[row] + rest[row])
                System.arraycopy(page.content, at, name, shared[row], rest[row])
                at += rest[row]
                use.row(row, name, length)
            }
        }
    }

    /** As [ViewerColumn.Names] has written them: the names are in order, the rows are not. */
    class Names(private val dictionary: ParquetPage, private val page: ParquetPage) : ParquetViewers {
        override val rows get() = page.values
        override val end get() = page.end

        override fun forEach(use: Use) {
            val viewerOf = Indexes(page.content, 0)
            val order = RowOrder(rows).apply { by(dictionary.values) { viewerOf[it] } }
            val name = ByteArray(LoginWords.BYTES)
            var (viewer, length, at) = Triple(-1, 0, 0)
            for (place in 0 until rows) {
                val row = order[place]
                while (viewer < viewerOf[row]) {
                    viewer++
                    length = length(Int32.at(dictionary.content, at))
                    System.arraycopy(dictionary.content, at + Int.SIZE_BYTES, name, 0, length)
                    at += Int.SIZE_BYTES + length
                }
                use.row(row, name, length)
            }
        }
    }

    private companion object {
        val NOT_A_LOGIN get() = NotOurParquet("has a viewer that is no login")

        fun length(length: Int) = if (length in 1..Login.MAX_LENGTH) length else throw NOT_A_LOGIN
    }
}
