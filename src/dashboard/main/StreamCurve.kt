package twitchactors.dashboard

import twitchactors.domain.Slot
import twitchactors.store.TrackedFigures.SampleSeen

/** One stream, sample by sample. */
internal val STREAM_CURVE = Panel(
    id = "stream-curve",
    title = "Viewers and chatters",
    how = "Sample by sample, every five minutes: viewers as Twitch counts them, accounts seen in the chat, and the difference of both, " +
        "never below zero. A mark stands where the category changes, a thin one where only the title does.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Lines("time", listOf("viewers", "chatters", "anonymous"), marks = listOf("category", "title")),
    wide = true,
    compares = false,
) { question ->
    val page = StreamPage(question)
    val subject = page.subject ?: return@Panel page.nothing()
    if (page.samples.isEmpty()) {
        return@Panel if (page.published == null) page.nothing() else Table(emptyList(), emptyList(), why = StreamChanges.NO_LONGER)
    }
    val samples = page.samples.map {
        val at = page.at(it.slot)
        SampleSeen(subject.streamer, at, it.liveViewers, it.chatters, it.isComplete, it.title, it.game, it.language, it.streamId, "")
    }
    StreamerOverTime.ofSamples(samples, samples.first().at, samples.last().at.plusSeconds(Slot.SECONDS))
}
