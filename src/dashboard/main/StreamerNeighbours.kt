package twitchactors.dashboard

import twitchactors.audience.Overlap

/** With whom a streamer shares the audience. */
internal val STREAMER_NEIGHBOURS = Panel(
    id = "streamer-neighbours",
    title = "Shared audience",
    how = "Of the day, or the 7 or 30 days of the calendar, up to the last sealed day of the period: accounts seen in both chats, " +
        "whether or not on the same day. Share: of this streamer's chatters; share of theirs: of the other's. Jaccard: shared by all " +
        "who were seen in either. People: without accounts that look like bots. Who shares fewer than ${OverlapChoices.LEAST} is left " +
        "out.",
    origin = Origin.CHAT,
    look = Look.Rows,
    wide = true,
    choices = listOf(OverlapChoices.WINDOW, OverlapChoices.WHO),
    compares = false,
) { question ->
    val page = StreamerPage(question)
    val login = page.login ?: return@Panel page.nothing()
    val day = page.sealed.lastOrNull() ?: return@Panel page.notSealed()
    val overlaps = OverlapChoices.overlaps(question, login, day) ?: return@Panel OverlapChoices.notCounted
    val isPeople = OverlapChoices.isPeople(question)
    val all = overlaps.others.map { it.login.name to if (isPeople) it.people else it.all }
    val told = all.filter { (_, overlap) -> overlap.shared >= OverlapChoices.LEAST }
        .sortedWith(compareByDescending<Pair<String, Overlap>> { it.second.shared }.thenBy { it.first })
    Table(
        listOf(
            Column.text("streamer", "Streamer"),
            Column.count("shared", "Shared"),
            Column.share("share", "Share"),
            Column.share("share_of_theirs", "Share of theirs"),
            Column.share("jaccard", "Jaccard"),
            Column.count("theirs", "Their chatters"),
        ),
        told.take(SHOWN).map { (name, overlap) ->
            Row(
                listOf(name, overlap.shared, overlap.shareOfA, overlap.shareOfB, overlap.jaccard, overlap.b),
                question.link(StreamerLinks.COMPARE, "a" to login.name, "b" to name),
            )
        },
        coverage = "${OverlapChoices.span(question, day)}: ${CellText.count(if (isPeople) overlaps.people else overlaps.viewers)} " +
            "chatters here",
        note = if (told.size > SHOWN) "The first $SHOWN of ${told.size}." else null,
        why = "No other tracked streamer shares ${OverlapChoices.LEAST} or more chatters.",
    )
}

private const val SHOWN = 25
