package twitchactors.dashboard

/** When in the week a category is watched. */
internal val CATEGORY_WEEK = Panel(
    id = "category-week",
    title = "Weekday and hour",
    how =
    "Average viewers in each hour of each weekday, in the chosen time zone, over the period. An hour in which the category was not among " +
        "those swept counts as none; one without a sweep does not count.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Heat("hour", "weekday", "value"),
    wide = true,
) { question ->
    val hours = question.reads.swept.categoryHours(listOf(question.subject.orEmpty()), question.period.from, question.period.to)
        .associate { it.hour to it.viewers }
    if (hours.isEmpty()) return@Panel CategoryPage.nothing(question)
    val span = SweptSpan(question)
    val points = span.hours.map { WeekHours.Point(it.hour, hours[it.hour] ?: 0.0, 1.0) }
    WeekHours.table(points, question.period.zone, Column.decimal("value", "Average viewers"), span.coverage)
}
