package twitchactors.topics

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import org.apache.kafka.clients.consumer.ConsumerRecord
import twitchactors.domain.Day
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.DayDropped
import twitchactors.topics.wire.Sample
import twitchactors.topics.wire.SampleRecord
import twitchactors.topics.wire.Sightings
import twitchactors.topics.wire.SightingsRecord
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import java.time.Instant
import java.util.Base64

/** Says in JSON what a record of one of our topics holds, viewers' logins included; bytes that cannot be read as Base64. */
internal object RecordJson {
    fun of(record: ConsumerRecord<ByteArray, ByteArray>): JsonObject = buildJsonObject {
        val key: ByteArray? = record.key()
        val value: ByteArray? = record.value()
        put("topic", record.topic())
        put("partition", record.partition())
        put("offset", record.offset())
        put("appended_at", Instant.ofEpochMilli(record.timestamp()).toString())
        put("key", key?.let(::textOrBase64))
        put("headers", buildJsonObject { record.headers().forEach { header -> put(header.key(), header.value()?.let(::textOrBase64)) } })
        try {
            put("value", value(record, value))
        } catch (unreadable: Unreadable) {
            put("unreadable", unreadable.reason)
            put("base64", value?.let(::base64))
        }
    }

    private fun value(record: ConsumerRecord<ByteArray, ByteArray>, value: ByteArray?): JsonElement = when (record.topic()) {
        TopicNames.SAMPLES -> of(SampleCodec.decode(record.headers(), value))
        TopicNames.SIGHTINGS -> of(SightingsCodec.decode(record.headers(), value))
        TopicNames.CATEGORIES, TopicNames.STREAMS -> json(value)
        TopicNames.DEAD_LETTERS -> JsonPrimitive(value?.let(::base64))
        else -> JsonPrimitive(value?.let(::textOrBase64))
    }

    private fun of(record: SampleRecord) = when {
        record.hasSample() -> of(record.sample)
        record.hasDayClosed() -> of(record.dayClosed)
        else -> of(record.dayDropped)
    }

    private fun of(record: SightingsRecord) = when {
        record.hasSightings() -> of(record.sightings)
        record.hasDayClosed() -> of(record.dayClosed)
        else -> of(record.dayDropped)
    }

    private fun of(sample: Sample) = buildJsonObject {
        put("type", "sample")
        put("streamer", sample.streamer)
        put("day", Day(sample.day).toString())
        put("slot", sample.slot)
        putTime("polled_at", sample.polledAt)
        put("source", sample.source)
        put("complete", sample.complete)
        if (sample.hasLiveViewers()) put("live_viewers", Integer.toUnsignedLong(sample.liveViewers))
        putText("title", sample.title)
        putText("category", sample.category)
        putText("language", sample.language)
        if (sample.tagsCount > 0) putJsonArray("tags") { sample.tagsList.forEach { add(it) } }
        putText("stream_id", sample.streamId)
        putTime("started_at", sample.startedAt)
        putText("gap", sample.gap)
        if (sample.offline) put("offline", true)
        putText("poll", sample.poll)
        put("chunk", sample.chunk)
        put("chunks", sample.chunks)
        put("names_dropped", Integer.toUnsignedLong(sample.namesDropped))
        if (!SampleCodec.isWithoutLogins(sample)) putLogins(Logins.of(sample.logins))
    }

    private fun of(sightings: Sightings) = buildJsonObject {
        put("type", "sightings")
        put("streamer", sightings.streamer)
        put("day", Day(sightings.day).toString())
        put("slot", sightings.slot)
        putLogins(Logins.of(sightings.logins))
    }

    private fun of(closed: DayClosed) = buildJsonObject {
        put("type", "day_closed")
        put("day", Day(closed.day).toString())
        put("source", closed.source)
        put("source_partition", closed.sourcePartition)
        put("source_partitions", closed.sourcePartitions)
        put("feed", closed.feed)
    }

    private fun of(dropped: DayDropped) = buildJsonObject {
        put("type", "day_dropped")
        put("day", Day(dropped.day).toString())
        put("id", dropped.id)
    }

    private fun JsonObjectBuilder.putText(name: String, text: String) {
        if (text.isNotEmpty()) put(name, text)
    }

    private fun JsonObjectBuilder.putTime(name: String, seconds: Long) {
        if (seconds != 0L) put(name, Instant.ofEpochSecond(seconds).toString())
    }

    private fun JsonObjectBuilder.putLogins(logins: Logins) = putJsonArray("logins") {
        logins.forEach { from, to -> add(String(logins.bytes, from, to - from, Charsets.US_ASCII)) }
    }

    private fun json(value: ByteArray?): JsonElement {
        val text = value?.let(::text) ?: throw Unreadable("is no JSON")
        return try {
            Json.parseToJsonElement(text)
        } catch (_: SerializationException) {
            throw Unreadable("is no JSON")
        }
    }

    private fun textOrBase64(bytes: ByteArray): String = text(bytes) ?: base64(bytes)

    /** Null when [bytes] are not UTF-8. */
    private fun text(bytes: ByteArray): String? = try {
        Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()
    } catch (_: CharacterCodingException) {
        null
    }

    private fun base64(bytes: ByteArray) = Base64.getEncoder().encodeToString(bytes)
}
