package twitchactors.dashboard

/** One streamer in numbers. */
internal val STREAMER_NUMBERS = Panel(
    id = "streamer-numbers",
    title = "The period in numbers",
    how = StreamersRanked.HOW + " Rank: by average viewers, among all tracked streamers of the period.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Figures,
    wide = true,
) { question ->
    val page = StreamerPage(question)
    val streamers = TrackedSpan(question).streamers
    val ours = streamers.find { it.streamer == page.login?.name } ?: return@Panel page.nothing()
    val unique = UniqueChatters.of(question)
    val rank = ours.sums.viewers?.let { average -> streamers.count { (it.sums.viewers ?: -1.0) > average } + 1 }
    val shown = unique?.let { " " + it.span }.orEmpty()
    Table(
        listOf(
            Column.decimal("average_viewers", "Average viewers"),
            Column.count("peak_viewers", "Peak viewers"),
            Column.hours("hours_watched", "Hours watched"),
            Column.hours("airtime", "Airtime (hours)"),
            Column.decimal("average_chatters", "Average chatters"),
            Column.decimal("average_anonymous", "Average anonymous"),
            Column.count("unique_chatters", "Unique chatters$shown"),
            Column.count("rank", "Rank of ${streamers.size}"),
        ),
        listOf(
            Row(
                ours.sums.viewers,
                ours.sums.viewersPeak,
                ours.sums.hoursWatched,
                ours.sums.hours,
                ours.sums.chatters,
                ours.sums.anonymous,
                unique?.get(ours.streamer),
                rank,
            ),
        ),
        coverage = "Coverage: ${TrackedSpan.of(listOf(ours.sums))}",
    )
}
