package twitchactors.dashboard

/** The first of the ranking. */
internal val STREAMERS_TOP = Panel(
    id = "streamers-top",
    title = "Top 20",
    how = StreamersRanked.HOW,
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Bars("streamer", "value", lying = true),
    wide = true,
    choices = listOf(StreamerChoices.RANK, StreamerChoices.LANGUAGE, StreamerChoices.CATEGORY),
) { question ->
    val ranked = StreamersRanked(question)
    if (ranked.all.isEmpty()) return@Panel ranked.span.nothing()
    val rank = StreamerChoices.rank(question)
    val isUnique = rank == StreamerChoices.Rank.UNIQUE
    if (isUnique && ranked.unique == null) return@Panel StreamersRanking.noUnique
    val title = rank.title + if (isUnique) " " + checkNotNull(ranked.unique).span else ""
    Table(
        listOf(Column.text("streamer", "Streamer"), Column.decimal("value", title)),
        ranked.all.filter { it.values[rank.column] != null }.take(20)
            .map { Row(listOf(it.name, it.values[rank.column]), question.link(StreamerLinks.page(it.name))) },
        coverage = ranked.span.coverage,
        why = "No sample of this period says it.",
    )
}
