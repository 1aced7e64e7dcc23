package twitchactors.archive

import java.time.DateTimeException
import java.time.Instant

/**
 * Reads what entries of a scanned file say besides names. A field that is absent, or is not of its kind, is null: it never
 * makes a sample a gap.
 *
 * @param bytes the file that [scan] is about; both only until the next file is read
 */
class SampleFields(private val bytes: ByteArray, private val scan: SampleScan) {
    /** The first [limit] characters of a text; half a surrogate pair becomes U+FFFD. */
    fun text(entry: Int, field: SampleField, limit: Int): String? {
        val from = scan.fieldFrom(entry, field)
        if (from < 0 || bytes[from] != QUOTE) return null
        return string(from + 1, scan.fieldTo(entry, field) - 1, limit)
    }

    /** The first [count] texts of a list, each as by [text]; empty when there is no list. */
    fun texts(entry: Int, field: SampleField, count: Int, limit: Int): List<String> {
        val from = scan.fieldFrom(entry, field)
        if (from < 0 || bytes[from] != '['.code.toByte()) return emptyList()
        val texts = ArrayList<String>()
        val to = scan.fieldTo(entry, field)
        var depth = 0
        var at = from
        while (at < to && texts.size < count) {
            when (bytes[at].toInt().toChar()) {
                '[', '{' -> depth++
                ']', '}' -> depth--
                '"' -> {
                    val end = ListedName.closingQuote(bytes, at + 1)
                    if (depth == 1) texts += string(at + 1, end, limit)
                    at = end
                }
            }
            at++
        }
        return texts
    }

    /** A whole number from 0 on, of at most 18 digits. */
    fun number(entry: Int, field: SampleField): Long? {
        val from = scan.fieldFrom(entry, field)
        if (from < 0 || scan.fieldTo(entry, field) - from > MAX_DIGITS) return null
        var number = 0L
        for (at in from until scan.fieldTo(entry, field)) {
            if (bytes[at] !in ZERO..NINE) return null
            number = number * 10 + (bytes[at] - ZERO)
        }
        return number
    }

    fun flag(entry: Int, field: SampleField): Boolean? {
        val from = scan.fieldFrom(entry, field)
        return if (from < 0) null else (bytes[from] == 't'.code.toByte()).takeIf { it || bytes[from] == 'f'.code.toByte() }
    }

    /** A time as ISO 8601 with its zone as `Z`, in seconds since 1970; not before, and not after year 9999. */
    fun time(entry: Int, field: SampleField): Long? {
        val text = text(entry, field, TIME_LENGTH) ?: return null
        return try {
            Instant.parse(text).epochSecond.takeIf { it in 0..LAST_SECOND }
        } catch (_: DateTimeException) {
            null
        }
    }

    /** Escapes take six bytes at most for a character, so that no more than needed of a long text is decoded. */
    private fun string(from: Int, to: Int, limit: Int): String {
        var end = from
        while (end < to && end - from < limit * ESCAPE) {
            end += when {
                bytes[end] == '\\'.code.toByte() -> if (bytes[end + 1] == 'u'.code.toByte()) ESCAPE else 2
                else -> 1
            }
        }
        while (end < to && bytes[end].toInt() and 0xC0 == 0x80) end++
        val text = JsonText.decode(bytes, from, minOf(end, to))
        return JsonText.whole(text, limit)
    }

    private companion object {
        const val QUOTE = '"'.code.toByte()
        const val ZERO = '0'.code.toByte()
        const val NINE = '9'.code.toByte()
        const val MAX_DIGITS = 18
        const val TIME_LENGTH = 40
        const val ESCAPE = 6
        const val LAST_SECOND = 253_402_300_799L
    }
}
