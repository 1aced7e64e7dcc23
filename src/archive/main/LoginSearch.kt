package twitchactors.archive

import twitchactors.domain.Login

/** Looks for [login] in the bytes of any text: as a word of its own, in any case, not as a part of a longer name. */
class LoginSearch(login: Login) {
    private val wanted = login.name.toByteArray(Charsets.US_ASCII)

    fun isIn(text: ByteArray): Boolean {
        for (from in 0..text.size - wanted.size) {
            if (lower(text[from]) != wanted[0].toInt() || !standsAt(text, from)) continue
            val end = from + wanted.size
            if ((from == 0 || !isInLogins(text[from - 1])) && (end == text.size || !isInLogins(text[end]))) return true
        }
        return false
    }

    private fun standsAt(text: ByteArray, from: Int): Boolean {
        for (i in 1 until wanted.size) if (lower(text[from + i]) != wanted[i].toInt()) return false
        return true
    }

    private companion object {
        fun lower(byte: Byte): Int = if (byte in UPPER) byte + LOWER_AFTER_UPPER else byte.toInt()

        fun isInLogins(byte: Byte): Boolean = lower(byte).toChar().let { it in 'a'..'z' || it in '0'..'9' || it == '_' }

        val UPPER = 'A'.code.toByte()..'Z'.code.toByte()
        const val LOWER_AFTER_UPPER = 'a' - 'A'
    }
}
