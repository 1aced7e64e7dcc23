package twitchactors.dashboard

/** Streamers beside each other in numbers. */
internal val COMPARE_NUMBERS = Panel(
    id = "compare-numbers",
    title = "In numbers",
    how = StreamersRanked.HOW,
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Rows,
    wide = true,
    choices = Compared.CHOICES,
    compares = false,
) { question ->
    val compared = Compared(question)
    compared.nothing()?.let { return@Panel it }
    val span = TrackedSpan(question)
    val sums = span.streamers.associateBy { it.streamer }
    val unique = UniqueChatters.of(question)
    val ours = compared.streamers.mapNotNull { sums[it.name]?.sums }
    Table(
        listOf(
            Column.text("streamer", "Streamer"),
            Column.decimal("average_viewers", "Average viewers"),
            Column.count("peak_viewers", "Peak"),
            Column.hours("hours_watched", "Hours watched"),
            Column.hours("airtime", "Airtime (h)"),
            Column.count("days", "Days live"),
            Column.decimal("average_chatters", "Chatters"),
            Column.decimal("average_anonymous", "Anonymous"),
            Column.count("unique_chatters", "Unique chatters"),
        ),
        compared.streamers.map { login ->
            val all = sums[login.name]
            Row(
                listOf(
                    login.name,
                    all?.sums?.viewers,
                    all?.sums?.viewersPeak,
                    all?.sums?.hoursWatched,
                    all?.sums?.hours,
                    all?.days,
                    all?.sums?.chatters,
                    all?.sums?.anonymous,
                    unique?.get(login.name),
                ),
                question.link(StreamerLinks.page(login.name)),
            )
        },
        coverage = "Coverage: ${TrackedSpan.of(ours)}",
        note = unique?.let { "Unique chatters: ${it.span}." } ?: UniqueChatters.NONE,
        offers = compared.offers,
    )
}
