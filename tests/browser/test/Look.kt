package twitchactors.browser

import com.microsoft.playwright.BrowserContext
import com.microsoft.playwright.Page
import org.junit.jupiter.api.Assertions.assertEquals

/** A window on the site, which remembers what went wrong in it. */
internal class Look(private val context: BrowserContext, private val site: String) : AutoCloseable {
    val page: Page = context.newPage()
    private val found = ArrayList<String>()

    /** What went wrong since it was asked last: errors of scripts, requests that failed, other hosts that were asked. */
    fun troubles(): List<String> = found.toList().also { found.clear() }

    init {
        page.onConsoleMessage { if (it.type() == "error" || it.type() == "warning") trouble("the console says ${it.type()}: ${it.text()}") }
        page.onPageError { trouble("a script failed: $it") }
        // Whoever leaves a page ends what is still on its way to it.
        page.onRequestFailed { if ("ERR_ABORTED" !in it.failure()) trouble("${it.url()} failed: ${it.failure()}") }
        page.onResponse { if (it.status() >= 400) trouble("${it.url()} answered ${it.status()}") }
        page.onRequest { if (!isHere(it.url())) trouble("another host was asked: ${it.url()}") }
    }

    private fun isHere(url: String) = url.startsWith("$site/") || url.startsWith("data:") || url.startsWith("blob:")

    private fun trouble(what: String) {
        found += "${page.url()}: $what"
    }

    /** Goes to [path] and waits until all that belongs to the page is there. */
    fun go(path: String): Look {
        page.navigate(site + path)
        return this
    }

    /** What the address bar shows, without the host. */
    val address: String get() = page.url().removePrefix(site)

    fun assertNoTrouble() = assertEquals(emptyList<String>(), troubles())

    /** From now on the browser wishes for [theme]; returns when the page has followed. */
    fun wish(theme: Theme) {
        page.emulateMedia(Page.EmulateMediaOptions().setColorScheme(theme.scheme))
        page.waitForFunction(FOLLOWED, if (theme == Theme.DARK) "Light" else "Dark")
    }

    /** The words of everything that [selector] finds, a space for each stretch of white. */
    fun texts(selector: String): List<String> = page.locator(selector).allTextContents().map { it.trim().replace(WHITE, " ") }

    /** Whether the page can be moved to the side. */
    val overflow: Int get() = (page.evaluate(OVERFLOW) as Number).toInt()

    override fun close() = context.close()

    private companion object {
        val WHITE = Regex("\\s+")

        /** The button says what it would change to, and says so in the same breath in which charts are painted anew. */
        const val FOLLOWED = "other => (document.getElementById('theme') || { textContent: other }).textContent === other"
        const val OVERFLOW = "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth"
    }
}
