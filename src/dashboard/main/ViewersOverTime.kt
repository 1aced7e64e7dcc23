package twitchactors.dashboard

/** Viewers and streams of all swept categories over the period. */
internal val VIEWERS_OVER_TIME = Panel(
    id = "viewers-over-time",
    title = "Viewers over time",
    how = "Viewers as Twitch counts them, summed over all swept streams and averaged over the sweeps of each hour; in periods above 8 " +
        "days, of each day in the chosen time zone. Hours without a sweep have no point.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Lines("time", listOf("viewers"), area = true),
    wide = true,
) { question ->
    val span = SweptSpan(question)
    if (span.isEmpty) return@Panel span.nothing("/")
    Table(
        listOf(
            span.timeColumn,
            Column.decimal("viewers", "Average viewers"),
            Column.decimal("streams", "Average streams"),
            Column.count("peak", "Peak viewers"),
        ),
        span.points(span.hours, { it.hour }) { hours ->
            listOf(
                SweptSpan.average(hours) { it.viewersSum },
                SweptSpan.average(hours) { it.streamsSum },
                hours.maxOf { it.viewersPeak },
            )
        },
        coverage = span.coverage,
    )
}
