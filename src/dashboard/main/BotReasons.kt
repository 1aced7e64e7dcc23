package twitchactors.dashboard

import twitchactors.audience.BotSigns

/** Why accounts look like bots. */
internal val BOT_REASONS = Panel(
    id = "bot-reasons",
    title = "Accounts that look like bots",
    how = "Accounts of the last sealed day of the period with each sign: on a list of known bots (100 points), in 10 chats or more at " +
        "once (60), in 5 to 9 (30), seen in 264 slots or more (40). From 60 points on an account counts as a bot. One may have several " +
        "signs; counts below 5 are hidden.",
    origin = Origin.CHAT,
    look = Look.Bars("sign", "accounts", lying = true),
    compares = false,
) { question ->
    val day = StatusDays(question).statuses.firstOrNull { it.sealed }?.day
    val head = day?.let { question.reads.audiences.head(it).now() }
        ?: return@Panel Table(emptyList(), emptyList(), why = "No day of this period is sealed and counted yet.")
    Table(
        listOf(Column.text("sign", "Sign"), Column.count("accounts", "Accounts")),
        BotSigns.Reason.entries.map { reason ->
            Row(reason.name.lowercase().replace('_', ' '), head.bots[reason]?.takeIf { it >= LEAST || it == 0L })
        },
        coverage = "The sealed day $day, ${head.all.viewers} accounts",
    )
}

/** A smaller count could point at somebody. */
private const val LEAST = 5L
