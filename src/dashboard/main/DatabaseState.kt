package twitchactors.dashboard

/** How much the viewer database holds, and how fresh it is. */
internal val DATABASE_STATE = Panel(
    id = "database-state",
    title = "State of the database",
    how =
    "Viewers tracked in all: accounts of which at least one sealed day is kept. Viewers today: distinct accounts seen so far in any " +
        "tracked chat on the day that is open now. Last sealed day: the same of the last day that every partition has fixed; the change " +
        "is against the sealed day before it. Viewer-days: of all sealed days of the period, one per viewer and day.",
    origin = Origin.CHAT,
    look = Look.Figures,
    wide = true,
    compares = false,
    refreshSeconds = 10,
) { question ->
    val live = question.reads.live()
    val open = live?.open
    val sealed = question.reads.statuses.of(question.period.utcDays.map(Days::of)).now().filter { it.sealed }.sortedBy { it.day }
    val last = sealed.lastOrNull()
    val before = sealed.dropLast(1).lastOrNull()
    if (open == null && last == null) {
        val latest = live?.days?.filter { it.sealed }?.maxByOrNull { it.day }?.let { Days.date(it.day) }
        return@Panel Table(
            emptyList(),
            emptyList(),
            why = "No day was sealed in this period, and none is open." + if (latest == null) " No sample has come yet." else "",
            elsewhere = latest?.let { Table.Elsewhere("Show $it", question.linkToDays("/", it..it)) },
        )
    }
    val head = last?.let { question.reads.audiences.head(it.day).now() }
    Table(
        listOf(
            Column.count("tracked", "Viewers tracked in all"),
            Column.count("viewers_today", "Viewers today" + if (open == null) "" else " (${open.day}, open)"),
            Column.count("viewers_sealed", "Viewers" + if (last == null) ", last sealed day" else " on ${last.day}, sealed"),
            Column.share("change", "Change on the sealed day before"),
            Column.count("people", "People among them (no bots)"),
            Column.count("streamers", "Streamers seen"),
            Column.count("days", "Sealed days in the period"),
            Column.count("viewer_days", "Viewer-days in them"),
        ),
        listOf(
            Row(
                question.reads.viewers.count(),
                open?.viewers,
                last?.viewers,
                if (last != null && before != null && before.viewers > 0) last.viewers.toDouble() / before.viewers - 1 else null,
                head?.people?.viewers,
                head?.streamers?.size,
                sealed.size,
                sealed.sumOf { it.viewers },
            ),
        ),
        coverage = open?.slotsSeen?.let { "Coverage: $it of 288 slots of the open day" },
    )
}
