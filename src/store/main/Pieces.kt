package twitchactors.store

import com.github.luben.zstd.Zstd
import twitchactors.domain.DamagedForm
import java.sql.Connection

/**
 * Large values in rows: compressed, and cut into pieces, each of which fits into a statement of 1 MiB even if every byte of it
 * has to be escaped: for a longer one, a connection's buffer grows to 16 MiB and stays so. The first piece stands in the owner's
 * own row; further ones in the table `pieces`, written in the same transaction.
 */
internal object Pieces {
    /** At most this many bytes in one row. */
    const val LENGTH = 448 shl 10

    /** The fastest: what is written every few seconds must not cost the processor more than it spares the disk. */
    private const val LEVEL = 1

    /** [value] compressed and cut; at least one piece. */
    fun of(value: ByteArray): List<ByteArray> {
        val compressed = Zstd.compress(value, LEVEL)
        if (compressed.size <= LENGTH) return listOf(compressed)
        return (compressed.indices step LENGTH).map { compressed.copyOfRange(it, minOf(it + LENGTH, compressed.size)) }
    }

    /** Writes all of [pieces] but the first for [owner], and removes what an earlier, longer value left. */
    fun writeFurther(connection: Connection, owner: String, pieces: List<ByteArray>) {
        for (piece in 1 until pieces.size) {
            connection.update("REPLACE INTO pieces (owner, piece, bytes) VALUES (?, ?, ?)", owner, piece, pieces[piece])
        }
        trim(connection, owner, pieces.size)
    }

    /** Removes the pieces of [owner] from number [count] on. */
    fun trim(connection: Connection, owner: String, count: Int) {
        connection.update("DELETE FROM pieces WHERE owner = ? AND piece >= ?", owner, count)
    }

    /** The value of [owner] whose row, locked by the caller, says [first], [count] pieces and [length] bytes. */
    fun read(connection: Connection, owner: String, first: ByteArray, count: Int, length: Int): ByteArray {
        var compressed = first
        for (piece in 1 until count) {
            compressed += connection.query("SELECT bytes FROM pieces WHERE owner = ? AND piece = ?", owner, piece) { it.getBytes(1) }
                .firstOrNull()
                ?: throw DamagedForm("piece $piece of $count of $owner is missing in MariaDB")
        }
        return Zstd.decompress(compressed, length)
    }
}
