package twitchactors.collect

import org.apache.kafka.clients.producer.ProducerRecord
import twitchactors.archive.JsonText
import twitchactors.domain.ByteSink
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import twitchactors.sources.Chatters
import twitchactors.sources.LiveStream
import twitchactors.topics.Logins
import twitchactors.topics.PollChunks
import twitchactors.topics.SampleCodec
import twitchactors.topics.wire.Sample
import java.time.Instant

/** What a poll becomes in the topic [topic]: a sample, a gap with its reason, or that the streamer was offline. */
class PollRecords(private val topic: String) {
    /**
     * A sample: its records, of which there are several when the chat is very large.
     *
     * @param logins how many logins are in it
     * @param keptOut how many were left out, because they may not be known
     */
    class Taken(val records: List<ProducerRecord<ByteArray, ByteArray>>, val logins: Int, val keptOut: Int)

    /** What was seen of [stream] in [slot] by the poll [poll], which began [at], without those whom [admits] does not admit. */
    fun sample(stream: LiveStream, slot: DaySlot, at: Instant, poll: String, chatters: Chatters, admits: LoginFilter): Taken {
        val seen = Logins(chatters.logins, 0, chatters.logins.size)
        val lines = ByteSink(chatters.logins.size + 1)
        var logins = 0
        var keptOut = 0
        seen.forEach { from, to ->
            if (admits.admits(seen.bytes, from, to)) {
                lines.bytes(seen.bytes, from, to - from)
                lines.byte(Logins.SEPARATOR.toInt())
                logins++
            } else {
                keptOut++
            }
        }
        val about = poll(stream.streamer, slot, at, poll)
            .setSource(chatters.source.label)
            .setComplete(chatters.isComplete)
            .setTitle(JsonText.whole(stream.title, SampleCodec.MAX_TITLE))
            .setCategory(JsonText.whole(stream.category, SampleCodec.MAX_CATEGORY))
            .setLanguage(JsonText.whole(stream.language, SampleCodec.MAX_LANGUAGE))
            .addAllTags(stream.tags.take(SampleCodec.MAX_TAGS).map { JsonText.whole(it, SampleCodec.MAX_TAG) })
            .setStreamId(JsonText.whole(stream.streamId, SampleCodec.MAX_STREAM_ID))
            .setStartedAt(maxOf(0, stream.startedAt.epochSecond))
            .setNamesDropped(chatters.namesDropped)
        stream.liveViewers?.let { about.setLiveViewers(maxOf(0, it)) }
        val records = ArrayList<ProducerRecord<ByteArray, ByteArray>>(1)
        PollChunks.forEach(about, lines) { records += SampleCodec.record(topic, it) }
        return Taken(records, logins, keptOut)
    }

    /** That there is no sample of [streamer] in [slot], though one was expected, and why. */
    fun gap(streamer: Login, slot: DaySlot, at: Instant, poll: String, reason: String): ProducerRecord<ByteArray, ByteArray> {
        val gap = poll(streamer, slot, at, poll).setSource(SOURCE).setGap(JsonText.whole(reason, SampleCodec.MAX_GAP)).setChunks(1)
        return SampleCodec.record(topic, gap.build())
    }

    /** That [streamer] was offline in [slot]. */
    fun offline(streamer: Login, slot: DaySlot, at: Instant, poll: String): ProducerRecord<ByteArray, ByteArray> =
        SampleCodec.record(topic, poll(streamer, slot, at, poll).setSource(SOURCE).setOffline(true).setChunks(1).build())

    private fun poll(streamer: Login, slot: DaySlot, at: Instant, poll: String) = Sample.newBuilder()
        .setStreamer(streamer.name)
        .setDay(slot.day.epochDay)
        .setSlot(slot.slot.index)
        .setPolledAt(at.epochSecond)
        .setPoll(poll)

    companion object {
        /** Who says what nobody has seen. */
        const val SOURCE = "collect"
    }
}
