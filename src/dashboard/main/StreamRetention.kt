package twitchactors.dashboard

/** How long a stream's chatters stayed. */
internal val STREAM_RETENTION = Panel(
    id = "stream-retention",
    title = "Retention",
    how = Retention.HOW,
    origin = Origin.CHAT,
    look = Look.Grouped("after", listOf("people", "all")),
    compares = false,
) { question ->
    val page = StreamPage(question)
    val day = page.day ?: return@Panel StreamRetention.notSealed(page)
    if (page.published == null) return@Panel page.nothing()
    val table = Retention.table(listOf(day.people), listOf(day.all), page.coverage)
    if (day.streams.size < 2) return@Panel table
    Table(
        table.columns,
        table.rows,
        coverage = table.coverage,
        note = "Counted by day: of all ${day.streams.size} streams of ${day.day} together.",
        why = table.why,
    )
}

/** The parts of [STREAM_RETENTION] that others share. */
internal object StreamRetention {
    fun notSealed(page: StreamPage): Table = if (page.live == null) {
        page.nothing()
    } else {
        Table(
            emptyList(),
            emptyList(),
            why = "The day of this stream is not sealed yet: it is counted then.",
        )
    }
}
