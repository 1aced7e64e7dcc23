package twitchactors.dashboard

/** The largest categories hour by hour. */
internal val CATEGORY_TREND = Panel(
    id = "category-trend",
    title = "Viewers over time",
    how = "Average viewers, as Twitch counts them, of the eight categories with the most hours watched; hour by hour, in periods above 8 " +
        "days day by day. An hour in which a category was not among those swept counts as none.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.SeriesLines("time", "category", "viewers"),
    wide = true,
) { question ->
    val span = SweptSpan(question)
    val period = question.period
    val top = CategorySums(question).top(8)
    if (top.isEmpty()) return@Panel span.nothing("/categories")
    val byCategory = question.reads.swept.categoryHours(top, period.from, period.to).groupBy { it.category }
    val rows = top.flatMap { category ->
        val hours = byCategory[category].orEmpty().associateBy { it.hour }
        span.points(span.hours, { it.hour }) { here -> listOf(category, here.sumOf { hours[it.hour]?.viewers ?: 0.0 } / here.size) }
    }
    Table(
        listOf(span.timeColumn, Column.text("category", "Category"), Column.decimal("viewers", "Average viewers")),
        rows,
        coverage = span.coverage,
    )
}
