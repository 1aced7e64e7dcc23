package twitchactors.dashboard

import twitchactors.store.SweptFigures.SweptHour
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit

/** What was swept in the period of [question], and how much of it that is. */
internal class SweptSpan(private val question: Question) {
    private val period = question.period

    val hours: List<SweptHour> by lazy { question.reads.swept.hours(period.from, period.to) }

    val isEmpty: Boolean get() = hours.isEmpty()

    val coverage: String get() {
        val until = minOf(period.to, period.now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS))
        val expected = Duration.between(period.from, until).toHours().coerceAtLeast(0)
        return "Coverage: ${hours.size} of $expected hours have a sweep, ${hours.sumOf { it.sweeps }} sweeps"
    }

    /** The table of a panel that has nothing to show in this period. [path] is where its page lies. */
    fun nothing(path: String): Table {
        val extent = question.reads.swept.extent()
            ?: return Table(emptyList(), emptyList(), why = NOTHING_YET)
        val (first, last) = date(extent.first) to date(extent.last)
        val why = if (period.isFuture) "This period is in the future." else "Nothing was swept in this period."
        val from = maxOf(first, last.minusDays(6))
        return Table(
            emptyList(),
            emptyList(),
            why = "$why There is something from $first to $last.",
            elsewhere = Table.Elsewhere("Show $from – $last", question.linkToDays(path, from..last)),
        )
    }

    /** Points for a line: hour by hour in a short period, else day by day in the period's zone. */
    fun <T> points(all: List<T>, time: (T) -> Instant, sum: (List<T>) -> List<Any?>): List<Row> = if (period.isFine) {
        all.groupBy(time).toSortedMap().map { (hour, here) -> Row(listOf<Any?>(hour) + sum(here)) }
    } else {
        all.groupBy { date(time(it)) }.toSortedMap().map { (day, here) -> Row(listOf<Any?>(day) + sum(here)) }
    }

    val timeColumn: Column get() = if (period.isFine) Column.moment("time", "Hour") else Column.date("time", "Day")

    private fun date(time: Instant): LocalDate = time.atZone(period.zone).toLocalDate()

    companion object {
        const val NOTHING_YET = "Nothing was swept yet. A node with the role collect sweeps Twitch's lists every few minutes; hours are " +
            "rolled up a minute after their rows came."

        /** Averages over hours: each sweep counts the same. */
        fun average(hours: List<SweptHour>, of: (SweptHour) -> Long): Double? =
            hours.sumOf { it.sweeps }.takeIf { it > 0 }?.let { sweeps -> hours.sumOf(of).toDouble() / sweeps }
    }
}
