package twitchactors.archive

import twitchactors.domain.Login
import twitchactors.domain.Words

/**
 * Checks that a whole file is one valid UTF-8 JSON object and finds the lists of names in it, without making an object of
 * any name. Reads the three shapes of docs/contract.md. The rules are those of RFC 8259 with a limit of [MAX_DEPTH] levels.
 * Not safe for use by several threads.
 */
class SampleScanner {
    private val scan = SampleScan()
    private var bytes = ByteArray(0)
    private var end = 0
    private var at = 0

    /** Why the streamer's value that is being read is no sample; null while it may be one. */
    private var flaw: String? = null

    /**
     * Scans `bytes[0, length)`. [bytes] holds at least [PADDING] zero bytes more behind that.
     *
     * @return valid until the next call
     * @throws NotASampleFile when the file counts for nothing
     */
    fun scan(bytes: ByteArray, length: Int): SampleScan {
        require(bytes.size >= length + PADDING) { "the buffer lacks its padding" }
        this.bytes = bytes
        end = length
        at = if (startsWithMark()) 3 else 0
        scan.clear()
        skipSpace()
        if (at == end) throw NotASampleFile("is empty")
        if (bytes[at] != OPEN_OBJECT) throw unexpected("a JSON object")
        members { key -> streamer(key) }
        skipSpace()
        if (at != end) throw NotASampleFile("has more behind its JSON object, at byte $at")
        return scan
    }

    private fun startsWithMark() = end >= 3 && bytes[0] == 0xEF.toByte() && bytes[1] == 0xBB.toByte() && bytes[2] == 0xBF.toByte()

    private fun streamer(key: String) {
        val login = Login.of(key)
        if (login == null) {
            scan.keysDropped++
            value(depth = 1)
            return
        }
        val before = scan.size
        scan.beginValue()
        flaw = null
        when (bytes[at]) {
            OPEN_ARRAY -> names(login.name, depth = 1)
            OPEN_OBJECT -> sample(login.name)
            LETTER_N -> {
                value(depth = 1)
                scan.gap(login.name, null)
            }
            else -> {
                value(depth = 1)
                flaw = "its value is neither an object nor a list"
            }
        }
        flaw?.let {
            scan.dropBackTo(before)
            scan.gap(login.name, it)
        }
    }

    private fun sample(streamer: String) {
        var seen = false
        members { key ->
            if (key != CHATTERS) {
                val from = at
                value(depth = 2)
                SampleField.byKey[key]?.let { scan.field(it, from, at) }
            } else {
                if (seen) flaw = "'chatters' stands there twice"
                seen = true
                chatters(streamer)
            }
        }
        if (!seen) flaw = "'chatters' is missing"
    }

    private fun chatters(streamer: String) {
        when (bytes[at]) {
            OPEN_ARRAY -> names(streamer, depth = 2)
            OPEN_OBJECT -> listsByRole(streamer)
            LETTER_N -> {
                value(depth = 2)
                scan.gap(streamer, null)
            }
            else -> {
                value(depth = 2)
                flaw = "'chatters' is neither a list nor null"
            }
        }
    }

    /** The old endpoint's reply: broadcaster, vips, moderators, viewers, ..: every list counts. */
    private fun listsByRole(streamer: String) {
        var lists = 0
        members {
            if (bytes[at] == OPEN_ARRAY) {
                names(streamer, depth = 3)
                lists++
            } else {
                value(depth = 3)
                flaw = "a value in 'chatters' is not a list"
            }
        }
        if (lists == 0 && flaw == null) flaw = "'chatters' is an object without lists"
    }

    /** Reads a list of names; [depth] as for [value]. */
    private fun names(streamer: String, depth: Int) {
        val from = ++at
        skipSpace()
        if (bytes[at] != CLOSE_ARRAY) {
            while (true) {
                if (bytes[at] == QUOTE) {
                    string()
                } else {
                    value(depth + 1)
                    flaw = "its list holds something other than names"
                }
                if (bytes[at] == COMMA && bytes[at + 1] == QUOTE) {
                    at++
                    continue
                }
                skipSpace()
                if (bytes[at] == CLOSE_ARRAY) break
                take(COMMA, "',' or ']'")
                skipSpace()
            }
        }
        scan.list(streamer, from, at)
        at++
    }

