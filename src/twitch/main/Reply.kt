package twitchactors.twitch

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.apache.pekko.util.ByteString
import twitchactors.domain.ByteSink

/**
 * A response, free of the HTTP library.
 *
 * @param served what is logged once the last byte is out
 * @param names logins of chatters in it
 * @param delivery how the body gets to the client
 */
internal class Reply(
    val status: Int,
    val type: String,
    val body: ByteString,
    val headers: List<Pair<String, String>> = emptyList(),
    val served: ServedLog.Line? = null,
    val names: Int = 0,
    val delivery: Delivery = Delivery.Whole,
) {
    sealed interface Delivery {
        data object Whole : Delivery

        data class Slow(val seconds: Double) : Delivery

        /** The connection ends in the middle. */
        data object Cut : Delivery
    }

    fun with(headers: List<Pair<String, String>>) = Reply(status, type, body, this.headers + headers, served, names, delivery)

    fun delivered(delivery: Delivery) = Reply(status, type, body, headers, served, names, delivery)

    /** The same with another body, which is then not what was to be served. */
    fun garbled(body: ByteString) = Reply(status, type, body, headers)

    companion object {
        const val JSON = "application/json"
        private const val HTML = "text/html; charset=UTF-8"

        fun json(value: JsonObject, status: Int = 200) = Reply(status, JSON, ByteString.fromArrayUnsafe(value.toString().toByteArray()))

        fun json(body: ByteSink, served: ServedLog.Line? = null, names: Int = 0) =
            Reply(200, JSON, ByteString.fromArrayUnsafe(body.array, 0, body.size), served = served, names = names)

        fun html(text: String, status: Int = 200) = Reply(status, HTML, ByteString.fromArrayUnsafe(text.toByteArray()))

        /** An error of Helix. */
        fun error(status: Int, message: String) = json(
            buildJsonObject {
                put("error", REASONS[status] ?: "Error")
                put("status", status)
                put("message", message)
            },
            status,
        )

        /** An error of id.twitch.tv, which has no `error` member. */
        fun refused(status: Int, message: String) = json(
            buildJsonObject {
                put("status", status)
                put("message", message)
            },
            status,
        )

        private val REASONS = mapOf(
            400 to "Bad Request",
            401 to "Unauthorized",
            403 to "Forbidden",
            404 to "Not Found",
            429 to "Too Many Requests",
            500 to "Internal Server Error",
            502 to "Bad Gateway",
            503 to "Service Unavailable",
        )
    }
}
