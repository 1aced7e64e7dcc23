package twitchactors.recording

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.Day

/**
 * How far the files of a folder have come. It never runs ahead of them: all records before it are in the files, and those that come
 * again change nothing.
 *
 * @param topicId Kafka's id of the topic that the offsets are of
 * @param offsets by partition, of the next record
 * @param drops the days that were dropped of late, the oldest first
 */
internal data class Position(val topicId: String, val offsets: Map<Int, Long>, val drops: List<DropSeen> = emptyList()) {
    /** For the owner [owner]. */
    fun json(owner: String): String = buildJsonObject {
        put("owner", owner)
        put("topic_id", topicId)
        put("offsets", offsets(offsets))
        putJsonArray("drops") {
            for (drop in drops) {
                add(
                    buildJsonObject {
                        put("day", drop.day.toString())
                        put("id", drop.id)
                        put("at", drop.at)
                        put("passed", offsets(drop.passed))
                    },
                )
            }
        }
    }.toString()

    companion object {
        /** The owner and the position that [text] says; null when it is no position. */
        fun parse(text: String): Pair<String, Position>? = try {
            val json = Json.parseToJsonElement(text).jsonObject
            val drops = json.getValue("drops").jsonArray.map { drop(it.jsonObject) }
            json.text("owner") to Position(json.text("topic_id"), offsets(json, "offsets"), drops)
        } catch (_: SerializationException) {
            null
        } catch (_: IllegalArgumentException) {
            null
        } catch (_: NoSuchElementException) {
            null
        }

        private fun drop(json: JsonObject) = DropSeen(
            day = requireNotNull(Day.parse(json.text("day"))) { "is no day" },
            id = json.text("id"),
            at = json.getValue("at").jsonPrimitive.long,
            passed = offsets(json, "passed"),
        )

        private fun offsets(offsets: Map<Int, Long>) = buildJsonObject {
            offsets.toSortedMap().forEach { (partition, offset) -> put("$partition", offset) }
        }

        private fun offsets(json: JsonObject, key: String): Map<Int, Long> =
            json.getValue(key).jsonObject.entries.associate { (partition, offset) -> partition.toInt() to offset.jsonPrimitive.long }

        private fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content
    }
}