    /** Reads an object from its `{` to behind its `}`; [member] is called with [at] on the first byte of each value. */
    private inline fun members(member: (String) -> Unit) {
        at++
        skipSpace()
        if (bytes[at] == CLOSE_OBJECT) {
            at++
            return
        }
        while (true) {
            if (bytes[at] != QUOTE) throw unexpected("a name in quotes")
            val key = text()
            skipSpace()
            take(COLON, "':'")
            skipSpace()
            member(key)
            skipSpace()
            if (bytes[at] == CLOSE_OBJECT) break
            take(COMMA, "',' or '}'")
            skipSpace()
        }
        at++
    }

    /** Reads any value to behind its end; [depth] is the number of levels that enclose it. */
    private fun value(depth: Int) {
        when (bytes[at]) {
            QUOTE -> string()
            OPEN_OBJECT -> {
                checkRoom(depth)
                members { value(depth + 1) }
            }
            OPEN_ARRAY -> {
                checkRoom(depth)
                array(depth)
            }
            LETTER_N -> word("null")
            LETTER_T -> word("true")
            LETTER_F -> word("false")
            else -> number()
        }
    }

    /** Refuses one level more when [depth] are open already. */
    private fun checkRoom(depth: Int) {
        if (depth >= MAX_DEPTH) throw NotASampleFile("is nested deeper than $MAX_DEPTH levels, at byte $at")
    }

    private fun array(depth: Int) {
        at++
        skipSpace()
        if (bytes[at] == CLOSE_ARRAY) {
            at++
            return
        }
        while (true) {
            value(depth + 1)
            skipSpace()
            if (bytes[at] == CLOSE_ARRAY) break
            take(COMMA, "',' or ']'")
            skipSpace()
        }
        at++
    }

    private fun word(word: String) {
        for (character in word) {
            if (bytes[at] != character.code.toByte()) throw unexpected("'$word'")
            at++
        }
    }

    private fun number() {
        val from = at
        if (bytes[at] == MINUS) at++
        if (bytes[at] == ZERO) at++ else digits(from)
        if (bytes[at] == POINT) {
            at++
            digits(from)
        }
        if (bytes[at].toInt() or 0x20 == LETTER_E.toInt()) {
            at++
            if (bytes[at] == MINUS || bytes[at] == PLUS) at++
            digits(from)
        }
    }

    private fun digits(from: Int) {
        if (bytes[at] !in ZERO..NINE) {
            if (at == from) throw unexpected("a value")
            throw unexpected("a digit")
        }
        while (bytes[at] in ZERO..NINE) at++
    }

    /** Reads a string and gives its text. */
    private fun text(): String {
        val from = at + 1
        string()
        return JsonText.decode(bytes, from, at - 1)
    }

    /** Reads a string from its opening to behind its closing quote; eight bytes at a time while they are plain. */
    private fun string() {
        at++
        while (true) {
            val special = special(Words.get(bytes, at))
            if (special == 0L) {
                at += Long.SIZE_BYTES
                continue
            }
            at += java.lang.Long.numberOfLeadingZeros(special) ushr 3
            val byte = bytes[at].toInt()
            when {
                byte == QUOTE.toInt() -> {
                    at++
                    return
                }
                byte == BACKSLASH.toInt() -> escape()
                byte < 0 -> sequence()
                at >= end -> throw NotASampleFile("is cut off: it ends at byte $end inside a string")
                else -> throw NotASampleFile("has a control character inside a string, at byte $at")
            }
        }
    }

    private fun escape() {
        at++
        when (bytes[at].toInt().toChar()) {
            '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++
            'u' -> {
                at++
                repeat(4) {
                    if (Character.digit(bytes[at].toInt().toChar(), 16) < 0) throw unexpected("a hexadecimal digit")
                    at++
                }
            }
            else -> throw unexpected("an escape that JSON knows")
        }
    }

