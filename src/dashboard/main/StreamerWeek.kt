package twitchactors.dashboard

/** When in the week a streamer is watched. */
internal val STREAMER_WEEK = Panel(
    id = "streamer-week",
    title = "Weekday and hour",
    how = "Average viewers, as Twitch counts them, in each hour of each weekday, in the chosen time zone, while the streamer was live " +
        "in the period. An hour without a sample is empty.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Heat("hour", "weekday", "value"),
    wide = true,
) { question ->
    val page = StreamerPage(question)
    val login = page.login ?: return@Panel page.nothing()
    val hours = question.reads.tracked.hours(login, question.period.from, question.period.to)
    if (hours.isEmpty()) return@Panel page.nothing()
    val points = hours.filter { it.sums.measured > 0 }
        .map { WeekHours.Point(it.hour, it.sums.viewerMinutes.toDouble(), it.sums.measured.toDouble()) }
    if (points.isEmpty()) return@Panel Table(emptyList(), emptyList(), why = "No sample of this period says how many were watching.")
    val coverage = "Coverage: " + TrackedSpan.of(hours.map { it.sums })
    WeekHours.table(points, question.period.zone, Column.decimal("value", "Average viewers"), coverage)
}
