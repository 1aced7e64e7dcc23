package twitchactors.sources

import java.util.Arrays

/**
 * One line from a chat's server (RFC 2812, with the tags of IRCv3) as places in an array: nothing is copied, and the object is used
 * again for the next line. Valid until that array changes.
 */
internal class IrcMessage {
    var bytes = ByteArray(0)
        private set
    var command = IrcCommand.OTHER
        private set

    /** The name of who it is from, `bytes[nickFrom, nickTo)`; empty for the server itself. */
    var nickFrom = 0
        private set
    var nickTo = 0
        private set

    /** How many parameters there are, at most [MOST]. The last one may hold spaces. */
    var count = 0
        private set
    private val starts = IntArray(MOST)
    private val ends = IntArray(MOST)
    private var tagsFrom = 0
    private var tagsTo = 0

    /** Where parameter [index] begins; an absent one is empty. */
    fun from(index: Int): Int = if (index < count) starts[index] else 0

    fun to(index: Int): Int = if (index < count) ends[index] else 0

    /** Reads `bytes[from, to)`; false when it holds no command. */
    fun read(bytes: ByteArray, from: Int, to: Int): Boolean {
        this.bytes = bytes
        var at = readTags(from, to)
        at = readPrefix(at, to)
        val end = word(at, to)
        if (end == at) return false
        command = IrcCommand.of(bytes, at, end)
        readParameters(end, to)
        return true
    }

    /** The number that the tag [name] has; -1 without one. Nothing that a server writes makes it fail. */
    fun numberTag(name: ByteArray): Long {
        val from = tag(name)
        if (from < 0) return -1
        var number = 0L
        var at = from
        while (at < tagsTo && bytes[at] in DIGITS && at - from < MOST_DIGITS) number = number * 10 + (bytes[at++] - ZERO)
        return if (at == from || (at < tagsTo && bytes[at] != SEMICOLON)) -1 else number
    }

    /** Whether parameter [index] is [text]. */
    fun isParameter(index: Int, text: ByteArray): Boolean =
        index < count && Arrays.equals(bytes, starts[index], ends[index], text, 0, text.size)

    /** Parameter [index] as text, of at most [most] bytes; for the few lines that are rare. */
    fun text(index: Int, most: Int = 512): String = String(bytes, from(index), minOf(to(index) - from(index), most), Charsets.UTF_8)

    private fun readTags(from: Int, to: Int): Int {
        tagsFrom = from
        tagsTo = from
        if (from == to || bytes[from] != AT) return spaces(from, to)
        tagsFrom = from + 1
        tagsTo = word(tagsFrom, to)
        return spaces(tagsTo, to)
    }

    private fun readPrefix(from: Int, to: Int): Int {
        nickFrom = from
        nickTo = from
        if (from == to || bytes[from] != COLON) return from
        val end = word(from + 1, to)
        val mark = (from + 1 until end).find { bytes[it] == EXCLAMATION || bytes[it] == AT }
        // Without a mark it is a server's name, in which a dot is allowed.
        if (mark != null) {
            nickFrom = from + 1
            nickTo = mark
        }
        return spaces(end, to)
    }

    private fun readParameters(from: Int, to: Int) {
        count = 0
        var at = spaces(from, to)
        while (at < to && count < MOST) {
            val last = bytes[at] == COLON || count == MOST - 1
            starts[count] = if (bytes[at] == COLON) at + 1 else at
            ends[count] = if (last) to else word(at, to)
            at = spaces(ends[count], to)
            count++
        }
    }

    /** Where the value of the tag [name] begins; -1 without it. */
    private fun tag(name: ByteArray): Int {
        var at = tagsFrom
        while (at < tagsTo) {
            val end = at + name.size
            if (end < tagsTo && bytes[end] == EQUALS && Arrays.equals(bytes, at, end, name, 0, name.size)) return end + 1
            while (at < tagsTo && bytes[at] != SEMICOLON) at++
            at++
        }
        return -1
    }

    private fun word(from: Int, to: Int): Int {
        var at = from
        while (at < to && bytes[at] != SPACE) at++
        return at
    }

    private fun spaces(from: Int, to: Int): Int {
        var at = from
        while (at < to && bytes[at] == SPACE) at++
        return at
    }

    private companion object {
        /** RFC 2812: up to 15. */
        const val MOST = 15

        /** So that a number stays below 2^63. */
        const val MOST_DIGITS = 18
        const val SPACE = ' '.code.toByte()
        const val COLON = ':'.code.toByte()
        const val AT = '@'.code.toByte()
        const val EXCLAMATION = '!'.code.toByte()
        const val SEMICOLON = ';'.code.toByte()
        const val EQUALS = '='.code.toByte()
        const val ZERO = '0'.code.toByte()
        val DIGITS = ZERO..'9'.code.toByte()
    }
}
