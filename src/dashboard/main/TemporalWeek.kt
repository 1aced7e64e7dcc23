package twitchactors.dashboard

/** The chosen metric by weekday and hour. */
internal val TEMPORAL_WEEK = Panel(
    id = "temporal-week",
    title = "Weekday and hour",
    how = Metric.HOW,
    origin = Origin.STREAM_SWEEPS,
    look = Look.Heat("hour", "weekday", "value"),
    wide = true,
    choices = listOf(Metric.CHOICE),
) { question ->
    if (!Metric.of(question).isHourly) return@Panel Temporal.byDayOnly(question)
    val hours = Metric.hours(question)
    if (hours.isEmpty()) return@Panel Temporal.nothing(question)
    WeekHours.table(hours, question.period.zone, Column.decimal("value", Metric.of(question).title), SweptSpan(question).coverage)
}
