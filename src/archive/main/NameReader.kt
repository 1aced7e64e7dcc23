package twitchactors.archive

import twitchactors.domain.ByteSink
import twitchactors.domain.Login

/** Turns checked lists of names into lines of logins, without an object per name. */
object NameReader {
    private const val QUOTE = '"'.code.toByte()
    private const val END = '\n'.code.toByte()

    /**
     * Appends the logins of the list `bytes[from, to)`, what is between its brackets, to [lines], each with a `\n` behind it:
     * lower case, in the list's order, one that comes twice twice.
     *
     * @return how many names are no login
     */
    fun append(bytes: ByteArray, from: Int, to: Int, lines: ByteSink): Int {
        // A name takes at least two bytes more in the list than its login does as a line, but for the comma behind the last.
        lines.room(to - from)
        val target = lines.array
        var end = lines.size
        var dropped = 0
        var at = from
        while (true) {
            while (at < to && bytes[at] != QUOTE) at++
            if (at >= to) break
            val name = at + 1
            at = ListedName.plainEnd(bytes, name)
            val length = at - name
            if (bytes[at] == QUOTE && length in 1..Login.MAX_LENGTH) {
                for (i in 0 until length) target[end + i] = bytes[name + i]
                end += length
                target[end++] = END
            } else {
                at = ListedName.closingQuote(bytes, at)
                val login = ListedName.login(bytes, name, at)
                if (login == null) {
                    dropped++
                } else {
                    for (character in login.name) target[end++] = character.code.toByte()
                    target[end++] = END
                }
            }
            at++
        }
        lines.advance(end - lines.size)
        return dropped
    }
}
