package twitchactors.dashboard

import twitchactors.store.TrackedFigures.SampleSeen

/** A streamer's titles, and how well they did. */
internal val STREAMER_TITLES = Panel(
    id = "streamer-titles",
    title = "Titles",
    how = "The titles of the samples of the period: five minutes for each, viewers (Twitch's own count) and chatters averaged over " +
        "them. Samples are kept for some weeks; older titles are on the pages of single streams.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Rows,
    wide = true,
    choices = listOf(StreamerTitles.SEARCH),
    compares = false,
) { question ->
    val page = StreamerPage(question)
    val samples = page.samples.filter { it.title.isNotEmpty() }
    if (samples.isEmpty()) {
        val none = page.nothing()
        return@Panel if (page.samples.isEmpty()) none else Table(emptyList(), emptyList(), why = "No sample of this period says a title.")
    }
    val wanted = question.choice(StreamerTitles.SEARCH)
    val titles = samples.groupBy { it.title }
    val found = titles.filterKeys { it.contains(wanted, ignoreCase = true) }
        .entries.sortedWith(compareByDescending<Map.Entry<String, List<SampleSeen>>> { it.value.size }.thenBy { it.key })
    Table(
        listOf(
            Column.text("title", "Title"),
            Column.hours("hours", "Hours"),
            Column.decimal("average_viewers", "Viewers"),
            Column.decimal("average_chatters", "Chatters"),
            Column.count("peak_viewers", "Peak"),
            Column.text("categories", "Categories"),
            Column.moment("last", "Last"),
        ),
        found.take(StreamerTitles.SHOWN).map { (title, all) ->
            Row(
                title,
                all.size / StreamerTitles.PER_HOUR,
                all.mapNotNull { it.viewers }.takeIf { it.isNotEmpty() }?.average(),
                all.mapNotNull { it.chatters }.takeIf { it.isNotEmpty() }?.average(),
                all.mapNotNull { it.viewers }.maxOrNull(),
                all.map { it.category }.filter { it.isNotEmpty() }.distinct().joinToString(" · "),
                all.last().at,
            )
        },
        coverage = "Coverage: ${samples.size} samples with a title, ${titles.size} titles",
        note = if (found.size > StreamerTitles.SHOWN) "The first ${StreamerTitles.SHOWN} of ${found.size}." else null,
        why = "No title of this period has '$wanted' in it.",
    )
}

/** What belongs to [STREAMER_TITLES]. */
internal object StreamerTitles {
    val SEARCH = Choice("title", "Find a title")
    const val SHOWN = 50
    const val PER_HOUR = 12.0
}
