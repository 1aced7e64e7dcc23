package twitchactors.browser

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.MethodOrderer
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestMethodOrder
import org.junit.jupiter.api.extension.ExtendWith

/** While data flow, numbers on open pages change by themselves. It goes first: two simulated days do not last long. */
@ExtendWith(Stage::class)
@TestMethodOrder(MethodOrderer.OrderAnnotation::class)
@Order(1)
internal class LiveIT(private val demo: StartedDemo, private val chromium: Chromium) {
    private fun Look.staysThePage(watch: () -> Unit) {
        page.evaluate("() => { window.neverReloaded = true }")
        watch()
        assertEquals(true, page.evaluate("() => window.neverReloaded === true"))
        assertNoTrouble()
    }

    /** Waits until there are [texts], and until they differ from what they were, twice. */
    private fun assertChanges(what: String, texts: () -> List<String>) {
        var last = emptyList<String>()
        repeat(3) {
            eventually("$what changes") { texts().let { now -> if (now == last) "still $now" else null.also { last = now } } }
        }
    }

    @Test
    @Order(1)
    fun `the live page and the state of the database count on without being reloaded`() {
        val session = demo.session(demo.visitor)
        chromium.open(demo.url, session).use { live ->
            chromium.open(demo.url, session).use { overview ->
                live.go("/live")
                overview.go("/")
                live.staysThePage {
                    assertChanges("the number of sightings") { live.texts("#panel .card .sub").filter { "in all" in it } }
                }
                overview.staysThePage {
                    assertChanges("viewers today") { overview.texts("#panel-database-state .figures > div:has(dt:text('today')) .number") }
                }
            }
        }
    }

    @Test
    @Order(2)
    fun `a live page that is paused stays as it is, and goes on`() = chromium.open(demo.url, demo.session(demo.visitor)).use { look ->
        look.go("/live")
        look.page.click("#pause")
        assertEquals("true", look.page.getAttribute("#pause", "aria-pressed"))
        look.page.waitForRequest({ "/live/panel" in it.url() }, { look.page.click("#pause") })
        assertEquals("false", look.page.getAttribute("#pause", "aria-pressed"))
        look.assertNoTrouble()
    }

    @Test
    @Order(3)
    fun `pages of a demo that has just begun have something to show, or say why they have not`() =
        chromium.open(demo.url, demo.session(demo.admin)).use { look ->
            for (path in SitePages.navigation(demo.caller, demo.session(demo.admin))) {
                look.go(path)
                val mute = ShownPanel.all(look).filter { it.empty != null && it.empty.length < 10 }
                assertEquals(emptyList<String>(), mute.map { it.id }, path)
            }
            look.assertNoTrouble()
        }
}
