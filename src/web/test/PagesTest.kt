package twitchactors.web

import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.time.Instant

class PagesTest {
    private val full = MadeUpLive().now()

    @Test
    fun `before the first number, and with nothing at all, the page says so`() {
        assertTrue("Starting." in Pages.panel(null))
        val nothing = full.copy(
            simulated = false,
            days = emptyList(),
            partitions = emptyList(),
            services = emptyMap(),
            top = null,
            lagSamples = null,
            lagSightings = null,
            residentBytes = null,
        )
        val page = panel(nothing)
        for (text in listOf("No day yet", "No partition is awake yet", "No day is sealed yet", "None was checked yet")) {
            assertTrue(text in page, text)
        }
        assertFalse("SIMULATED" in page)
    }

    @Test
    fun `what comes from outside is escaped`() {
        val page = panel(full.copy(services = mapOf("<b>kafka</b>" to ServiceHealth(false, "<script>alert(1)</script>"))))
        assertFalse("<script>" in page || "<b>kafka" in page)
        assertTrue("&lt;script&gt;" in page)
    }

    @Test
    fun `what was left out is told, and when a day was closed and sealed`() {
        val page = panel(full)
        for (text in listOf("Broken polls", "1,204", "closed 2 Aug 00:15, sealed 2 Aug 00:16")) assertTrue(text in page, text)
        assertFalse("Broken polls" in panel(full.copy(leftOut = null)))
    }

    @Test
    fun `names of streamers lead to their pages, about the day that is shown, where there are any`() {
        val top = checkNotNull(full.top)
        assertFalse("<a id=\"top-" in panel(full))
        val pages = object : SitePages by SitePages.None {
            override fun streamer(streamer: Login, day: Day) = "/about/$streamer?$day&more"
        }
        val name = top.streamers.first().streamer.name
        assertTrue("<a id=\"top-$name\" href=\"/about/$name?${top.day}&amp;more\">$name</a>" in panel(full, pages))
    }

    private fun panel(view: LiveView, pages: SitePages = SitePages.None) =
        Pages.panel(LivePage(LiveMoment(view, Instant.EPOCH, null, null, emptyList(), stale = false), Role.ADMIN, pages))
}
