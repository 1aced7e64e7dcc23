package twitchactors.dashboard

import twitchactors.domain.Slot
import twitchactors.store.TrackedFigures.SampleSeen
import twitchactors.store.TrackedFigures.Sums
import java.time.Instant

/** One streamer over the period. */
internal val STREAMER_OVER_TIME = Panel(
    id = "streamer-over-time",
    title = "Viewers and chatters over time",
    how = "Viewers as Twitch counts them, accounts seen in the chat, and anonymous viewers: the difference, never below zero. In periods " +
        "up to two days sample by sample, up to eight hour by hour, else by the UTC day; averages weigh each sample by the time that it " +
        "speaks for. A mark stands where the category changes; of an hour or day it is the one with the most airtime. When the streamer " +
        "was not live there is no point.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Lines("time", listOf("viewers", "chatters", "anonymous"), marks = listOf("category", "title")),
    wide = true,
) { question ->
    val page = StreamerPage(question)
    val login = page.login ?: return@Panel page.nothing()
    if (question.period.hours <= StreamerOverTime.SAMPLED_HOURS) {
        val until = minOf(question.period.to, question.period.now)
        return@Panel if (page.samples.isEmpty()) page.nothing() else StreamerOverTime.ofSamples(page.samples, question.period.from, until)
    }
    val points = TrackedPoints(question).of(login)
    if (points.isEmpty()) page.nothing() else StreamerOverTime.ofPoints(question, points)
}

/** The parts of [STREAMER_OVER_TIME], and of the curve of one stream. */
internal object StreamerOverTime {
    /** Hours of the longest period that is shown sample by sample. */
    const val SAMPLED_HOURS = 48L

    /** Every slot [from] (in) to [to] (out), whether or not there is a sample of it in [samples]. */
    fun ofSamples(samples: List<SampleSeen>, from: Instant, to: Instant): Table {
        val bySlot = samples.associateBy { it.at }
        val known = samples.count { it.chatters != null }
        val say = if (known == samples.size) "all" else "$known"
        val slots = generateSequence(from) { it.plusSeconds(Slot.SECONDS) }.takeWhile { it < to }
        return Table(
            columns(Column.moment("time", "Time"), Column.Kind.COUNT) + Column.text("title", "Title"),
            slots.map { Row(values(it, bySlot[it])) }.toList(),
            coverage = "Coverage: ${samples.size} samples, $say of them say who was in the chat",
        )
    }

    private fun values(at: Instant, sample: SampleSeen?): List<Any?> {
        val anonymous = sample?.viewers?.let { viewers -> sample.chatters?.let { maxOf(0, viewers - it) } }
        return listOf(at, sample?.viewers, sample?.chatters, anonymous, sample?.category?.ifEmpty { null }, sample?.title?.ifEmpty { null })
    }

    fun ofPoints(question: Question, points: List<TrackedPoints.Point>): Table {
        val all = TrackedPoints(question)
        val byStart = points.groupBy { it.start }
        val rows = all.starts.map { start ->
            val parts = byStart[start].orEmpty()
            val sums = if (parts.isEmpty()) null else Sums.of(parts.map { it.sums })
            val category = parts.maxByOrNull { it.sums.airtime }?.category?.ifEmpty { null }
            Row(all.time(start), sums?.viewers, sums?.chatters, sums?.anonymous, category)
        }
        val coverage = "Coverage: " + TrackedSpan.of(points.map { it.sums })
        return Table(columns(all.timeColumn, Column.Kind.DECIMAL), rows, coverage = coverage)
    }

    private fun columns(time: Column, kind: Column.Kind) = listOf(
        time,
        Column("viewers", "Viewers", kind),
        Column("chatters", "Chatters", kind),
        Column("anonymous", "Anonymous", kind),
        Column.text("category", "Category"),
    )
}
