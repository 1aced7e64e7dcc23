package twitchactors.dashboard

import twitchactors.store.TrackedFigures.Sums

/** All tracked streamers in numbers. */
internal val STREAMERS_NUMBERS = Panel(
    id = "streamers-numbers",
    title = "The period in numbers",
    how = "Streamers: those of whom there is a sample. Airtime: the time that samples speak for, each until the next one of its " +
        "stream, ten minutes at most, summed over streamers. Average viewers and chatters: of one stream, weighed by that time. Hours " +
        "watched: average viewers times airtime, as the field calls it.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Figures,
    wide = true,
    choices = listOf(StreamerChoices.LANGUAGE, StreamerChoices.CATEGORY),
) { question ->
    val span = TrackedSpan(question)
    val all = span.streamers
    if (all.isEmpty()) return@Panel span.nothing()
    val sums = Sums.of(all.map { it.sums })
    Table(
        listOf(
            Column.count("streamers", "Streamers"),
            Column.hours("airtime", "Airtime (hours)"),
            Column.hours("hours_watched", "Hours watched"),
            Column.decimal("average_viewers", "Average viewers of a stream"),
            Column.decimal("average_chatters", "Average chatters of a stream"),
            Column.count("peak_viewers", "Highest peak"),
        ),
        listOf(Row(all.size, sums.hours, all.sumOf { it.sums.hoursWatched ?: 0.0 }, sums.viewers, sums.chatters, sums.viewersPeak)),
        coverage = span.coverage,
    )
}
