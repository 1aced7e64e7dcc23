package twitchactors.browser

import com.microsoft.playwright.Page
import com.microsoft.playwright.TimeoutError
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.pipeline.Program
import java.nio.file.Files
import java.nio.file.Path
import java.util.Base64

/** Pictures of the pages of a site that runs: no test, tests/browser/pictures takes them. */
@ExtendWith(Stage::class)
internal class Pictures(private val chromium: Chromium) {
    private val site = OutsideSite

    @Test
    fun take() = if (System.getenv("TWITCHACTORS_TEST_PICTURES") == "readme") ofReadme() else ofAllPages()

    private fun ofAllPages() {
        val folder = Files.createDirectories(Program.root.resolve("target/pictures"))
        for (screen in Screen.entries) {
            chromium.open(site.caller.site, site.session, screen = screen, isStill = true).use { look ->
                for (path in site.pages) {
                    look.wish(Theme.LIGHT)
                    look.go(path)
                    for (theme in Theme.entries) {
                        look.wish(theme)
                        fill(look)
                        val name = path.trim('/').replace(Regex("[^A-Za-z0-9]+"), "-").ifEmpty { "overview" }
                        keep(look.page, folder.resolve("$name-$screen-$theme.webp".lowercase()), isWhole = true)
                    }
                }
            }
        }
    }

    /** Waits for all that comes after the page: charts, and pictures of categories, of which the node may have to fetch some. */
    private fun fill(look: Look) {
        Charts.undrawn(look)
        look.page.evaluate(SCROLL)
        try {
            look.page.waitForFunction(PICTURED, null, Page.WaitForFunctionOptions().setTimeout(PICTURES_MS))
        } catch (_: TimeoutError) {
            println("${look.address} has categories without a picture")
        }
        look.page.evaluate("() => window.scrollTo(0, 0)")
    }

    private fun ofReadme() {
        val folder = Files.createDirectories(Program.root.resolve("docs/pictures"))
        for (shot in SHOTS) {
            chromium.open(site.caller.site, site.session, shot.theme, shot.screen, scale = 1.5, isStill = true).use { look ->
                look.go(shot.path(site.pages))
                fill(look)
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

        /** More than the three times that the page asks again. */
        const val PICTURES_MS = 20_000.0

        /** To the end, so that what waits to be looked at comes. */
        const val SCROLL = """async () => {
            for (let y = 0; y < document.documentElement.scrollHeight; y += window.innerHeight) {
                window.scrollTo(0, y)
                await new Promise(requestAnimationFrame)
            }
        }"""
        const val PICTURED = "() => [...document.querySelectorAll('.tile img')].every(image => image.naturalWidth > 52)"

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
