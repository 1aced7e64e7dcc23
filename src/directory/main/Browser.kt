package twitchactors.directory

import com.microsoft.playwright.BrowserType
import com.microsoft.playwright.Page
import com.microsoft.playwright.Playwright
import com.microsoft.playwright.PlaywrightException
import com.microsoft.playwright.options.ServiceWorkerPolicy
import twitchactors.sources.DirectoryQuestion
import java.io.IOException
import java.nio.file.Path

/** A Chromium without a window, of which one page is looked at, at a time. */
internal class Browser private constructor(private val browser: com.microsoft.playwright.Browser, private val patienceMillis: Double) {
    val version: String get() = "Chromium ${browser.version()}"

    /** False when it crashed. */
    val isAlive: Boolean get() = browser.isConnected

    /** A new page without memory of earlier ones; English, so that numbers are written in one way. */
    fun <T> use(read: (Page) -> T): T {
        val options = com.microsoft.playwright.Browser.NewContextOptions()
            .setLocale("en-US")
            .setViewportSize(WIDTH, HEIGHT)
            .setServiceWorkers(ServiceWorkerPolicy.BLOCK)
            .setAcceptDownloads(false)
        return browser.newContext(options).use { context ->
            context.setDefaultTimeout(patienceMillis)
            context.setDefaultNavigationTimeout(patienceMillis)
            context.newPage().use(read)
        }
    }

    companion object {
        private const val WIDTH = 1280

        /** Tall, so that one look shows many cards. */
        private const val HEIGHT = 1600

        /** No pictures, one process for all pages, bounds on what the pages' own programs may take. */
        private val FLAGS = listOf(
            "--disable-gpu",
            "--disable-quic",
            "--disable-sync",
            "--mute-audio",
            "--blink-settings=imagesEnabled=false",
            "--renderer-process-limit=1",
            "--js-flags=--max-old-space-size=512",
        )

        /** @throws PlaywrightException when it does not start */
        fun start(open: DirectoryQuestion.Open): Browser {
            val installed = open.browser.ifEmpty { null }?.let { Path.of(it) }
            if (installed == null) download()
            val playwright = Playwright.create(Playwright.CreateOptions().setEnv(mapOf("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD" to "1")))
            val options = BrowserType.LaunchOptions()
                .setHeadless(true)
                .setArgs(FLAGS)
                .setChromiumSandbox(open.sandbox && System.getProperty("user.name") != "root")
                .setExecutablePath(installed)
            return Browser(playwright.chromium().launch(options), open.firstCards.toMillis().toDouble())
        }

        /**
         * Playwright's own Chromium, only the part that works without a window, where it is not there yet. Left to itself, Playwright
         * would download three browsers.
         */
        private fun download() {
            val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
            val command = listOf(java, "-cp", System.getProperty("java.class.path"), "com.microsoft.playwright.CLI")
            val ended = try {
                ProcessBuilder(command + listOf("install", "--only-shell", "chromium"))
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start().waitFor()
            } catch (failure: IOException) {
                throw PlaywrightException("its download did not start: ${failure.message}", failure)
            }
            if (ended != 0) {
                throw PlaywrightException(
                    "Playwright could not download one: install Chromium or set TWITCHACTORS_DIRECTORY_BROWSER",
                )
            }
        }
    }
}