    /** Reads one character of two to four bytes as RFC 3629 allows them: shortest form, no surrogates, up to U+10FFFF. */
    private fun sequence() {
        val first = bytes[at].toInt() and 0xff
        val second = bytes[at + 1].toInt() and 0xff
        val length = when (first) {
            in 0xC2..0xDF -> 2
            in 0xE0..0xEF -> 3
            in 0xF0..0xF4 -> 4
            else -> 0
        }
        val secondFits = when (first) {
            0xE0 -> second in 0xA0..0xBF
            0xED -> second in 0x80..0x9F
            0xF0 -> second in 0x90..0xBF
            0xF4 -> second in 0x80..0x8F
            else -> second in 0x80..0xBF
        }
        var fits = length > 0 && secondFits
        for (i in 2 until length) fits = fits && bytes[at + i].toInt() and 0xC0 == 0x80
        if (!fits) throw NotASampleFile("is not valid UTF-8, at byte $at")
        at += length
    }

    private fun skipSpace() {
        while (true) {
            val byte = bytes[at]
            if (byte != SPACE && byte != NEW_LINE && byte != RETURN && byte != TAB) return
            at++
        }
    }

    private fun take(byte: Byte, name: String) {
        if (bytes[at] != byte) throw unexpected(name)
        at++
    }

    private fun unexpected(wanted: String): NotASampleFile {
        if (at >= end) return NotASampleFile("is cut off: it ends at byte $end where $wanted was expected")
        val found = bytes[at].toInt() and 0xff
        val shown = if (found in 0x21..0x7e) "'${found.toChar()}'" else "byte 0x%02x".format(found)
        return NotASampleFile("is not valid JSON: $shown at byte $at where $wanted was expected")
    }

    companion object {
        /** Zero bytes that a buffer must have behind a file's last: no read of a word leaves the array, and zero ends all loops. */
        const val PADDING = 32

        const val MAX_DEPTH = 512

        private const val CHATTERS = "chatters"
        private const val QUOTE = '"'.code.toByte()
        private const val BACKSLASH = '\\'.code.toByte()
        private const val COMMA = ','.code.toByte()
        private const val COLON = ':'.code.toByte()
        private const val OPEN_OBJECT = '{'.code.toByte()
        private const val CLOSE_OBJECT = '}'.code.toByte()
        private const val OPEN_ARRAY = '['.code.toByte()
        private const val CLOSE_ARRAY = ']'.code.toByte()
        private const val MINUS = '-'.code.toByte()
        private const val PLUS = '+'.code.toByte()
        private const val POINT = '.'.code.toByte()
        private const val ZERO = '0'.code.toByte()
        private const val NINE = '9'.code.toByte()
        private const val LETTER_E = 'e'.code.toByte()
        private const val LETTER_F = 'f'.code.toByte()
        private const val LETTER_N = 'n'.code.toByte()
        private const val LETTER_T = 't'.code.toByte()
        private const val SPACE = ' '.code.toByte()
        private const val NEW_LINE = '\n'.code.toByte()
        private const val RETURN = '\r'.code.toByte()
        private const val TAB = '\t'.code.toByte()

        private const val HIGH = -0x7f7f7f7f7f7f7f80L
        private const val LOW_BITS = 0x7f7f7f7f7f7f7f7fL

        /** The high bit of each byte of [word] that is a quote, a backslash, below 0x20 or not ASCII. */
        private fun special(word: Long): Long {
            val quote = zeroBytes(word xor 0x2222222222222222L)
            val backslash = zeroBytes(word xor 0x5c5c5c5c5c5c5c5cL)
            val control = ((word and LOW_BITS) + 0x6060606060606060L).inv() and HIGH
            return quote or backslash or (word and HIGH) or control
        }

        private fun zeroBytes(word: Long): Long = (((word and LOW_BITS) + LOW_BITS) or word or LOW_BITS).inv()
    }
}
