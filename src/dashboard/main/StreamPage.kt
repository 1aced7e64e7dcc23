package twitchactors.dashboard

import twitchactors.audience.Broadcast
import twitchactors.audience.LiveFigures
import twitchactors.audience.LiveSample
import twitchactors.audience.StreamerDay
import twitchactors.domain.Login
import twitchactors.domain.Slot

/** What the panels of a stream's page have in common: the stream as published, and its samples, as far as these are there. */
internal class StreamPage(private val question: Question) {
    val subject: StreamSubject? = StreamSubject.of(question.subject)

    val login: Login? = subject?.let { Login.of(it.streamer) }

    /** What is published of the day; null before it is sealed. */
    val day: StreamerDay? by lazy {
        subject?.let { question.reads.audience.day(Login.require(it.streamer), Days.of(it.day)) }
    }

    val published: StreamerDay.Stream? by lazy { day?.streams?.find { it.first == subject?.first } }

    /** Of this stream. */
    val samples: List<LiveSample> by lazy {
        val subject = this.subject ?: return@lazy emptyList()
        val all = LiveDay.of(question, Login.require(subject.streamer), subject.day)
        Broadcast(all).streams.find { it.first == subject.first }?.samples.orEmpty()
    }

    val last: Int? get() = published?.last ?: samples.lastOrNull()?.slot

    /** As published, or by the samples so far. */
    val live: LiveFigures? by lazy {
        published?.live ?: samples.ifEmpty { null }?.let { samples ->
            val chatters = IntArray(Slot.PER_DAY).also { all -> samples.forEach { all[it.slot] = it.chatters ?: 0 } }
            Broadcast(samples).live(chatters)
        }
    }

    fun nothing(): Table {
        val subject = this.subject ?: return Table(emptyList(), emptyList(), why = "The address names no stream.")
        return Table(
            emptyList(),
            emptyList(),
            why = "No stream of ${subject.streamer} that begins in slot ${subject.first} of ${subject.day} is known. When something " +
                "came late it may have another beginning now.",
            elsewhere = Table.Elsewhere(
                "Streams of that day",
                question.linkToDays(StreamerLinks.page(subject.streamer), subject.day..subject.day),
            ),
        )
    }

    val coverage: String get() {
        val figures = live ?: return ""
        val isSealed = if (published == null) "not sealed yet" else "as sealed"
        return "Coverage: ${figures.samples} samples, ${figures.samples - figures.gaps} of them say who was in the chat; $isSealed"
    }

    fun at(slot: Int) = StreamerPage.at(Days.of(checkNotNull(subject).day), slot)
}
