package twitchactors.archive

import twitchactors.domain.ByteSink
import twitchactors.domain.Login

/** Turns checked lists of names into lines of logins, without an object per name, and counts them. For one thread. */
class NameReader {
    /** Logins read so far, one that comes twice counted twice. */
    var loginsRead = 0L
        private set

    /** How often a name was no login so far. */
    var namesDropped = 0L
        private set

    /**
     * Appends the logins of the list `bytes[from, to)`, what is between its brackets, to [lines], each with a `\n` behind it:
     * lower case, in the list's order, one that comes twice twice.
     */
    fun append(bytes: ByteArray, from: Int, to: Int, lines: ByteSink) {
        // A name takes at least two bytes more in the list than its login does as a line, but for the comma behind the last.
        lines.room(to - from)
        val target = lines.array
        var end = lines.size
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
                loginsRead++
                target[end++] = END
            } else {
                at = ListedName.closingQuote(bytes, at)
                val login = ListedName.login(bytes, name, at)
                if (login == null) {
                    namesDropped++
                } else {
                    loginsRead++
                    for (character in login.name) target[end++] = character.code.toByte()
                    target[end++] = END
                }
            }
            at++
        }
        lines.advance(end - lines.size)
    }

    private companion object {
        const val QUOTE = '"'.code.toByte()
        const val END = '\n'.code.toByte()
    }
}
