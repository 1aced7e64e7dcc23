package twitchactors.sources

import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Walks the pages of one of Helix's lists. Known of them: entries come twice, cursors lead back to where they were, and pages are
 * at times shorter than asked for though there is more.
 *
 * @param most entries that are wanted
 * @param key by which two entries are the same
 * @param page asks for the one behind a cursor; null: the first
 */
internal class Listing<T>(private val most: Int, private val key: (T) -> Any, private val page: (String?) -> CompletionStage<Page<T>>) {
    /**
     * @param isShort whether it has fewer entries than were asked for
     * @param cursor to the next one; null at the end
     */
    class Page<T>(val entries: List<T>, val isShort: Boolean, val cursor: String?)

    /** @param isCut whether there may be more than these */
    class Walked<T>(val entries: List<T>, val isCut: Boolean)

    private val found = LinkedHashMap<Any, T>()

    fun walk(): CompletionStage<Walked<T>> = from(null, 0)

    private fun from(cursor: String?, barren: Int): CompletionStage<Walked<T>> = page(cursor).thenCompose { got ->
        if (got.isShort && got.cursor != null) {
            // Something is missing on it, or Twitch filtered it: asked once more, it often has the rest.
            val before = found.size
            take(got)
            page(cursor).thenCompose { again -> onwards(again, before, barren) }
        } else {
            onwards(got, found.size, barren)
        }
    }

    /** @param before how many had been found before this page, on which [barren] pages in a row had brought nothing */
    private fun onwards(got: Page<T>, before: Int, barren: Int): CompletionStage<Walked<T>> {
        take(got)
        val now = if (found.size == before) barren + 1 else 0
        return when {
            found.size >= most -> ended(isCut = found.size > most || got.cursor != null)
            got.cursor == null -> ended(isCut = false)
            now == MOST_BARREN -> ended(isCut = true)
            else -> from(got.cursor, now)
        }
    }

    private fun take(got: Page<T>) = got.entries.forEach { found.putIfAbsent(key(it), it) }

    private fun ended(isCut: Boolean): CompletionStage<Walked<T>> =
        CompletableFuture.completedFuture(Walked(found.values.take(most), isCut))

    companion object {
        /** Entries of a page that Twitch gives at most, and that are asked for always: a page costs one point. */
        const val PAGE = 100

        /** So many pages in a row that bring nothing new are a circle. */
        const val MOST_BARREN = 3
    }
}
