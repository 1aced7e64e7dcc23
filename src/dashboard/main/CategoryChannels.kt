package twitchactors.dashboard

/** Who streamed a category. */
internal val CATEGORY_CHANNELS = Panel(
    id = "category-channels",
    title = "Streamers",
    how =
    "The twenty with the most hours watched in this category: their viewers, as Twitch counts them, averaged over the sweeps of each " +
        "hour and summed over the hours. Hours streamed: the part of each hour's sweeps in which they were live in it.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Rows,
) { question ->
    val channels = question.reads.swept.channels(question.subject.orEmpty(), question.period.from, question.period.to, 20)
    if (channels.isEmpty()) return@Panel CategoryPage.nothing(question)
    Table(
        listOf(
            Column.text("channel", "Streamer"),
            Column.hours("hours_watched", "Hours watched"),
            Column.hours("hours_streamed", "Hours streamed"),
            Column.decimal("average_viewers", "Average"),
            Column.count("peak_viewers", "Peak"),
        ),
        channels.map {
            val average = share(it.hoursWatched, it.hoursStreamed)
            Row(
                listOf(it.channel, it.hoursWatched, it.hoursStreamed, average, it.viewersPeak),
                question.link(StreamerLinks.page(it.channel)),
            )
        },
        coverage = SweptSpan(question).coverage,
    )
}
