package twitchactors.dashboard

import java.time.DayOfWeek
import java.time.Instant
import java.time.ZoneId

/** Averages by weekday and hour of the day. */
internal object WeekHours {
    /** @param weight of [value], which is a sum of so many: sweeps, or hours */
    class Point(val at: Instant, val value: Double, val weight: Double)

    fun table(points: List<Point>, zone: ZoneId, value: Column, coverage: String?): Table {
        val cells = points.groupBy { point -> point.at.atZone(zone).let { it.dayOfWeek to it.hour } }
        return Table(
            listOf(Column.text("weekday", "Weekday"), Column.text("hour", "Hour"), value),
            DayOfWeek.entries.flatMap { day ->
                (0..23).map { hour -> Row(Clock.weekday(day), Clock.hour(hour), cells[day to hour]?.let(::average)) }
            },
            coverage = coverage,
        )
    }

    fun average(points: List<Point>): Double? = points.sumOf { it.weight }.takeIf { it > 0 }?.let { weight ->
        points.sumOf { it.value } /
            weight
    }
}
