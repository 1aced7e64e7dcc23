package twitchactors.dashboard

/** The chosen metric by hour of the day. */
internal val TEMPORAL_BY_HOUR = Panel(
    id = "temporal-hours",
    title = "By hour of the day",
    how = Metric.HOW,
    origin = Origin.STREAM_SWEEPS,
    look = Look.Bars("hour", "value"),
    choices = listOf(Metric.CHOICE),
) { question ->
    if (!Metric.of(question).isHourly) return@Panel Temporal.byDayOnly(question)
    val hours = Metric.hours(question)
    if (hours.isEmpty()) return@Panel Temporal.nothing(question)
    val byHour = hours.groupBy { it.at.atZone(question.period.zone).hour }
    Table(
        listOf(Column.text("hour", "Hour"), Column.decimal("value", Metric.of(question).title)),
        (0..23).map { hour -> Row(Clock.hour(hour), byHour[hour]?.let(WeekHours::average)) },
        coverage = SweptSpan(question).coverage,
    )
}
