package twitchactors.dashboard

import java.time.ZoneOffset

/** The chosen metric over the period. */
internal val TEMPORAL_LINE = Panel(
    id = "temporal-line",
    title = "Over time",
    how = Metric.HOW,
    origin = Origin.STREAM_SWEEPS,
    look = Look.Lines("time", listOf("value"), area = true),
    wide = true,
    choices = listOf(Metric.CHOICE),
) { question ->
    val metric = Metric.of(question)
    val span = SweptSpan(question)
    val value = Column.decimal("value", metric.title)
    val days = if (metric.isHourly && question.period.isFine) emptyMap() else Metric.days(question)
    if (days.isNotEmpty()) {
        val rows = days.toSortedMap().map { (start, count) -> Row(start.atZone(ZoneOffset.UTC).toLocalDate(), count) }
        return@Panel Table(
            listOf(Column.date("time", "Day (UTC)"), value),
            rows,
            coverage = "${rows.size} of ${question.period.utcDays.size} days",
        )
    }
    val hours = Metric.hours(question)
    if (hours.isEmpty()) return@Panel Temporal.nothing(question)
    val rows = span.points(hours, { it.at }) { here -> listOf(WeekHours.average(here)) }
    Table(listOf(span.timeColumn, value), rows, coverage = span.coverage)
}
