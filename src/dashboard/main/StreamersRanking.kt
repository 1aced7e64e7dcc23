package twitchactors.dashboard

import twitchactors.domain.Login

/** The whole ranking, and where names are looked for. */
internal val STREAMERS_RANKING = Panel(
    id = "streamers-ranking",
    title = "Ranking",
    how = StreamersRanked.HOW,
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Rows,
    wide = true,
    choices = StreamerChoices.ALL,
) { question ->
    val ranked = StreamersRanked(question)
    val wanted = question.choice(StreamerChoices.SEARCH).lowercase()
    val offers = ranked.span.offers + (StreamerChoices.SEARCH.name to StreamersRanking.suggested(question, ranked))
    if (ranked.all.isEmpty() && wanted.isEmpty()) return@Panel ranked.span.nothing()
    val found = ranked.all.withIndex().filter { wanted in it.value.name }
    if (found.isEmpty()) return@Panel StreamersRanking.notFound(question, wanted, offers)
    StreamersRanking.table(question, ranked, found, offers)
}

/** The parts of [STREAMERS_RANKING]. */
internal object StreamersRanking {
    /** Rows that are shown, and names that are suggested. */
    private const val SHOWN = 100
    private const val SUGGESTED = 500

    val noUnique = Table(emptyList(), emptyList(), why = "No day of this period is sealed yet: unique chatters are counted then.")

    fun table(
        question: Question,
        ranked: StreamersRanked,
        found: List<IndexedValue<StreamersRanked.Streamer>>,
        offers: Map<String, List<String>>,
    ): Table {
        val columns = listOf(
            Column.count("rank", "#"),
            Column.decimal("average_viewers", "Average viewers"),
            Column.hours("hours_watched", "Hours watched"),
            Column.count("peak_viewers", "Peak"),
            Column.hours("airtime", "Airtime (h)"),
            Column.decimal("average_chatters", "Chatters"),
            Column.count("unique_chatters", "Unique chatters"),
            Column.decimal("average_anonymous", "Anonymous"),
            Column.count("days", "Days"),
            Column.text("language", "Lang."),
        )
        val notes = listOfNotNull(
            "The first $SHOWN of ${found.size}: search for others.".takeIf { found.size > SHOWN },
            ranked.unique?.let { "Unique chatters: ${it.span}." } ?: UniqueChatters.NONE,
            "They are of all categories.".takeIf { StreamerChoices.category(question) != null && ranked.unique != null },
        )
        return Table(
            listOf(Column.text("streamer", "Streamer")) + columns,
            found.take(SHOWN).map { (at, streamer) ->
                val values = columns.map { if (it.key == "rank") at + 1 else streamer.values[it.key] }
                Row(listOf<Any?>(streamer.name) + values, question.link(StreamerLinks.page(streamer.name)))
            },
            coverage = ranked.span.coverage,
            note = notes.joinToString(" "),
            offers = offers,
            bar = StreamerChoices.rank(question).column,
        )
    }

    /** Names for the search: everybody of the period first. */
    fun suggested(question: Question, ranked: StreamersRanked): List<String> =
        (ranked.all.map { it.name } + question.reads.tracked.names()).distinct().take(SUGGESTED)

    /** Says why [wanted] is not in the ranking, and what can be done. */
    fun notFound(question: Question, wanted: String, offers: Map<String, List<String>>): Table {
        val known = question.reads.tracked.names().filter { wanted in it }
        val login = Login.of(wanted)
        if (known.isNotEmpty()) {
            val one = known.minBy { it.length }
            val others = if (known.size == 1) "" else " and ${known.size - 1} more"
            return Table(
                emptyList(),
                emptyList(),
                why = "$one$others was not live in what is chosen here, but there are samples of other times.",
                elsewhere = Table.Elsewhere("Show $one", question.link(StreamerLinks.page(one))),
                offers = offers,
            )
        }
        val why = if (login == null) {
            "No tracked streamer has '$wanted' in the name, and it is no name that Twitch gives: those have up to 25 of a-z, 0-9 and _."
        } else {
            Untracked.how(login, question.isAdmin)
        }
        return Table(emptyList(), emptyList(), why = why, offers = offers)
    }
}
