package twitchactors.dashboard

/** The tags whose streams have the most viewers. */
internal val TOP_TAGS = Panel(
    id = "top-tags",
    title = "Top tags",
    how =
    "Share of all viewers that watch streams with the tag, as Twitch counts them, over the whole UTC days that the period touches. A " +
        "stream has up to ten tags, so shares add up to more than 100 %. The twenty with the most.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Bars("tag", "share", lying = true),
) { question ->
    val span = SweptSpan(question)
    val days = question.period.utcDays
    val tags = question.reads.days.tags(days.first(), days.last().plusDays(1))
    if (tags.isEmpty()) return@Panel if (span.isEmpty) span.nothing("/") else Table(emptyList(), emptyList(), why = "No stream had a tag.")
    val hours = question.reads.swept.hours(Days.start(days.first()), Days.start(days.last().plusDays(1)))
    val viewers = hours.sumOf { it.viewersSum }.toDouble()
    val sweeps = hours.sumOf { it.sweeps }
    val rows = tags.groupBy { it.tag }.map { (tag, all) -> Triple(tag, all.sumOf { it.viewers }, all.sumOf { it.streams }) }
    Table(
        listOf(Column.text("tag", "Tag"), Column.share("share", "Share of viewers"), Column.decimal("streams", "Average streams")),
        rows.sortedWith(compareByDescending<Triple<String, Long, Long>> { it.second }.thenBy { it.first }).take(20)
            .map { (tag, watched, streams) -> Row(tag, share(watched.toDouble(), viewers), share(streams.toDouble(), sweeps.toDouble())) },
        coverage = "UTC days ${days.first()} to ${days.last()}",
    )
}
