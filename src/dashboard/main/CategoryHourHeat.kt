package twitchactors.dashboard

/** When on the day each of the largest categories is watched. */
internal val CATEGORY_HOUR_HEAT = Panel(
    id = "category-hours",
    title = "Category by hour of the day",
    how =
    "Average viewers of each of the fifteen largest categories in each hour of the day, in the chosen time zone, over the period. Only " +
        "hours with a sweep count; one in which a category was not among those swept counts as none.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Heat("hour", "category", "viewers", tall = true),
) { question ->
    val span = SweptSpan(question)
    val period = question.period
    val top = CategorySums(question).top(15)
    if (top.isEmpty()) return@Panel span.nothing("/categories")
    val byHour = span.hours.groupBy { it.hour.atZone(period.zone).hour }
    val viewers = question.reads.swept.categoryHours(top, period.from, period.to)
        .groupingBy { it.category to it.hour.atZone(period.zone).hour }.fold(0.0) { sum, hour -> sum + hour.viewers }
    Table(
        listOf(Column.text("category", "Category"), Column.text("hour", "Hour"), Column.decimal("viewers", "Average viewers")),
        top.flatMap { category ->
            (0..23).map { hour ->
                val swept = byHour[hour]?.size ?: 0
                Row(
                    listOf(category, Clock.hour(hour), if (swept == 0) null else (viewers[category to hour] ?: 0.0) / swept),
                    href = question.link(CategoryLinks.page(category)),
                )
            }
        },
        coverage = span.coverage,
    )
}
