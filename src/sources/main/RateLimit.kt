package twitchactors.sources

import java.net.http.HttpHeaders
import java.time.DateTimeException
import java.time.ZonedDateTime
import java.time.format.DateTimeFormatter

/**
 * What the headers of a reply say of the budget that it was taken from. Both times are of Twitch's clock.
 *
 * @param limit points that the budget holds at most, which is also how many it gets in a minute
 * @param remaining points that are left
 * @param resetsAt epoch second at which it is full again
 * @param at epoch second of the reply
 */
internal data class RateLimit(val limit: Int, val remaining: Int, val resetsAt: Long, val at: Long) {
    companion object {
        /** Null when they say nothing, or nothing that makes sense. */
        fun of(headers: HttpHeaders): RateLimit? {
            val limit = number(headers, "Ratelimit-Limit")?.takeIf { it in 1..MOST } ?: return null
            val remaining = number(headers, "Ratelimit-Remaining")?.takeIf { it in 0..MOST } ?: return null
            val reset = number(headers, "Ratelimit-Reset") ?: return null
            val at = headers.firstValue("Date").map(::date).orElse(null) ?: return null
            return RateLimit(limit.toInt(), remaining.toInt(), reset, at)
        }

        private fun number(headers: HttpHeaders, name: String): Long? = headers.firstValue(name).orElse(null)?.trim()?.toLongOrNull()

        private fun date(text: String): Long? = try {
            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond()
        } catch (_: DateTimeException) {
            null
        }

        private const val MOST = 100_000_000L
    }
}
