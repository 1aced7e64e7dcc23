package twitchactors.dashboard

import twitchactors.web.Access

/** Who a viewer is, for admins. */
internal val VIEWER_IDENTITY = Panel(
    id = "viewer-identity",
    title = "Who this is",
    how = "For admins only. Bot score: the greatest of the days seen among the last 28 tracked ones; 60 and more are a bot.",
    origin = Origin.CHAT,
    look = Look.Rows,
    wide = true,
    access = Access.ADMIN,
    compares = false,
) { question ->
    val viewer = ViewerPage.of(question) ?: return@Panel ViewerPage.nobody()
    val (bot, several) = viewer.figures.bot to viewer.figures.several
    Table(
        listOf(
            Column.text("login", "Login"),
            Column.count("bot_score", "Bot score"),
            Column.text("reasons", "Reasons"),
            Column.count("minutes_at_several", "Minutes in several chats at once"),
            Column.count("most_at_once", "Chats at once, at most"),
        ),
        listOf(
            Row(
                viewer.name,
                bot.score,
                bot.reasons.joinToString { it.name.lowercase().replace('_', ' ') }.ifEmpty { "none" },
                several.minutes,
                several.most,
            ),
        ),
        coverage = viewer.coverage,
    )
}
