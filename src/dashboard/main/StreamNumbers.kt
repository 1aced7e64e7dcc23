package twitchactors.dashboard

import twitchactors.domain.Slot

/** One stream in numbers. */
internal val STREAM_NUMBERS = Panel(
    id = "stream-numbers",
    title = "In numbers",
    how = "From the stream's first sample to its last. Averages weigh each sample by the time that it speaks for: until the next one, " +
        "ten minutes at most. Hours watched: average viewers times that time. Anonymous: viewers less chatters, never below zero. " +
        "Unique chatters, and people: those among them who do not look like bots, are counted when the day is over.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Figures,
    wide = true,
    compares = false,
) { question ->
    val page = StreamPage(question)
    val live = page.live ?: return@Panel page.nothing()
    val subject = checkNotNull(page.subject)
    val zone = question.period.zone
    Table(
        listOf(
            Column.moment("start", "Start"),
            Column.moment("end", "Last sample until"),
            Column.hours("airtime", "Airtime (hours)"),
            Column.decimal("average_viewers", "Average viewers"),
            Column.count("peak_viewers", "Peak" + live.peakSlot?.let { " at ${CellText.moment(page.at(it), zone).takeLast(5)}" }.orEmpty()),
            Column.hours("hours_watched", "Hours watched"),
            Column.decimal("average_anonymous", "Average anonymous"),
            Column.count("unique_chatters", "Unique chatters"),
            Column.count("people", "People"),
        ),
        listOf(
            Row(
                page.at(subject.first),
                page.last?.let { page.at(it).plusSeconds(Slot.SECONDS) },
                live.airtime / 60.0,
                live.averageViewers,
                live.peak,
                live.hoursWatched,
                live.averageAnonymous,
                page.published?.viewers,
                page.published?.people,
            ),
        ),
        coverage = page.coverage,
    )
}
