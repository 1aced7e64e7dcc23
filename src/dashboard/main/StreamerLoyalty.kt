package twitchactors.dashboard

import twitchactors.audience.WindowAudience

/** How often chatters come. */
internal val STREAMER_LOYALTY = Panel(
    id = "streamer-loyalty",
    title = "Loyalty",
    how = "Of the 7 or 30 days of the calendar up to the last sealed day of the period: how many accounts were seen in this chat on " +
        "exactly one, two, .. of the days that are sealed. People: without accounts that look like bots.",
    origin = Origin.CHAT,
    look = Look.Grouped("days", listOf("people", "all")),
    choices = listOf(OverlapChoices.WINDOW),
    compares = false,
) { question ->
    ofWindow(question) { window, coverage ->
        Table(
            listOf(Column.text("days", "Seen on days"), Column.count("people", "People"), Column.count("all", "All")),
            window.all.byDays.indices.map { Row("${it + 1}", window.people.byDays[it], window.all.byDays[it]) },
            coverage = coverage,
        )
    }
}

/** The same in few numbers. */
internal val STREAMER_LOYALTY_NUMBERS = Panel(
    id = "streamer-loyalty-numbers",
    title = "Audience of the window",
    how = "Of the 7 or 30 days of the calendar up to the last sealed day of the period, without accounts that look like bots. Unique: " +
        "seen in this chat on any of them. Of those seen on the last day: new were seen on none of the others, returning on at least " +
        "one, regular on at least three. Leaving: seen on the first day and not since. Lost: not seen in the last 7 days.",
    origin = Origin.CHAT,
    look = Look.Figures,
    wide = true,
    choices = listOf(OverlapChoices.WINDOW),
) { question ->
    ofWindow(question) { window, coverage ->
        val people = window.people
        Table(
            listOf(
                Column.count("people", "Unique people"),
                Column.count("new", "New on the last day"),
                Column.count("returning", "Returning"),
                Column.count("regular", "Regular"),
                Column.count("leaving", "Leaving"),
                Column.count("lost", "Lost"),
            ),
            listOf(Row(people.viewers, people.new, people.returning, people.regular, people.leaving, people.lost)),
            coverage = coverage,
        )
    }
}

/** What [table] makes of the chosen window, or of 7 days, up to the last sealed day of the period, and of its days in words. */
private fun ofWindow(question: Question, table: (WindowAudience.Streamer, String) -> Table): Table {
    val page = StreamerPage(question)
    val login = page.login ?: return page.nothing()
    val day = page.sealed.lastOrNull() ?: return page.notSealed()
    val length = maxOf(7, OverlapChoices.length(question))
    val window = question.reads.audience.loyalty(login, day, length) ?: return OverlapChoices.notCounted
    return table(window, "$length days of the calendar up to $day, ${window.all.byDays.size} of them sealed")
}
