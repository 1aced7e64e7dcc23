package twitchactors.browser

import java.time.Instant

/** A row of a sweep of streams. */
internal class SweptStream(val at: Instant, val category: String, val channel: String, val viewers: Long, tags: String) {
    val tags: List<String> = tags.split(", ").filter { it.isNotEmpty() }
}
