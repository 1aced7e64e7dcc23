package twitchactors.sources

import twitchactors.domain.Login
import twitchactors.domain.LoginTable
import twitchactors.domain.LoginWords
import twitchactors.domain.Words

/** A login while it is read from a line: four words and no object of its own. Used again for the next one. */
internal class ChatName {
    private val folded = ByteArray(LoginWords.BYTES)
    private var w0 = 0L
    private var w1 = 0L
    private var w2 = 0L
    private var w3 = 0L

    /** Reads the login `bytes[from, to)`, folded to lower case; false when it is none. */
    fun read(bytes: ByteArray, from: Int, to: Int): Boolean {
        val length = to - from
        if (length !in 1..Login.MAX_LENGTH) return false
        for (i in 0 until length) {
            val at = bytes[from + i].toInt()
            folded[i] = when (at) {
                in 'a'.code..'z'.code, in '0'.code..'9'.code, '_'.code -> at.toByte()
                in 'A'.code..'Z'.code -> (at + CASE).toByte()
                else -> return false
            }
        }
        folded.fill(0, length)
        w0 = Words.get(folded, 0)
        w1 = Words.get(folded, 8)
        w2 = Words.get(folded, 16)
        w3 = Words.get(folded, 24)
        return true
    }

    /** Its number in [table], which may be a new one. */
    fun internIn(table: LoginTable): Int = table.intern(w0, w1, w2, w3)

    /** Its number in [table]; -1 when it has none. */
    fun findIn(table: LoginTable): Int = table.find(w0, w1, w2, w3)

    /** For the few that are kept for long, such as our own. */
    fun login(): Login {
        val end = folded.indexOfFirst { it == 0.toByte() }.let { if (it < 0) folded.size else it }
        return Login.require(String(folded, 0, end, Charsets.US_ASCII))
    }

    fun isSame(other: ChatName) = w0 == other.w0 && w1 == other.w1 && w2 == other.w2 && w3 == other.w3

    private companion object {
        const val CASE = 'a' - 'A'
    }
}
