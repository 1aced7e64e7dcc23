package twitchactors.dashboard

/** A viewer in numbers. */
internal val VIEWER_NUMBERS = Panel(
    id = "viewer-numbers",
    title = "In numbers",
    how = "Of all sealed days. Hours in chat: distinct five-minute slots in which the account was seen in any tracked chat. Days in a " +
        "row: sealed days, days without tracking passed over. Chats at once: the most in one slot. Like a bot: by the signs of the last " +
        "28 days (on a list of known bots, in many chats at once, around the clock). Being in a chat is no proof of watching.",
    origin = Origin.CHAT,
    look = Look.Figures,
    wide = true,
    compares = false,
) { question ->
    val viewer = ViewerPage.of(question) ?: return@Panel ViewerPage.nobody()
    val figures = viewer.figures
    Table(
        listOf(
            Column.hours("hours", "Hours in chat"),
            Column.count("days", "Days seen"),
            Column.count("streamers", "Streamers"),
            Column.count("streak", "Days in a row, now"),
            Column.count("longest_streak", "Days in a row, at most"),
            Column.count("most_at_once", "Chats at once, at most"),
            Column.text("first_seen", "First seen"),
            Column.text("last_seen", "Last seen"),
            Column.text("bot", "Like a bot"),
        ),
        listOf(
            Row(
                figures.minutes / 60.0,
                figures.days,
                figures.streamers.size,
                figures.streak.current,
                figures.streak.longest,
                figures.several.most,
                "${figures.firstSeen}",
                "${figures.lastSeen}",
                if (figures.bot.isBot) "yes" else "no",
            ),
        ),
        coverage = viewer.coverage,
    )
}
