package twitchactors.dashboard

import twitchactors.store.TrackedFigures.Sums

/** What a streamer streamed. */
internal val STREAMER_GAMES = Panel(
    id = "streamer-games",
    title = "Categories",
    how = "By the category that each sample says: the time that its samples speak for, and averages over it. In periods up to 8 days " +
        "by hours, in longer ones by the UTC days that they touch.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Rows,
) { question ->
    val page = StreamerPage(question)
    val login = page.login ?: return@Panel page.nothing()
    val points = TrackedPoints(question).of(login)
    if (points.isEmpty()) return@Panel page.nothing()
    val byCategory = points.groupBy({ it.category }) { it.sums }.mapValues { Sums.of(it.value) }
    Table(
        listOf(
            Column.text("category", "Category"),
            Column.hours("airtime", "Hours"),
            Column.decimal("average_viewers", "Viewers"),
            Column.decimal("average_chatters", "Chatters"),
            Column.count("peak_viewers", "Peak"),
        ),
        byCategory.entries.sortedWith(compareByDescending<Map.Entry<String, Sums>> { it.value.airtime }.thenBy { it.key })
            .map { (category, sums) ->
                val href = category.ifEmpty { null }?.let { question.link(CategoryLinks.page(it)) }
                Row(listOf(category.ifEmpty { "not known" }, sums.hours, sums.viewers, sums.chatters, sums.viewersPeak), href)
            },
        coverage = "Coverage: " + TrackedSpan.of(byCategory.values.toList()),
    )
}
