package twitchactors.sources

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/** Members of Twitch's small replies. What is not there, or `null`, is null; what is of another kind, too. */
internal object JsonReply {
    /** @throws NoAnswerYet when it is no JSON object: Twitch is known to answer with pages of its proxies at times */
    fun of(reply: HttpReply): JsonObject = parsed(reply) ?: throw NoAnswerYet("Twitch's answer cannot be read")

    /** Twitch's own words for an error; empty when there are none. */
    fun message(reply: HttpReply): String = parsed(reply)?.text("message").orEmpty().take(LONGEST_MESSAGE)

    fun JsonObject.text(member: String): String? = (get(member) as? JsonPrimitive)?.contentOrNull

    fun JsonObject.number(member: String): Long? = text(member)?.toLongOrNull()

    fun JsonObject.list(member: String): JsonArray? = get(member) as? JsonArray

    fun JsonObject.texts(member: String): List<String> =
        list(member).orEmpty().mapNotNull { (it as? JsonPrimitive)?.takeIf { text -> text !is JsonNull }?.contentOrNull }

    fun JsonObject.child(member: String): JsonObject? = get(member) as? JsonObject

    private fun parsed(reply: HttpReply): JsonObject? = try {
        Json.parseToJsonElement(reply.text()) as? JsonObject
    } catch (_: SerializationException) {
        null
    }

    private const val LONGEST_MESSAGE = 200
}
