package twitchactors.dashboard

import twitchactors.domain.Login
import twitchactors.store.TrackedFigures.Sums
import java.time.Instant
import java.time.ZoneOffset
import java.time.temporal.ChronoUnit

/** What is known of tracked streamers by the hour, in periods above 8 days by the UTC day. */
internal class TrackedPoints(private val question: Question) {
    private val period = question.period
    private val days = period.utcDays

    /** What there was in one category. [start]: of the hour or day. */
    class Point(val start: Instant, val category: String, val sums: Sums)

    val timeColumn: Column get() = if (period.isFine) Column.moment("time", "Hour") else Column.date("time", "Day (UTC)")

    /** Ascending. */
    fun of(streamer: Login): List<Point> = if (period.isFine) {
        question.reads.tracked.hours(streamer, period.from, period.to).map { Point(it.hour, it.category, it.sums) }
    } else {
        question.reads.tracked.dayByDay(streamer, days.first(), days.last().plusDays(1))
            .map { Point(Days.start(it.day), it.category, it.sums) }
    }

    /** When each hour or day of the period begins, as far as it has begun. */
    val starts: List<Instant> get() {
        val all = if (period.isFine) {
            generateSequence(period.from) { it.plus(1, ChronoUnit.HOURS) }.takeWhile { it < period.to }
        } else {
            days.asSequence().map(Days::start)
        }
        return all.takeWhile { it <= period.now }.toList()
    }

    /** The value of [timeColumn] for what begins at [start]. */
    fun time(start: Instant): Any = if (period.isFine) start else start.atZone(ZoneOffset.UTC).toLocalDate()
}
