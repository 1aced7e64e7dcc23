package twitchactors.domain

import java.time.DateTimeException
import java.time.LocalDate
import java.time.format.DateTimeFormatter

/** A UTC date, as days since 1970-01-01. Years 1970 to 9999: what `yyyy-MM-dd` can say. */
@JvmInline
value class Day(val epochDay: Int) : Comparable<Day> {
    init {
        require(epochDay in 0..LAST_EPOCH_DAY) { "day $epochDay is outside of 1970-01-01..9999-12-31" }
    }

    /** The first second of this day, in seconds since 1970. */
    val startsAt: Long get() = epochDay * SECONDS

    override fun compareTo(other: Day): Int = epochDay.compareTo(other.epochDay)

    override fun toString(): String = LocalDate.ofEpochDay(epochDay.toLong()).toString()

    companion object {
        const val SECONDS = 86_400L

        /** 9999-12-31. */
        const val LAST_EPOCH_DAY = 2_932_896

        private val SHAPE = Regex("""\d{4}-\d{2}-\d{2}""")

        /** The day that holds the second [epochSeconds]; null when that is before 1970 or after 9999. */
        fun at(epochSeconds: Long): Day? =
            if (epochSeconds in 0 until (LAST_EPOCH_DAY + 1) * SECONDS) Day((epochSeconds / SECONDS).toInt()) else null

        /** Reads `yyyy-MM-dd`; null when [text] is not a date of that shape. */
        fun parse(text: String): Day? {
            if (!SHAPE.matches(text)) return null
            val date = try {
                LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE)
            } catch (_: DateTimeException) {
                return null
            }
            return date.toEpochDay().takeIf { it in 0..LAST_EPOCH_DAY }?.let { Day(it.toInt()) }
        }
    }
}
