package twitchactors.dashboard

import java.net.URLDecoder
import java.net.URLEncoder
import java.time.LocalDate

/**
 * What somebody asks a panel.
 *
 * @param choices the values of what can be chosen, by name; those that were not chosen have their default
 * @param subject what the page is about, where there are many of its kind: a category, a streamer; null on others
 * @param isAdmin whether the one who asks is an admin
 */
class Question(
    val reads: Reads,
    val period: Period,
    private val choices: Map<String, String> = emptyMap(),
    val subject: String? = null,
    val isAdmin: Boolean = false,
) {
    fun choice(choice: Choice): String = choices[choice.name] ?: choice.default

    /** The same question about the period before. */
    fun before(): Question = Question(reads, period.previous, choices, subject, isAdmin)

    /** The address of [path], with this question's period and [more]. */
    fun link(path: String, vararg more: Pair<String, String>): String = address(path, period.query() + more)

    /** The address of [path] that shows [days], which may be out of this question's period. */
    fun linkToDays(path: String, days: ClosedRange<LocalDate>): String {
        val fields = mapOf("period" to Period.Preset.CUSTOM.word, "from" to "${days.start}", "to" to "${days.endInclusive}")
        return address(path, fields + period.query().filterKeys { it == "tz" })
    }

    companion object {
        /** [path] may have any characters, [fields] too. */
        fun address(path: String, fields: Map<String, String>): String {
            val query = fields.entries.joinToString("&") { (name, value) -> code(name) + "=" + code(value) }
            return if (query.isEmpty()) path else "$path?$query"
        }

        /** A piece of a path: what is in it stays one piece. */
        fun piece(text: String): String = code(text)

        /** What [piece] was made of; null when [coded] is no piece of a path. */
        fun ofPiece(coded: String): String? = try {
            URLDecoder.decode(coded.replace("+", "%2B"), Charsets.UTF_8).ifEmpty { null }
        } catch (_: IllegalArgumentException) {
            null
        }

        private fun code(text: String) = URLEncoder.encode(text, Charsets.UTF_8).replace("+", "%20")
    }
}
