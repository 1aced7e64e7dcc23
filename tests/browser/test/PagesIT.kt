package twitchactors.browser

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.extension.ExtendWith

/** Every page of the running site, as it looks: drawn, whole on a phone, light and dark, open to those who cannot see it, small. */
@ExtendWith(Stage::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(4)
internal class PagesIT(private val demo: StartedDemo, private val chromium: Chromium) {
    private val caller = demo.caller

    /** A window of each size, which stays open: on a phone charts grow, on a desktop nothing moves. */
    private val looks by lazy {
        Screen.entries.associateWith { chromium.open(demo.url, demo.session(demo.admin), screen = it, isStill = it == Screen.DESKTOP) }
    }

    @AfterAll
    fun close() = looks.values.forEach { it.close() }

    private val pages by lazy { SitePages.all(caller, demo.session(demo.admin)) }

    private fun forEachPage(test: (Session, String) -> Unit): List<DynamicTest> {
        demo.settle()
        val session = demo.session(demo.admin)
        return pages.map { path -> DynamicTest.dynamicTest(path) { test(session, path) } }
    }

    @TestFactory
    fun `at both widths, in both themes, charts are drawn, nothing sticks out, goes wrong or is serious to axe-core`(): List<DynamicTest> =
        forEachPage { _, path ->
            val wrong = looks.flatMap { (screen, look) -> faults(look, path).map { "$screen: $it" } }
            assertEquals("", wrong.joinToString("\n"))
        }

    private fun faults(look: Look, path: String): List<String> {
        look.wish(Theme.LIGHT)
        look.go(path)
        assertHasItsPlace(look)
        val light = Charts.undrawn(look) + sticksOut(look) + Axe.serious(look)
        look.wish(Theme.DARK)
        val dark = Charts.undrawn(look) + Axe.seriousInItsColours(look)
        return light + dark.map { "in the dark, $it" } + look.troubles()
    }

    private fun sticksOut(look: Look) = listOfNotNull(look.overflow.takeIf { it > 0 }?.let { "$it pixels beyond the side" })

    /** A page has its title, its one heading, its place in the navigation or a way back there, and says that all is simulated. */
    private fun assertHasItsPlace(look: Look) {
        val heading = look.texts("h1").single()
        assertEquals("$heading · TwitchActors", look.page.title())
        assertEquals(1, look.texts("nav [aria-current=page]").ifEmpty { look.texts(".title .back") }.size)
        assertTrue("SIMULATED" in look.texts("main .simulated").single())
        assertTrue("never commercially" in look.texts("footer").single())
    }

    @Test
    fun `there are charts, and pages of single viewers among those that are looked at`() =
        chromium.open(demo.url, demo.session(demo.visitor)).use { look ->
            demo.settle()
            look.go("/")
            assertEquals(emptyList<String>(), Charts.undrawn(look))
            assertTrue(look.page.locator(".chart").count() >= 5)
            val viewer = pages.single { it.startsWith("/viewers/") }
            look.go(viewer)
            assertTrue(look.page.locator(".chart").count() >= 2, viewer)
        }

    @Test
    fun `axe-core finds nothing serious at the door`() {
        for (theme in Theme.entries) {
            chromium.open(demo.url, theme = theme).use { look -> assertEquals(emptyList<String>(), Axe.serious(look.go("/login"))) }
        }
    }

    @TestFactory
    fun `a page is 450 kB at most on its way`(): List<DynamicTest> = forEachPage { session, path ->
        val page = caller.get(path, session, Caller.PAGE + PACKED)
        val files = Addresses.of(caller.get(path, session, Caller.PAGE).text).filter { it.startsWith("/assets/") }
        val code = files.filter { it.substringAfterLast('.') in CODE }
        val bytes = page.body.size + code.sumOf { caller.get(it, session, PACKED).body.size }
        assertTrue(bytes <= 450_000, "$bytes bytes")
    }

    @Test
    fun `light and dark follow the browser until somebody chooses, and stay chosen`() {
        val session = demo.session(demo.visitor)
        val grounds = Theme.entries.associateWith { theme -> chromium.open(demo.url, session, theme).use { it.go("/").ground() } }
        assertNotEquals(grounds[Theme.LIGHT], grounds[Theme.DARK])
        chromium.open(demo.url, session, Theme.LIGHT).use { look ->
            look.go("/")
            look.page.click("#theme")
            assertEquals(grounds[Theme.DARK], look.ground())
            assertEquals(grounds[Theme.DARK], look.go("/categories").ground())
            look.page.click("#theme")
            assertEquals(grounds[Theme.LIGHT], look.ground())
            look.assertNoTrouble()
        }
    }

    private fun Look.ground() = page.evaluate("() => getComputedStyle(document.body).backgroundColor") as String

    private companion object {
        val PACKED = mapOf("Accept-Encoding" to "gzip")
        val CODE = setOf("js", "css")
    }
}
