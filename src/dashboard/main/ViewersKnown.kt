package twitchactors.dashboard

/** How many viewers are known. */
internal val VIEWERS_KNOWN = Panel(
    id = "viewers-known",
    title = "Viewers",
    how = "Tracked in all: accounts of which at least one sealed day is kept, by the count of the viewer database; they follow a seal " +
        "by some seconds to minutes. Today: distinct accounts seen so far on the day that is open now. Last sealed day: distinct " +
        "accounts on it, with how many streamers, and how often, they were seen.",
    origin = Origin.CHAT,
    look = Look.Figures,
    wide = true,
    compares = false,
    refreshSeconds = 10,
) { question ->
    val days = StatusDays(question)
    val last = days.statuses.firstOrNull { it.sealed }
    val open = question.reads.live()?.open
    val count = question.reads.viewers.count()
    if (count == 0L && last == null && open == null) {
        return@Panel Table(emptyList(), emptyList(), why = "No sample has come yet, so nobody is known.")
    }
    Table(
        listOf(
            Column.count("tracked", "Viewers tracked in all"),
            Column.count("viewers_today", "Viewers today" + if (open == null) "" else " (${open.day}, open)"),
            Column.count("viewers", "Viewers" + if (last == null) ", last sealed day" else " on ${last.day}"),
            Column.count("pairs", "Viewer-streamer pairs"),
            Column.count("sightings", "Sightings"),
        ),
        listOf(Row(count, open?.viewers, last?.viewers, last?.pairs, last?.sightings)),
    )
}
