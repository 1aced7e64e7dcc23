package twitchactors.browser

import com.microsoft.playwright.Download
import com.microsoft.playwright.Locator
import com.microsoft.playwright.Route
import org.apache.commons.csv.CSVFormat
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import java.io.StringReader
import java.nio.file.Files
import java.util.Base64
import java.util.function.Predicate
import javax.imageio.ImageIO

/** What people do on the pages: log in, choose, look closer, take away. */
@ExtendWith(Stage::class)
@Order(4)
internal class UseIT(private val demo: StartedDemo, private val chromium: Chromium) {
    @BeforeEach
    fun settle() = demo.settle()

    private fun asVisitor(use: (Look) -> Unit) = chromium.open(demo.url, demo.session(demo.visitor)).use { look ->
        use(look)
        look.assertNoTrouble()
    }

    @Test
    fun `somebody logs in, is told of a wrong password, looks, and logs out`() = chromium.open(demo.url).use { look ->
        look.go("/categories")
        assertEquals("/login", look.address)
        fun enter(password: String) {
            look.page.fill("#name", demo.visitor.name)
            look.page.fill("#password", password)
            look.page.click("button.primary")
        }
        enter("not the password")
        assertEquals("Name and password do not fit together.", look.texts("[role=alert]").single())
        assertEquals(demo.visitor.name, look.page.inputValue("#name"))
        enter(demo.visitor.password)
        look.page.waitForURL("${demo.url}/")
        assertEquals("Overview", look.texts("h1").single())
        look.page.click("text=Log out")
        look.page.waitForURL("${demo.url}/login")
        look.page.goBack()
        look.go("/")
        assertEquals("/login", look.address)
    }

    @Test
    fun `a period is chosen by one click, is in the address, and the address alone shows the same`() = asVisitor { look ->
        look.go("/")
        val week = numbers(look)
        swap(look) { look.page.click(".picker .segments >> text=24 h") }
        assertEquals("/?period=24h", look.address)
        val day = numbers(look)
        assertNotEquals(week, day)
        assertEquals("24 h", look.texts(".picker [aria-current]").single())
        assertEquals(day, numbers(look.go(look.address)))
        look.go("/").also { swap(look) { look.page.click(".picker .segments >> text=24 h") } }
        look.page.goBack()
        // Going back loads the page anew, and what is asked meanwhile may be asked of the one that goes.
        eventually("the week is back") { if (runCatching { numbers(look) }.getOrNull() == week) null else look.address }
    }

    @Test
    fun `days of one's own choice, the period before, and another zone`() = asVisitor { look ->
        look.go("/")
        look.page.fill("input[name=from]", StartedDemo.DAYS[1])
        look.page.fill("input[name=to]", StartedDemo.DAYS[1])
        swap(look) { look.page.click(".dates button") }
        assertEquals("/?period=custom&from=${StartedDemo.DAYS[1]}&to=${StartedDemo.DAYS[1]}", look.address)
        assertEquals("2 Aug 2022 00:00 – 3 Aug 2022 00:00 (UTC)", look.texts(".picker .span").single())
        assertEquals(0, look.page.locator(".change").count())
        swap(look) { look.page.click("text=Compare with before") }
        assertTrue(look.texts("#panel-overview-numbers .change").all { "on the period before" in it && it.first() in "+−±×" })
        swap(look) { look.page.selectOption("select[name=tz]", "Asia/Tokyo") }
        assertEquals("2 Aug 2022 00:00 – 3 Aug 2022 00:00 (Asia/Tokyo)", look.texts(".picker .span").single())
        assertEquals(mapOf("period" to "custom", "compare" to "1", "tz" to "Asia%2FTokyo"), query(look) - setOf("from", "to"))
    }

    @Test
    fun `categories are searched and sorted, and a card leads to its page`() = asVisitor { look ->
        look.go("/categories")
        val all = look.texts(".tile h3")
        val wanted = all.first().take(4).lowercase()
        look.page.fill("input[name=q]", wanted)
        swap(look) { look.page.click(".search button") }
        assertEquals(wanted, query(look)["q"])
        assertEquals(all.filter { wanted in it.lowercase() }, look.texts(".tile h3"))
        swap(look) { look.page.click(".search a") }
        swap(look) { look.page.click(".choices .segments >> text=Name") }
        assertEquals(all.sortedWith(String.CASE_INSENSITIVE_ORDER), look.texts(".tile h3"))
        look.page.click(".tile h3 a >> nth=0")
        assertEquals(all.sortedWith(String.CASE_INSENSITIVE_ORDER).first(), look.texts("h1").single())
    }

