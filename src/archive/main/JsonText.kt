package twitchactors.archive

import twitchactors.domain.ByteSink

/** The text of a JSON string. */
object JsonText {
    /** Appends [text], valid Unicode, as a JSON string with its quotes: the same text always as the same bytes. */
    fun encode(text: String, json: ByteSink) {
        json.ascii('"')
        for (byte in text.encodeToByteArray()) {
            when (val character = byte.toInt().toChar()) {
                '"', '\\' -> {
                    json.ascii('\\')
                    json.ascii(character)
                }
                in '\u0000'..'\u001f' -> json.text("\\u%04x".format(byte))
                else -> json.byte(byte.toInt())
            }
        }
        json.ascii('"')
    }

    /** Decodes `bytes[from, to)`, the inside of a string that has been checked: valid UTF-8, valid escapes. */
    fun decode(bytes: ByteArray, from: Int, to: Int): String {
        val raw = String(bytes, from, to - from, Charsets.UTF_8)
        if ('\\' !in raw) return raw
        return buildString(raw.length) {
            var at = 0
            while (at < raw.length) {
                val character = raw[at++]
                if (character != '\\') {
                    append(character)
                    continue
                }
                when (val escaped = raw[at++]) {
                    'b' -> append('\b')
                    'f' -> append('\u000c')
                    'n' -> append('\n')
                    'r' -> append('\r')
                    't' -> append('\t')
                    'u' -> {
                        append(raw.substring(at, at + 4).toInt(16).toChar())
                        at += 4
                    }
                    else -> append(escaped)
                }
            }
        }
    }

    /** The first [limit] characters of [text] as valid Unicode: half a surrogate pair, which escapes can write, becomes U+FFFD. */
    fun whole(text: String, limit: Int): String {
        val cut = if (text.length > limit) text.substring(0, limit) else text
        if (cut.none { it.isSurrogate() }) return cut
        return buildString(cut.length) {
            var at = 0
            while (at < cut.length) {
                val point = cut.codePointAt(at)
                appendCodePoint(if (point in 0xD800..0xDFFF) 0xFFFD else point)
                at += Character.charCount(point)
            }
        }
    }
}
