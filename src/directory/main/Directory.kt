package twitchactors.directory

import com.microsoft.playwright.Page
import com.microsoft.playwright.PlaywrightException
import com.microsoft.playwright.options.WaitUntilState
import twitchactors.sources.DirectoryAnswer
import twitchactors.sources.DirectoryQuestion

/** Twitch's directory, read in [browser]. */
internal class Directory(private val browser: Browser, private val open: DirectoryQuestion.Open) {
    private val categories = Listing("categories", Cards::category) { it.slug }
    private val streams = Listing("streams", Cards::stream) { it.login }

    fun categories(count: Int): DirectoryAnswer = read("/directory", categories, count) { DirectoryAnswer.Categories(it.cards, it.isCut) }

    fun streams(slug: String, count: Int): DirectoryAnswer =
        read("/directory/category/$slug", streams, count) { DirectoryAnswer.Streams(it.cards, it.isCut) }

    private fun <Card : Any> read(
        path: String,
        listing: Listing<Card>,
        count: Int,
        answer: (Listing.Read<Card>) -> DirectoryAnswer,
    ): DirectoryAnswer {
        val deadline = System.nanoTime() + open.limit.toNanos()
        return browser.use { page ->
            val reply = try {
                page.navigate(open.url + path, Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED))
            } catch (failure: PlaywrightException) {
                return@use DirectoryAnswer.Nothing("the directory page cannot be reached: ${firstLine(failure)}")
            }
            if (!reply.ok()) return@use DirectoryAnswer.Nothing("the directory page answered ${reply.status()}")
            val read = listing.read(page, count, open, deadline)
            if (read.cards.isEmpty()) DirectoryAnswer.Nothing(without(page)) else answer(read)
        }
    }

    /** Why [page] shows no cards. */
    private fun without(page: Page): String = if (page.locator(CONSENT).count() > 0) {
        "the directory page asks for consent and shows no cards"
    } else {
        "the directory page has no cards; its title is '${page.title().take(LONGEST_TITLE)}'"
    }

    companion object {
        private const val LONGEST_TITLE = 60
        private const val CONSENT =
            "[data-a-target^='consent-banner'], [id*='consent' i], [class*='consent' i], form[action*='consent' i], " +
                "iframe[src*='consent' i]"

        /** What Playwright's long messages begin with, without what the browser logged. */
        fun firstLine(failure: PlaywrightException): String =
            failure.message.orEmpty().lineSequence().map { it.trim() }.firstOrNull { it.isNotEmpty() && it != "Error {" }.orEmpty()
                .removePrefix("message='").removePrefix("Error: ").take(LONGEST_LINE)

        private const val LONGEST_LINE = 160
    }
}
