package twitchactors.dashboard

/** One category over the period. */
internal val CATEGORY_OVER_TIME = Panel(
    id = "category-over-time",
    title = "Viewers and streams over time",
    how =
    "Viewers as Twitch counts them, and streams, averaged over the sweeps of each hour; in periods above 8 days of each day. An hour in " +
        "which the category was not among those swept counts as none.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Lines("time", listOf("viewers"), area = true),
    wide = true,
) { question ->
    val span = SweptSpan(question)
    val hours = question.reads.swept.categoryHours(listOf(question.subject.orEmpty()), question.period.from, question.period.to)
        .associateBy { it.hour }
    if (hours.isEmpty()) return@Panel CategoryPage.nothing(question)
    Table(
        listOf(
            span.timeColumn,
            Column.decimal("viewers", "Average viewers"),
            Column.decimal("streams", "Average streams"),
            Column.count("peak", "Peak viewers"),
        ),
        span.points(span.hours, { it.hour }) { here ->
            val ours = here.mapNotNull { hours[it.hour] }
            listOf(ours.sumOf { it.viewers } / here.size, ours.sumOf { it.streams } / here.size, ours.maxOfOrNull { it.viewersPeak } ?: 0)
        },
        coverage = span.coverage,
    )
}
