package twitchactors.dashboard

/** Who came for the first time and who came back, day by day. */
internal val STREAMER_LOYALTY_BY_DAY = Panel(
    id = "streamer-new-returning",
    title = "New and returning chatters",
    how = "For each sealed day: distinct accounts seen in this chat. New: seen on none of the 29 days of the calendar before it; " +
        "returning: seen on one of them; regular: on at least three. Days before tracking began, or that were not tracked, are not " +
        "known, so in the beginning everybody is new. People: without accounts that look like bots.",
    origin = Origin.CHAT,
    look = Look.Stacked("day", listOf("returning", "new")),
) { question ->
    val page = StreamerPage(question)
    val login = page.login ?: return@Panel page.nothing()
    if (page.sealed.isEmpty()) return@Panel page.notSealed()
    val windows = question.reads.audience.loyalties(login, page.sealed, DAYS)
    val days = page.sealedDays.associateBy { it.day }
    val known = page.sealed.filter { it in windows || it in days }
    if (known.isEmpty()) return@Panel page.notSealed()
    Table(
        listOf(
            Column.date("day", "Day (UTC)"),
            Column.count("returning", "Returning"),
            Column.count("new", "New"),
            Column.count("unique", "Unique chatters"),
            Column.count("regular", "Regular"),
            Column.count("people", "People"),
        ),
        known.map { day ->
            val window = windows[day]
            val seen = days[day]
            Row(Days.date(day), window?.all?.returning, window?.all?.new, seen?.all?.viewers, window?.all?.regular, seen?.people?.viewers)
        },
        coverage = page.coverage(page.sealedDays),
        note = if (known.all { it in windows }) {
            null
        } else {
            "Windows of 30 days are counted some time after a day is sealed; some are not yet."
        },
    )
}

private const val DAYS = 30
