package twitchactors.pbm

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** A part of the reply to a command; a reply is a line of JSON for each, and empty lines that only say that it goes on. */
sealed interface ReplyPart {
    /** A line of the result, for stdout. */
    data class Line(val text: String) : ReplyPart

    /** What there is to say besides, for stderr. */
    data class News(val text: String) : ReplyPart

    /** The last part. */
    data class End(val outcome: Outcome) : ReplyPart

    fun json(): String = when (this) {
        is Line -> JsonObject(mapOf(LINE to JsonPrimitive(text)))
        is News -> JsonObject(mapOf(NEWS to JsonPrimitive(text)))
        is End -> JsonObject(mapOf(END to JsonPrimitive(outcome.code)))
    }.toString()

    companion object {
        private const val LINE = "line"
        private const val NEWS = "news"
        private const val END = "exit"

        /** Null for a line that only says that the reply goes on. */
        fun read(line: String): ReplyPart? {
            if (line.isBlank()) return null
            val part = Json.parseToJsonElement(line).jsonObject
            return part[LINE]?.let { Line(it.jsonPrimitive.content) }
                ?: part[NEWS]?.let { News(it.jsonPrimitive.content) }
                ?: part[END]?.let { End(Outcome.of(it.jsonPrimitive.int)) }
        }
    }
}
