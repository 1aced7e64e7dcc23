package twitchactors.archive

import twitchactors.domain.Login

/** A name in a checked list of names, as the file writes it: between quotes, with escapes, in any case. */
object ListedName {
    private const val QUOTE = '"'.code.toByte()
    private const val BACKSLASH = '\\'.code.toByte()

    /** A login of the greatest length, each character as an escape of six bytes. */
    private const val LONGEST_WRITTEN = Login.MAX_LENGTH * 6

    private val IN_LOGIN = BooleanArray(256).also { inLogin -> "abcdefghijklmnopqrstuvwxyz0123456789_".forEach { inLogin[it.code] = true } }

    /** The first place from [from] on whose byte is none that a login is made of; the byte is a quote where a plain login ends. */
    fun plainEnd(bytes: ByteArray, from: Int): Int {
        var at = from
        while (IN_LOGIN[bytes[at].toInt() and 0xff]) at++
        return at
    }

    /** The place of the closing quote of the name that goes on at [from]. */
    fun closingQuote(bytes: ByteArray, from: Int): Int {
        var at = from
        while (bytes[at] != QUOTE) at += if (bytes[at] == BACKSLASH) 2 else 1
        return at
    }

    /** The login that `bytes[from, to)`, all between a name's quotes, means; null when it is none. */
    fun login(bytes: ByteArray, from: Int, to: Int): Login? =
        if (to - from > LONGEST_WRITTEN) null else Login.of(JsonText.decode(bytes, from, to))
}
