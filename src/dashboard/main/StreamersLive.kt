package twitchactors.dashboard

import twitchactors.store.TrackedFigures.SampleSeen

/** Which tracked streamers are live. */
internal val STREAMERS_LIVE = Panel(
    id = "streamers-live",
    title = "Live now",
    how = LiveSamples.HOW + " The fifteen with the most viewers.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Rows,
    wide = true,
    compares = false,
    refreshSeconds = 10,
) { question ->
    val live = LiveSamples(question)
    val asOf = live.asOf ?: return@Panel Table(
        emptyList(),
        emptyList(),
        why = "No sample has arrived in the last half hour: nobody who is tracked is live, or no node with the role collect is at work.",
    )
    Table(
        listOf(
            Column.text("streamer", "Streamer"),
            Column.count("viewers", "Viewers"),
            Column.count("chatters", "Chatters"),
            Column.text("category", "Category"),
            Column.text("title", "Title"),
        ),
        live.streams.sortedWith(compareByDescending<SampleSeen> { it.viewers ?: -1 }.thenBy { it.streamer }).take(15).map {
            Row(listOf(it.streamer, it.viewers, it.chatters, it.category, it.title), question.link(StreamerLinks.page(it.streamer)))
        },
        coverage = "As of the slot of ${CellText.moment(asOf, question.period.zone)}: ${live.streams.size} live",
    )
}
