package twitchactors.dashboard

import java.time.DayOfWeek

/** The chosen metric by day of the week. */
internal val TEMPORAL_BY_WEEKDAY = Panel(
    id = "temporal-weekdays",
    title = "By weekday",
    how = Metric.HOW,
    origin = Origin.STREAM_SWEEPS,
    look = Look.Bars("weekday", "value"),
    choices = listOf(Metric.CHOICE),
) { question ->
    val points = Temporal.points(question)
    if (points.isEmpty()) return@Panel Temporal.nothing(question)
    val byDay = points.groupBy { it.at.atZone(Temporal.zone(question)).dayOfWeek }
    Table(
        listOf(Column.text("weekday", "Weekday"), Column.decimal("value", Metric.of(question).title)),
        DayOfWeek.entries.map { day -> Row(Clock.weekday(day), byDay[day]?.let(WeekHours::average)) },
        coverage = if (Metric.of(question).isHourly) SweptSpan(question).coverage else "${points.size} UTC days",
    )
}
