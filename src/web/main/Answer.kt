package twitchactors.web

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/**
 * A response, free of the HTTP library. A later header of the same name replaces an earlier one, except Set-Cookie.
 *
 * @param zipped [body] by gzip, when that was done before; null: it is done for each answer that is worth it
 */
class Answer(
    val status: Int,
    val type: String,
    val body: ByteArray,
    val headers: List<Pair<String, String>> = emptyList(),
    internal val zipped: ByteArray? = null,
) {
    /** The same with one more header. */
    fun with(name: String, value: String): Answer = Answer(status, type, body, headers + (name to value), zipped)

    companion object {
        const val HTML = "text/html; charset=UTF-8"

        /** Server-sent events: the answer is the first one, and the same request is asked again for each further one. */
        const val EVENTS = "text/event-stream"
        private const val JSON = "application/json"

        /** A page. */
        fun html(text: String, status: Int = 200) = Answer(status, HTML, text.toByteArray())

        /** A JSON document. */
        fun json(value: JsonObject, status: Int = 200) = Answer(status, JSON, value.toString().toByteArray())

        /** Leads a browser to [path]. */
        fun seeOther(path: String) = Answer(303, HTML, ByteArray(0), listOf("Location" to path))

        /** [message] says what is wrong and what to do, and nothing that the one who asks may not know. */
        fun error(asked: Asked, status: Int, error: String, message: String): Answer = if (asked.api || asked.path.startsWith("/health/")) {
            json(
                buildJsonObject {
                    put("error", error)
                    put("message", message)
                    put("request_id", asked.id)
                },
                status,
            )
        } else {
            html(Pages.error(status, message, asked.id), status)
        }
    }
}
