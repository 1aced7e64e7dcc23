package twitchactors.dashboard

/** The largest streams of the last sweep. */
internal val LIVE_NOW = Panel(
    id = "live-now",
    title = "Live now",
    how = "The last sweep that has arrived: Twitch's own viewer count of each stream at that moment. The ten with the most.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Rows,
    wide = true,
    compares = false,
    refreshSeconds = 10,
) { question ->
    val sweep = question.reads.swept.lastStreams(10)
        ?: return@Panel Table(emptyList(), emptyList(), why = "No sweep has arrived yet, or its rows are no longer kept.")
    Table(
        listOf(
            Column.text("channel", "Streamer"),
            Column.count("viewers", "Viewers"),
            Column.text("category", "Category"),
            Column.text("title", "Title"),
        ),
        sweep.streams.map { Row(listOf(it.channel, it.viewers, it.category, it.title), question.link(StreamerLinks.page(it.channel))) },
        coverage = "Swept ${CellText.moment(sweep.at, question.period.zone)}: ${sweep.count} streams, ${sweep.viewers} viewers",
    )
}
