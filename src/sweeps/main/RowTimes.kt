package twitchactors.sweeps

import twitchactors.domain.Day
import java.time.DateTimeException
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter
import java.time.format.ResolverStyle

/** The column `Timestamp`: `yyyy-MM-dd HH:mm:ss`, UTC, years 1970 to 9999. */
object RowTimes {
    private val SHAPE = Regex("""\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}""")
    private val FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT)

    fun text(time: Instant): String = FORMAT.format(time.atOffset(ZoneOffset.UTC))

    /** Null when [text] is no such time. */
    fun parse(text: String): Instant? {
        if (!SHAPE.matches(text)) return null
        return try {
            LocalDateTime.parse(text, FORMAT).toInstant(ZoneOffset.UTC).takeIf { Day.at(it.epochSecond) != null }
        } catch (_: DateTimeException) {
            null
        }
    }
}
