package twitchactors.directory

import com.microsoft.playwright.Page
import com.microsoft.playwright.TimeoutError
import twitchactors.sources.DirectoryQuestion

/**
 * Reads a page that shows more cards as one scrolls.
 *
 * @param kind of its cards, as `cards.js` calls it
 * @param whole the card that was read, null when it is none
 * @param about what two cards of the same thing have in common
 */
internal class Listing<Card : Any>(private val kind: String, private val whole: (RawCard) -> Card?, private val about: (Card) -> Any) {
    /** @property isCut whether there may be more cards */
    class Read<Card>(val cards: List<Card>, val isCut: Boolean)

    /**
     * The first [count] cards of [page], in its order, each as it was when it was first whole; fewer when no new ones come for a
     * while or the time is over, none when the page shows none.
     *
     * @param deadline by [System.nanoTime]
     */
    fun read(page: Page, count: Int, open: DirectoryQuestion.Open, deadline: Long): Read<Card> {
        val cards = LinkedHashMap<Any, Card>()
        val seen = LinkedHashSet<String>()
        var patience = open.firstCards.toMillis()
        while (true) {
            val before = cards.size
            for (raw in now(page)) {
                seen += raw.links
                whole(raw)?.let { cards.putIfAbsent(about(it), it) }
            }
            if (cards.size >= count) return Read(cards.values.take(count), isCut = true)
            if (cards.isNotEmpty()) patience = open.quiet.toMillis()
            val left = (deadline - System.nanoTime()) / NANOS_PER_MILLI
            if (left <= 0) return Read(cards.values.toList(), isCut = true)
            val hasMore = comesNew(page, seen, minOf(patience, left))
            if (!hasMore && cards.size == before) return Read(cards.values.toList(), isCut = left < patience)
        }
    }

    private fun now(page: Page): List<RawCard> =
        (page.evaluate(SCRIPT, mapOf("kind" to kind, "scroll" to true)) as List<*>).map { RawCard.of(it as Map<*, *>) }

    private fun comesNew(page: Page, seen: Set<String>, patienceMillis: Long): Boolean = try {
        val options = Page.WaitForFunctionOptions().setTimeout(patienceMillis.toDouble()).setPollingInterval(POLL_MILLIS)
        page.waitForFunction(SCRIPT, mapOf("kind" to kind, "seen" to seen.toList()), options)
        true
    } catch (_: TimeoutError) {
        false
    }

    private companion object {
        const val NANOS_PER_MILLI = 1_000_000

        /** How often the page is asked from inside; it is no work for it. */
        const val POLL_MILLIS = 50.0
        val SCRIPT: String = checkNotNull(Listing::class.java.getResource("/directory/cards.js")).readText()
    }
}