    @Test
    fun `streamers are searched, and of one who is not tracked it is said what can be done`() = asVisitor { look ->
        look.go("/streamers")
        val names = look.texts("#panel-streamers-ranking tbody th")
        val wanted = names.last()
        look.page.fill(".search input[type=search]", wanted)
        swap(look) { look.page.click(".search button") }
        assertEquals(names.filter { wanted in it }, look.texts("#panel-streamers-ranking tbody th"))
        look.page.fill(".search input[type=search]", "nobody_of_that_name")
        swap(look) { look.page.click(".search button") }
        assertTrue("track" in look.texts("#panel-streamers-ranking .empty").single())
    }

    @Test
    fun `a name on the live page leads to the streamer, about the day that is shown`() = asVisitor { look ->
        look.go("/live")
        val link = look.page.locator("#panel th a[id^=top-] >> nth=0")
        val name = link.textContent()
        link.click()
        look.page.waitForURL({ "/streamers/" in it })
        assertEquals(name, look.texts("h1").single())
        assertEquals(mapOf("period" to "custom", "from" to StartedDemo.DAYS[1], "to" to StartedDemo.DAYS[1]), query(look))
    }

    @Test
    fun `a picture that the node did not have yet comes by itself`() = asVisitor { look ->
        val session = demo.session(demo.visitor)
        val plain = demo.caller.get("/pictures/categories/there-is-none", session)
        val first = Addresses.of(demo.caller.get("/categories", session, Caller.PAGE).text).first { it.startsWith("/pictures/") }
        var asked = 0
        look.page.route(Predicate<String> { first in it }) { route ->
            if (asked++ == 0) {
                route.fulfill(Route.FulfillOptions().setContentType("image/svg+xml").setBodyBytes(plain.body))
            } else {
                route.resume()
            }
        }
        look.go("/categories")
        look.page.waitForFunction("() => document.querySelector('.tile img').naturalWidth > 52")
        assertTrue(asked > 1)
    }

    @Test
    fun `a metric is chosen, and every panel shows it`() = asVisitor { look ->
        look.go("/temporal")
        swap(look) { look.page.click(".choices .segments >> text=Unique viewers in chat") }
        assertEquals("chatters", query(look)["metric"])
        val line = ShownPanel.all(look).first { it.id == "temporal-line" }
        val viewers = StartedDemo.DAYS.map { demo.status(it).get("viewers", Number::class.java).toDouble() }
        assertEquals(viewers, line.rows.map { it[1].replace(",", "").toDouble() })
    }

    @Test
    fun `names that would do harm are shown as they are`() = asVisitor { look ->
        val period = "?period=custom&from=${StartedDemo.IMPORTED_DAY}&to=${StartedDemo.IMPORTED_DAY}"
        look.go("/categories$period")
        assertEquals(StartedDemo.ODD_CATEGORIES.toSet(), look.texts(".tile h3").toSet())
        for (category in StartedDemo.ODD_CATEGORIES) {
            look.go("/categories$period")
            look.page.locator(".tile h3 a").filter(Locator.FilterOptions().setHasText(category)).click()
            assertEquals(category, look.texts("h1").single())
            assertEquals(emptyList<String>(), Charts.undrawn(look))
            assertTrue("<b>Fett</b>" in look.texts("main").single())
            assertEquals(0, look.page.locator("main b:text-is('Fett'), main script, main img[onerror]").count())
        }
    }

    @Test
    fun `a table is taken away as CSV and as JSON, a chart as a picture`() = asVisitor { look ->
        look.go("/?period=24h")
        val link = look.page.locator("#panel-top-categories .tools a:text-is('CSV')")
        val csv = look.page.waitForDownload { link.click() }
        assertEquals("top-categories.csv", csv.suggestedFilename())
        val session = demo.session(demo.visitor)
        assertArrayEquals(demo.caller.get(link.getAttribute("href"), session).body, bytes(csv))
        assertTrue(bytes(csv).decodeToString().startsWith("category,hours_watched,share\r\n"))
        val json = look.page.locator("#panel-top-categories .tools a:text-is('JSON')").getAttribute("href")
        val records = CSVFormat.RFC4180.parse(StringReader(bytes(csv).decodeToString())).records
        assertEquals(records.size - 1, PanelData.of(demo.caller.get(json, session)).rows.size)
        val png = look.page.waitForDownload { look.page.click("#panel-top-categories .png") }
        assertEquals("top-categories.png", png.suggestedFilename())
        val picture = ImageIO.read(bytes(png).inputStream())
        assertTrue(picture.width > 400 && picture.height > 200, "${picture.width} x ${picture.height}")
    }

