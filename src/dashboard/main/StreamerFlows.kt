package twitchactors.dashboard

/** Where a streamer's chatters came from and went to. */
internal val STREAMER_FLOW = Panel(
    id = "streamer-flow",
    title = "Where chatters come from and go to",
    how = AudienceFlow.HOW + " Of the last sealed day of the period on which the streamer was live.",
    origin = Origin.CHAT,
    look = Look.Flow("side", "name", "viewers"),
    choices = listOf(OverlapChoices.WHO),
    compares = false,
) { question ->
    val page = StreamerPage(question)
    val login = page.login ?: return@Panel page.nothing()
    val day = page.sealedDays.lastOrNull()?.day ?: return@Panel page.notSealed()
    val flow = question.reads.audience.flow(login, day) ?: return@Panel page.notSealed()
    AudienceFlow.table(question, flow.before, flow.after, "UTC day $day, as sealed")
}
