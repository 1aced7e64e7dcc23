package twitchactors.browser

import com.microsoft.playwright.Browser
import com.microsoft.playwright.BrowserType
import com.microsoft.playwright.Playwright
import com.microsoft.playwright.options.Cookie
import com.microsoft.playwright.options.ReducedMotion
import java.nio.file.Path

/** The installed Chromium, without a window. */
internal class Chromium(program: Path) : AutoCloseable {
    private val playwright = Playwright.create(Playwright.CreateOptions().setEnv(mapOf("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD" to "1")))
    private val browser: Browser = playwright.chromium().launch(
        BrowserType.LaunchOptions().setHeadless(true).setExecutablePath(program).setArgs(FLAGS)
            .setChromiumSandbox(System.getProperty("user.name") != "root"),
    )

    /**
     * A window of its own, which knows nothing of others.
     *
     * @param session who looks; null: nobody
     * @param scale device pixels of a CSS pixel
     * @param isStill whether who looks wishes that nothing moves; then charts do not grow
     */
    fun open(
        site: String,
        session: Session? = null,
        theme: Theme = Theme.LIGHT,
        screen: Screen = Screen.DESKTOP,
        scale: Double = 1.0,
        isStill: Boolean = false,
    ): Look {
        val options = Browser.NewContextOptions().setBaseURL(site).setLocale("en-US").setTimezoneId("UTC").setColorScheme(theme.scheme)
            .setViewportSize(screen.width, screen.height).setDeviceScaleFactor(scale)
            .setIsMobile(screen == Screen.PHONE).setHasTouch(screen == Screen.PHONE)
            .setReducedMotion(if (isStill) ReducedMotion.REDUCE else ReducedMotion.NO_PREFERENCE)
        val context = browser.newContext(options)
        context.setDefaultTimeout(PATIENCE_MS)
        session?.let { context.addCookies(listOf(Cookie(Session.NAME, it.cookie).setUrl(site).setHttpOnly(true))) }
        return Look(context, site)
    }

    override fun close() = playwright.close()

    private companion object {
        const val PATIENCE_MS = 60_000.0
        val FLAGS = listOf("--disable-gpu", "--disable-quic", "--disable-sync", "--mute-audio", "--hide-scrollbars")
    }
}
