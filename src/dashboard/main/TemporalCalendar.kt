package twitchactors.dashboard

import java.time.ZoneOffset

/** The chosen metric day by day. */
internal val TEMPORAL_CALENDAR = Panel(
    id = "temporal-calendar",
    title = "Calendar",
    how = Metric.HOW,
    origin = Origin.STREAM_SWEEPS,
    look = Look.Calendar("day", "value"),
    wide = true,
    choices = listOf(Metric.CHOICE),
) { question ->
    val zone = Temporal.zone(question)
    val distinct = Metric.days(question).mapKeys { (at, _) -> at.atZone(ZoneOffset.UTC).toLocalDate() }
    val days = distinct.ifEmpty {
        Temporal.points(question).groupBy { it.at.atZone(zone).toLocalDate() }.mapValues { (_, points) -> WeekHours.average(points) }
    }
    if (days.isEmpty()) return@Panel Temporal.nothing(question)
    Table(
        listOf(Column.date("day", "Day"), Column.decimal("value", Metric.of(question).title)),
        days.toSortedMap().map { (day, value) -> Row(day, value) },
        coverage = "${days.size} days",
    )
}
