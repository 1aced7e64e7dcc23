package twitchactors.dashboard

/** Where a stream's chatters came from and went to. */
internal val STREAM_FLOW = Panel(
    id = "stream-flow",
    title = "Where chatters came from and went to",
    how = AudienceFlow.HOW,
    origin = Origin.CHAT,
    look = Look.Flow("side", "name", "viewers"),
    choices = listOf(OverlapChoices.WHO),
    compares = false,
) { question ->
    val page = StreamPage(question)
    val subject = page.subject ?: return@Panel page.nothing()
    if (page.day == null) return@Panel StreamRetention.notSealed(page)
    val flow = page.login?.let { question.reads.audience.flow(it, Days.of(subject.day)) }
    val stream = flow?.streams?.find { it.first == subject.first } ?: return@Panel page.nothing()
    AudienceFlow.table(question, stream.before, stream.after, "UTC day ${subject.day}, as sealed")
}
