package twitchactors.dashboard

/** The period in numbers. */
internal val OVERVIEW_NUMBERS = Panel(
    id = "overview-numbers",
    title = "The period in numbers",
    how =
    "Categories and unique streamers: distinct ones that a sweep found (streamers over whole UTC days). Average viewers: the viewers " +
        "that Twitch counts, summed over all swept streams, averaged over the sweeps; average streams likewise. Peak: the most in one " +
        "sweep. Hours watched: average viewers times hours; an hour with at least one sweep counts.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Figures,
    wide = true,
) { question ->
    val span = SweptSpan(question)
    if (span.isEmpty) return@Panel span.nothing("/")
    val days = question.period.utcDays
    Table(
        listOf(
            Column.decimal("average_viewers", "Average viewers"),
            Column.count("peak_viewers", "Peak viewers"),
            Column.hours("hours_watched", "Hours watched"),
            Column.decimal("average_streams", "Average streams"),
            Column.count("unique_streamers", "Unique streamers"),
            Column.count("categories", "Categories"),
        ),
        listOf(
            Row(
                SweptSpan.average(span.hours) { it.viewersSum },
                span.hours.maxOf { it.viewersPeak },
                span.hours.sumOf { it.viewers },
                SweptSpan.average(span.hours) { it.streamsSum },
                question.reads.days.channelsOver(days.first(), days.last().plusDays(1)),
                question.reads.swept.categories(question.period.from, question.period.to).size,
            ),
        ),
        coverage = span.coverage,
    )
}
