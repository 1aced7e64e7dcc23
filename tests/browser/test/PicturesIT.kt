package twitchactors.browser

import com.microsoft.playwright.Page
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.pipeline.Program
import java.nio.file.Files
import java.nio.file.Path
import java.util.Base64

/** Pictures of the pages of a site that runs; tests/browser/pictures takes them. */
@ExtendWith(Stage::class)
@EnabledIfEnvironmentVariable(named = "TWITCHACTORS_TEST_PICTURES", matches = "all|readme")
internal class PicturesIT(private val chromium: Chromium) {
    private val caller = Caller(System.getenv("TWITCHACTORS_TEST_SITE").orEmpty())

    private val session by lazy {
        caller.logIn(Account("?", System.getenv("TWITCHACTORS_TEST_LOGIN"), System.getenv("TWITCHACTORS_TEST_PASSWORD")))
    }

    @Test
    fun take() = if (System.getenv("TWITCHACTORS_TEST_PICTURES") == "readme") ofReadme() else ofAllPages()

    private fun ofAllPages() {
        val folder = Files.createDirectories(Program.root.resolve("target/pictures"))
        for (path in SitePages.all(caller, session)) {
            for (theme in Theme.entries) {
                for (screen in Screen.entries) {
                    chromium.open(caller.site, session, theme, screen).use { look ->
                        look.go(path)
                        Charts.undrawn(look)
                        look.page.evaluate("() => window.scrollTo(0, 0)")
                        val name = path.trim('/').replace(Regex("[^A-Za-z0-9]+"), "-").ifEmpty { "overview" }
                        keep(look.page, folder.resolve("$name-$theme-$screen.webp".lowercase()), isWhole = true)
                    }
                }
            }
        }
    }

    private fun ofReadme() {
        val folder = Files.createDirectories(Program.root.resolve("docs/pictures"))
        for (shot in SHOTS) {
            chromium.open(caller.site, session, shot.theme, shot.screen, scale = 1.5).use { look ->
                val path = shot.path(SitePages.all(caller, session))
                // The node fetches pictures of categories when they are asked for first; the second time they are there.
                repeat(2) { look.go(path) }
                Charts.undrawn(look)
                look.page.evaluate("() => window.scrollTo(0, 0)")
                keep(look.page, folder.resolve("${shot.name}.webp"), isWhole = false)
            }
        }
    }

    /** Chromium itself makes a small file of what it shows. */
    private fun keep(page: Page, file: Path, isWhole: Boolean) {
        val png = Base64.getEncoder().encodeToString(page.screenshot(Page.ScreenshotOptions().setFullPage(isWhole)))
        val webp = page.context().newPage().use { it.evaluate(WEBP, png) as String }
        Files.write(file, Base64.getDecoder().decode(webp))
    }

    private class Shot(val name: String, val theme: Theme, val screen: Screen, val path: (List<String>) -> String)

    private companion object {
        val SHOTS = listOf(
            Shot("overview", Theme.LIGHT, Screen.DESKTOP) { "/" },
            Shot("streamer", Theme.DARK, Screen.DESKTOP) { paths -> paths.first { it.startsWith("/streamers/") } },
            Shot("phone", Theme.DARK, Screen.PHONE) { "/categories" },
        )

        const val WEBP = """async png => {
            const image = new Image()
            image.src = 'data:image/png;base64,' + png
            await image.decode()
            const canvas = document.createElement('canvas')
            canvas.width = image.width
            canvas.height = image.height
            canvas.getContext('2d').drawImage(image, 0, 0)
            return canvas.toDataURL('image/webp', 0.86).split(',')[1]
        }"""
    }
}
