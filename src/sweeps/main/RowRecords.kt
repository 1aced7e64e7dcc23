package twitchactors.sweeps

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.longOrNull
import kotlinx.serialization.json.put
import org.apache.kafka.clients.producer.ProducerRecord
import twitchactors.domain.CategoryRow
import twitchactors.domain.StreamRow
import twitchactors.topics.TopicNames
import twitchactors.topics.Unreadable
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException

/** The records of the topics `twitch-categories` and `streams`: JSON, keyed by category and by channel. */
object RowRecords {
    fun of(row: CategoryRow): ProducerRecord<ByteArray, ByteArray> {
        val value = buildJsonObject {
            put(RowNames.TIMESTAMP, RowTimes.text(row.timestamp))
            put(RowNames.CATEGORY, row.category)
            put(RowNames.VIEWERS, row.viewers)
            put(RowNames.TAGS, row.tags)
            put(RowNames.IMAGE_URL, row.imageUrl)
        }
        return ProducerRecord(TopicNames.CATEGORIES, row.category.encodeToByteArray(), value.toString().encodeToByteArray())
    }

    fun of(row: StreamRow): ProducerRecord<ByteArray, ByteArray> {
        val value = buildJsonObject {
            put(RowNames.TIMESTAMP, RowTimes.text(row.timestamp))
            put(RowNames.CATEGORY, row.category)
            put(RowNames.STREAM_TITLE, row.title)
            put(RowNames.CHANNEL, row.channel.name)
            put(RowNames.VIEWERS, row.viewers)
            put(RowNames.TAGS, row.tags)
        }
        return ProducerRecord(TopicNames.STREAMS, row.channel.name.encodeToByteArray(), value.toString().encodeToByteArray())
    }

    /** Reads a value of `twitch-categories`; fields that are not known are ignored. Throws [Unreadable]. */
    fun category(value: ByteArray?): CategoryRow = Fields(json(value)).category()

    /** Reads a value of `streams`, the same way. */
    fun stream(value: ByteArray?): StreamRow = Fields(json(value)).stream()

    private fun json(value: ByteArray?): JsonObject {
        if (value == null) throw Unreadable("has no value")
        val text = try {
            Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString()
        } catch (_: CharacterCodingException) {
            throw Unreadable("is no UTF-8")
        }
        val element: JsonElement = try {
            Json.parseToJsonElement(text)
        } catch (_: SerializationException) {
            throw Unreadable("is no JSON")
        }
        return element as? JsonObject ?: throw Unreadable("is no JSON object")
    }

    private class Fields(private val json: JsonObject) : RowFields() {
        override fun text(field: String): String = primitive(field).let {
            if (it.isString) it.content else throw Unreadable("has a $field that is no text")
        }

        override fun number(field: String): Long = primitive(field).let {
            (if (it.isString) null else it.longOrNull) ?: throw Unreadable("has ${RowNames.VIEWERS} that are no whole number")
        }

        private fun primitive(field: String): JsonPrimitive {
            val element = json[field] ?: throw Unreadable("has no $field")
            return element as? JsonPrimitive ?: throw Unreadable("has a $field that is neither text nor number")
        }
    }
}
