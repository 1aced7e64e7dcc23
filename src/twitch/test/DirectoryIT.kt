package twitchactors.twitch

import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import twitchactors.twitch.RunningTwitch.Companion.text
import java.net.URI
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import javax.imageio.ImageIO

/** The pages of the directory as a scraper reads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class DirectoryIT {
    private val running = RunningTwitch()

    @AfterAll
    fun stop() = running.close()

    @Test
    fun `the directory shows all categories, some at first and the rest as one scrolls`() {
        val pages = scrolled("/directory")
        assertTrue(pages.size > 1 && "SIMULATED" in pages[0] && "lazy-cards.js" in pages[0])
        val names = pages.flatMap { found("""<h2 title="([^"]*)">""", it) }
        val expected = running.pages { running.helix("/games/top?first=100$it") }.flatten().map { Markup.text(text(it.jsonObject, "name")) }
        assertEquals(expected, names)
        assertEquals(names.size, pages.sumOf { found("""<p class="viewers">([0-9.]+[KM]? viewers)</p>""", it).size })
        assertTrue(pages.all { it.contains("tw-tag") })
    }

    @Test
    fun `a category shows all its streams`() {
        val link = found("""href="(/directory/category/[^"]+)"""", get("/directory")).first()
        val game = running.pages { running.helix("/games/top?first=1$it") }.first()[0].jsonObject
        val expected = running.pages { running.helix("/streams?first=100&game_id=${text(game, "id")}$it") }.flatten().map { it.jsonObject }
        val pages = scrolled(link)
        assertEquals(expected.map { text(it, "user_login") }, pages.flatMap { found("""preview-card-image-link" href="/([^"]+)"""", it) })
        assertEquals(expected.map { Markup.text(text(it, "title")) }, pages.flatMap { found("""<h3 title="([^"]*)">""", it) })
        assertEquals(404, running.send("GET", "/directory/category/nothing-of-the-kind").statusCode())
    }

    @Test
    fun `box art and previews are pictures of the size in their address`() {
        val page = get("/directory")
        val art = found("""src="([^"]+box-art[^"]+)"""", page).first()
        assertTrue(art.endsWith("-285x380.jpg"))
        val streams = get(found("""href="(/directory/category/[^"]+)"""", page).first())
        for ((address, size) in listOf(art to (285 to 380), found("""src="([^"]+previews[^"]+)"""", streams).first() to (440 to 248))) {
            val reply = running.client.send(HttpRequest.newBuilder(URI(address)).build(), HttpResponse.BodyHandlers.ofByteArray())
            assertEquals("image/jpeg", reply.headers().firstValue("Content-Type").get())
            val image = ImageIO.read(reply.body().inputStream())
            assertEquals(size, image.width to image.height)
        }
        for (wrong in listOf(
            "/box-art/1-0x5.jpg",
            "/box-art/1-99999x5.jpg",
            "/box-art/x.jpg",
        )) {
            assertEquals(404, running.send("GET", wrong).statusCode())
        }
    }

    @ParameterizedTest
    @CsvSource("0,0", "999,999", "1000,1K", "1099,1K", "12345,12.3K", "999999,999.9K", "1000000,1M", "2340000,2.3M")
    fun `numbers of viewers are rounded as on Twitch`(viewers: Long, shown: String) = assertEquals(shown, DirectoryPages.rounded(viewers))

    @Test
    fun `the script that fetches more is there`() {
        val script = running.send("GET", "/directory/lazy-cards.js")
        assertTrue("IntersectionObserver" in script.body())
        assertEquals("text/javascript", script.headers().firstValue("Content-Type").get().substringBefore(';'))
    }

    /** A page and all that comes when one scrolls to its end. */
    private fun scrolled(path: String): List<String> =
        generateSequence(get(path)) { page -> found("""data-more="([^"]+)"""", page).singleOrNull()?.let { get(it) } }.take(100).toList()

    private fun get(path: String): String = running.send("GET", path).also {
        check(it.statusCode() == 200) { "$path: ${it.body()}" }
    }.body()

    private fun found(pattern: String, page: String): List<String> = Regex(pattern).findAll(page).map { it.groupValues[1] }.toList()
}