    @Test
    fun `a picture of a chart that nobody has scrolled to is that of the whole chart`() = asVisitor { look ->
        look.go("/")
        val last = "#" + look.page.locator(".panel:has(.chart) >> nth=-1").getAttribute("id")
        assertEquals(null, look.page.locator("$last .chart").getAttribute("data-drawn"))
        val picture = bytes(look.page.waitForDownload { look.page.evaluate("id => document.querySelector(id + ' .png').click()", last) })
        look.page.waitForFunction("id => document.querySelector(id + ' .chart').dataset.drawn === 'true'", last)
        assertArrayEquals(picture, Base64.getDecoder().decode(look.page.evaluate(PICTURE, last) as String))
    }

    @Test
    fun `a chart tells values, hides a series, and leads on when it is clicked`() = asVisitor { look ->
        look.go("/?compare=1&period=custom&from=${StartedDemo.DAYS[1]}&to=${StartedDemo.DAYS[1]}")
        val line = look.page.locator("#panel-viewers-over-time .chart")
        line.scrollIntoViewIfNeeded()
        look.page.waitForFunction("() => document.querySelector('#panel-viewers-over-time .chart').dataset.drawn === 'true'")
        line.hover()
        look.page.waitForSelector("#panel-viewers-over-time .tip")
        assertTrue(look.texts("#panel-viewers-over-time .tip").single().contains("Average viewers"))
        val button = look.page.locator("#panel-viewers-over-time .legend button >> nth=1")
        assertEquals("true", button.getAttribute("aria-pressed"))
        button.click()
        assertEquals("false", button.getAttribute("aria-pressed"))
        assertEquals(false, look.page.evaluate(SELECTED))

        val bars = look.page.locator("#panel-top-categories .chart")
        bars.scrollIntoViewIfNeeded()
        look.page.waitForFunction("() => document.querySelector('#panel-top-categories .chart').dataset.drawn === 'true'")
        val place = look.page.evaluate(FIRST_BAR) as List<*>
        val (x, y) = place.map { (it as Number).toDouble() }
        bars.click(Locator.ClickOptions().setPosition(x, y))
        look.page.waitForURL({ "/categories/" in it })
        assertFalse(look.texts("h1").single().isEmpty())
    }

    /** Waits until the middle of the page was exchanged. */
    private fun swap(look: Look, act: () -> Unit) {
        val before = look.address
        look.page.evaluate("() => { document.getElementById('page').dataset.old = 'true' }")
        act()
        look.page.waitForFunction("() => document.getElementById('page').dataset.old === undefined")
        look.page.waitForURL({ it.removePrefix(demo.url) != before })
    }

    private fun numbers(look: Look) = look.texts("#panel-overview-numbers .number")

    private fun query(look: Look): Map<String, String> =
        look.address.substringAfter('?', "").split('&').associate { it.substringBefore('=') to it.substringAfter('=') }

    private fun bytes(download: Download): ByteArray = Files.readAllBytes(download.path())

    private companion object {
        /** The picture of a chart that is drawn. */
        const val PICTURE = """id => window.echarts.getInstanceByDom(document.querySelector(id + ' .chart'))
            .getDataURL({ pixelRatio: 2, backgroundColor: window.charts.colours().card }).split(',')[1]"""

        const val SELECTED = """() => {
            const chart = window.echarts.getInstanceByDom(document.querySelector('#panel-viewers-over-time .chart'))
            const option = chart.getOption()
            return option.legend[0].selected[option.series[1].name]
        }"""

        /** The middle of the first bar, within its chart. */
        const val FIRST_BAR = """() => {
            const chart = window.echarts.getInstanceByDom(document.querySelector('#panel-top-categories .chart'))
            const series = chart.getModel().getSeries()[0]
            const bar = series.getData().getItemLayout(0)
            return [bar.x + bar.width / 2, bar.y + bar.height / 2]
        }"""
    }
}
