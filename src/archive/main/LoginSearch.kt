package twitchactors.archive

import twitchactors.domain.Login
import java.nio.file.Files
import java.nio.file.Path

/** Looks for [login] in the bytes of any text: as a word of its own, in any case, not as a part of a longer name. */
class LoginSearch(login: Login) {
    private val wanted = login.name.toByteArray(Charsets.US_ASCII)

    fun isIn(text: ByteArray): Boolean = isIn(text, text.size, isStart = true, isEnd = true)

    /** The same of a file of any size, of which [block] bytes at a time are in memory. */
    fun isIn(file: Path, block: Int = BLOCK): Boolean = Files.newInputStream(file).use { input ->
        // A block begins with the end of the one before: a login's length and the byte before it.
        val kept = wanted.size + 1
        val text = ByteArray(kept + block)
        var size = 0
        var isStart = true
        var isFound: Boolean
        do {
            size += input.readNBytes(text, size, text.size - size)
            val isEnd = size < text.size
            isFound = isIn(text, size, isStart, isEnd)
            if (!isEnd) {
                text.copyInto(text, 0, size - kept, size)
                size = kept
                isStart = false
            }
        } while (!isEnd && !isFound)
        isFound
    }

    /** A login at either end of [text] counts only where that is the end of all. */
    private fun isIn(text: ByteArray, size: Int, isStart: Boolean, isEnd: Boolean): Boolean {
        for (from in 0..size - wanted.size) {
            if (lower(text[from]) != wanted[0].toInt() || !standsAt(text, from)) continue
            val end = from + wanted.size
            val begins = if (from == 0) isStart else !isInLogins(text[from - 1])
            val ends = if (end == size) isEnd else !isInLogins(text[end])
            if (begins && ends) return true
        }
        return false
    }

    private fun standsAt(text: ByteArray, from: Int): Boolean {
        for (i in 1 until wanted.size) if (lower(text[from + i]) != wanted[i].toInt()) return false
        return true
    }

    private companion object {
        const val BLOCK = 1 shl 20

        fun lower(byte: Byte): Int = if (byte in UPPER) byte + LOWER_AFTER_UPPER else byte.toInt()

        fun isInLogins(byte: Byte): Boolean = lower(byte).toChar().let { it in 'a'..'z' || it in '0'..'9' || it == '_' }

        val UPPER = 'A'.code.toByte()..'Z'.code.toByte()
        const val LOWER_AFTER_UPPER = 'a' - 'A'
    }
}
