package twitchactors.dashboard

/** How many viewers are known. */
internal val VIEWERS_KNOWN = Panel(
    id = "viewers-known",
    title = "Viewers",
    how = "Tracked in all: accounts of which at least one sealed day is kept, by the count of the viewer database; they follow a seal " +
        "by some seconds to minutes. Last sealed day: distinct accounts on it, and those among them that do not look like bots.",
    origin = Origin.CHAT,
    look = Look.Figures,
    wide = true,
    compares = false,
) { question ->
    val days = StatusDays(question)
    val last = days.statuses.firstOrNull { it.sealed }
    val count = question.reads.viewers.count()
    if (count == 0L && last == null) return@Panel Table(emptyList(), emptyList(), why = "No day is sealed yet, so nobody is known.")
    Table(
        listOf(
            Column.count("tracked", "Viewers tracked in all"),
            Column.count("viewers", "Viewers" + if (last == null) ", last sealed day" else " on ${last.day}"),
            Column.count("pairs", "Viewer-streamer pairs"),
            Column.count("sightings", "Sightings"),
        ),
        listOf(Row(count, last?.viewers, last?.pairs, last?.sightings)),
    )
}
