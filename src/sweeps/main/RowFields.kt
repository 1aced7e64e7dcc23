package twitchactors.sweeps

import twitchactors.domain.CategoryRow
import twitchactors.domain.Login
import twitchactors.domain.StreamRow
import twitchactors.topics.Unreadable
import java.nio.CharBuffer
import java.nio.charset.CharacterCodingException
import java.time.Instant

/**
 * The fields of one row by their names, out of a record or a CSV line, and what each of them may be. All that a row cannot be is an
 * [Unreadable] with a reason that names the field.
 */
internal abstract class RowFields {
    /** The text of [field]; throws [Unreadable] when it is missing or no text. */
    protected abstract fun text(field: String): String

    /** The whole number in [field]; throws [Unreadable] when it is missing or none. */
    protected abstract fun number(field: String): Long

    fun category() = CategoryRow(
        timestamp(),
        category(RowNames.CATEGORY),
        viewers(),
        checked(RowNames.TAGS),
        checked(RowNames.IMAGE_URL),
    )

    fun stream() = StreamRow(
        timestamp(),
        category(RowNames.CATEGORY),
        checked(RowNames.STREAM_TITLE),
        channel(),
        viewers(),
        checked(RowNames.TAGS),
    )

    private fun timestamp(): Instant {
        val text = text(RowNames.TIMESTAMP)
        return RowTimes.parse(text) ?: throw Unreadable("has the ${RowNames.TIMESTAMP} '${excerpt(text)}': write it as yyyy-MM-dd HH:mm:ss")
    }

    private fun category(field: String): String {
        val text = checked(field)
        if (text.isBlank()) throw Unreadable("has an empty $field")
        val length = text.codePointCount(0, text.length)
        if (length > MAX_CATEGORY) throw Unreadable("has a $field of $length characters; $MAX_CATEGORY are possible")
        return text
    }

    /** Scrapers wrote what the page shows: `Name`, or `名前 (name)` where the name shown is not the login in another case. */
    private fun channel(): Login {
        val text = text(RowNames.CHANNEL)
        return Login.of(text)
            ?: SHOWN.matchEntire(text)?.let { Login.of(it.groupValues[1]) }
            ?: throw Unreadable("has the ${RowNames.CHANNEL} '${excerpt(text)}', which is no login")
    }

    private fun viewers(): Int {
        val viewers = number(RowNames.VIEWERS)
        if (viewers < 0) throw Unreadable("has $viewers ${RowNames.VIEWERS}; 0 is the least")
        if (viewers > Int.MAX_VALUE) throw Unreadable("has $viewers ${RowNames.VIEWERS}; ${Int.MAX_VALUE} is the most")
        return viewers.toInt()
    }

    private fun checked(field: String): String {
        val text = text(field)
        val bytes = try {
            Charsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining()
        } catch (_: CharacterCodingException) {
            throw Unreadable("has half a character in $field")
        }
        if (bytes > MAX_TEXT_BYTES) throw Unreadable("has a $field of $bytes bytes; $MAX_TEXT_BYTES are possible")
        return text
    }

    companion object {
        /** What the tables' columns hold: VARCHAR(255), and TEXT in bytes. */
        const val MAX_CATEGORY = 255
        const val MAX_TEXT_BYTES = 65_535

        private const val EXCERPT = 60
        private val SHOWN = Regex("""(?s).*\(([A-Za-z0-9_]{1,25})\)""")

        fun excerpt(text: String): String = if (text.length <= EXCERPT) text else text.take(EXCERPT) + ".."
    }
}
