package twitchactors.topics

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.header.Headers
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.DayDropped
import twitchactors.topics.wire.Sample
import twitchactors.topics.wire.SampleRecord

/** Writes and reads the records of `samples`. Safe for use by several threads. */
object SampleCodec {
    /** Bytes of logins that one record carries at most; a poll with more is sent in chunks. */
    const val MAX_LOGIN_BYTES = 900_000

    const val MAX_CHUNKS = 128
    const val MAX_SOURCE = 100
    const val MAX_TITLE = 500
    const val MAX_CATEGORY = 200
    const val MAX_LANGUAGE = 20
    const val MAX_TAGS = 50
    const val MAX_TAG = 100
    const val MAX_STREAM_ID = 50
    const val MAX_GAP = 300
    const val MAX_POLL = 100

    private const val LAST_SECOND = 253_402_300_799L

    /** The record that carries [sample]. */
    fun record(topic: String, sample: Sample): ProducerRecord<ByteArray, ByteArray> =
        RecordBytes.record(topic, null, sample.streamerBytes.toByteArray(), encode(sample))

    /** The record that carries [closed] through [partition] of [topic]. */
    fun record(topic: String, partition: Int, closed: DayClosed): ProducerRecord<ByteArray, ByteArray> =
        RecordBytes.record(topic, partition, null, encode(closed))

    /** The record that carries [dropped] through [partition] of [topic]. */
    fun record(topic: String, partition: Int, dropped: DayDropped): ProducerRecord<ByteArray, ByteArray> =
        RecordBytes.record(topic, partition, null, SampleRecord.newBuilder().setDayDropped(dropped).build().toByteArray())

    /** Whether [sample] says nothing of who was in a chat: it is a gap, or the streamer was offline. */
    fun isWithoutLogins(sample: Sample): Boolean = sample.offline || sample.gap.isNotEmpty()

    fun encode(sample: Sample): ByteArray = SampleRecord.newBuilder().setSample(sample).build().toByteArray()

    fun encode(closed: DayClosed): ByteArray = SampleRecord.newBuilder().setDayClosed(closed).build().toByteArray()

    /**
     * Reads a record, whose `recordCase` is then never "not set". It shares its bytes with [value], which must not be changed.
     *
     * @throws Unreadable also when a field is outside of what it can mean
     */
    fun decode(headers: Headers, value: ByteArray?): SampleRecord {
        val record = RecordBytes.parse(SampleRecord.parser(), headers, value)
        when (record.recordCase) {
            SampleRecord.RecordCase.SAMPLE -> check(record.sample)
            SampleRecord.RecordCase.DAY_CLOSED -> RecordBytes.check(record.dayClosed)
            SampleRecord.RecordCase.DAY_DROPPED -> RecordBytes.check(record.dayDropped)
            else -> throw Unreadable("is neither a sample nor the close or drop of a day")
        }
        return record
    }

    private fun check(sample: Sample) {
        RecordBytes.checkStreamer(sample.streamer)
        RecordBytes.checkDay(sample.day)
        RecordBytes.checkSlot(sample.slot)
        if (sample.polledAt !in 0..LAST_SECOND) throw Unreadable("was polled at second ${sample.polledAt}")
        if (sample.startedAt !in 0..LAST_SECOND) throw Unreadable("has a stream that started at second ${sample.startedAt}")
        if (sample.source.isEmpty()) throw Unreadable("does not say its source")
        checkTexts(sample)
        checkChunks(sample)
        if (isWithoutLogins(sample)) checkWithoutLogins(sample) else Logins.of(sample.logins).check()
    }

    private fun checkTexts(sample: Sample) {
        RecordBytes.checkText("source", sample.source, MAX_SOURCE)
        RecordBytes.checkText("title", sample.title, MAX_TITLE)
        RecordBytes.checkText("category", sample.category, MAX_CATEGORY)
        RecordBytes.checkText("language", sample.language, MAX_LANGUAGE)
        RecordBytes.checkText("stream id", sample.streamId, MAX_STREAM_ID)
        RecordBytes.checkText("reason for its gap", sample.gap, MAX_GAP)
        RecordBytes.checkText("poll", sample.poll, MAX_POLL)
        if (sample.tagsCount > MAX_TAGS) throw Unreadable("has ${sample.tagsCount} tags; $MAX_TAGS are possible")
        sample.tagsList.forEach { RecordBytes.checkText("tag", it, MAX_TAG) }
    }

    private fun checkChunks(sample: Sample) {
        if (sample.chunks !in 1..MAX_CHUNKS) {
            throw Unreadable("says it has ${RecordBytes.unsigned(sample.chunks)} chunks; 1 to $MAX_CHUNKS are possible")
        }
        if (sample.chunk !in 0 until sample.chunks) {
            throw Unreadable("has chunk ${RecordBytes.unsigned(sample.chunk)} of ${sample.chunks}")
        }
        if (sample.chunks > 1 && sample.poll.isEmpty()) throw Unreadable("is a chunk that does not say of which poll")
    }

    private fun checkWithoutLogins(sample: Sample) {
        if (sample.offline && sample.gap.isNotEmpty()) throw Unreadable("is a gap and says that the streamer was offline")
        val what = if (sample.offline) "of a streamer who was offline" else "a gap"
        if (!sample.logins.isEmpty) throw Unreadable("is $what and has logins")
        if (sample.chunks != 1) throw Unreadable("is $what in chunks")
    }
}
