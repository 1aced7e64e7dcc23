package twitchactors.dashboard

import twitchactors.audience.Broadcast
import twitchactors.domain.Slot
import twitchactors.store.TrackedFigures.SampleSeen
import java.time.Duration
import java.time.ZoneOffset

/** Whether a streamer is live. */
internal val STREAMER_STATE = Panel(
    id = "streamer-state",
    title = "Now",
    how = LiveSamples.HOW + " On air: since the first sample of this stream. Anonymous: viewers less chatters, never below zero.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Figures,
    wide = true,
    compares = false,
    refreshSeconds = 10,
) { question ->
    val login = StreamerPage(question).login ?: return@Panel StreamerPage(question).nothing()
    val live = LiveSamples(question)
    val sample = live.streams.find { it.streamer == login.name } ?: return@Panel StreamerState.offline(question, live)
    val today = sample.at.atZone(ZoneOffset.UTC).toLocalDate()
    val samples = question.reads.tracked.samples(login, listOf(today.minusDays(1), today)).filter { it.at <= sample.at }
    val begun = StreamerState.begin(samples)
    Table(
        listOf(
            Column.text("state", "State"),
            Column.count("viewers", "Viewers"),
            Column.count("chatters", "Chatters"),
            Column.count("anonymous", "Anonymous"),
            Column.hours("on_air", "Hours on air"),
            Column.text("category", "Category"),
            Column.text("title", "Title"),
        ),
        listOf(
            Row(
                "Live",
                sample.viewers,
                sample.chatters,
                sample.viewers?.let { viewers -> sample.chatters?.let { maxOf(0, viewers - it) } },
                Duration.between(begun.at, sample.at.plusSeconds(Slot.SECONDS)).toMinutes() / 60.0,
                sample.category.ifEmpty { null },
                sample.title.ifEmpty { null },
            ),
        ),
        coverage = "As of the slot of ${CellText.moment(sample.at, question.period.zone)}",
    )
}

/** The parts of [STREAMER_STATE]. */
internal object StreamerState {
    fun offline(question: Question, live: LiveSamples): Table {
        val page = StreamerPage(question)
        val login = checkNotNull(page.login)
        val last = question.reads.tracked.days(login).lastOrNull()
            ?: return Table(emptyList(), emptyList(), why = Untracked.how(login, question.isAdmin))
        val seen = question.reads.tracked.samples(login, listOf(last)).lastOrNull()
        // Of days that are too old there are no samples any more, only what was rolled up.
        val column = if (seen == null) Column.date("seen", "Last day live") else Column.moment("seen", "Last seen live")
        val asOf = live.asOf?.let { "As of the slot of ${CellText.moment(it, question.period.zone)}" }
        return Table(
            listOf(
                Column.text("state", "State"),
                column,
                Column.text("category", "Category"),
                Column.text("title", "Title"),
            ),
            listOf(Row("Not live", seen?.at ?: last, seen?.category?.ifEmpty { null }, seen?.title?.ifEmpty { null })),
            coverage = asOf ?: "No sample of anybody has arrived lately",
        )
    }

    /** The first sample of the stream that the last of [samples] is of: as [Broadcast] tells streams apart, over midnight too. */
    fun begin(samples: List<SampleSeen>): SampleSeen = samples.reversed().zipWithNext().firstOrNull { (later, earlier) ->
        if (later.streamId.isNotEmpty() && earlier.streamId.isNotEmpty()) {
            later.streamId != earlier.streamId
        } else {
            Duration.between(earlier.at, later.at).seconds > Broadcast.BRIDGED * Slot.SECONDS
        }
    }?.first ?: samples.first()
}
