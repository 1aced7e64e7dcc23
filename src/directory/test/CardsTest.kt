package twitchactors.directory

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.sources.CategoryCard
import twitchactors.sources.StreamCard

internal class CardsTest {
    private val art = "https://static-cdn.jtvnw.net/ttv-boxart/509658-285x380.jpg"
    private val preview = "https://static-cdn.jtvnw.net/previews-ttv/live_user_zerator-440x248.jpg"
    private val category = RawCard(listOf("/directory/category/just-chatting"), "Just Chatting", listOf("354K viewers"), listOf("IRL"), art)
    private val stream = RawCard(listOf("/zerator"), "Bonjour", listOf("12.3K viewers"), listOf("Français"), preview)

    @Test
    fun `a whole card is read`() {
        assertEquals(CategoryCard("just-chatting", "Just Chatting", 354_000, listOf("IRL"), art), Cards.category(category))
        assertEquals(StreamCard(Login.require("zerator"), "Bonjour", 12_300, listOf("Français"), preview), Cards.stream(stream))
    }

    @Test
    fun `the login is the link's, in lower case, whatever else the card shows`() {
        assertEquals(Login.require("zerator"), Cards.stream(stream.copy(links = listOf("/ZeratoR"), title = "제라토르"))?.login)
        assertEquals(Login.require("zerator"), Cards.stream(stream.copy(links = listOf("/zerator", "/zerator/videos")))?.login)
    }

    @Test
    fun `a card whose parts belong to two things is none`() {
        assertNull(Cards.stream(stream.copy(links = listOf("/zerator", "/squeezie"))))
        assertNull(Cards.stream(stream.copy(links = listOf("/squeezie"))))
        assertNull(Cards.category(category.copy(links = listOf("/directory/category/just-chatting", "/directory/category/chess"))))
    }

    @Test
    fun `a card that lacks a part is none`() {
        assertNull(Cards.stream(stream.copy(links = emptyList())))
        assertNull(Cards.stream(stream.copy(title = null)))
        assertNull(Cards.stream(stream.copy(counts = emptyList())))
        assertNull(Cards.stream(stream.copy(counts = listOf("LIVE"))))
        assertNull(Cards.category(category.copy(title = " ")))
        assertNull(Cards.category(category.copy(counts = listOf("…"))))
    }

    @Test
    fun `a picture that is not there yet, no title and no tags are no reason to leave a card out`() {
        val bare = stream.copy(title = "", tags = emptyList(), image = "")
        assertEquals(StreamCard(Login.require("zerator"), "", 12_300, emptyList(), ""), Cards.stream(bare))
    }

    @Test
    fun `the number of viewers is the first text that is one`() {
        assertEquals(12_300, Cards.stream(stream.copy(counts = listOf("LIVE", "12.3K viewers", "5 viewers")))?.viewers)
    }

    @Test
    fun `links elsewhere are no categories and no streams`() {
        for (link in listOf("/directory/category/a/b", "/directory/game/x", "/directory/category/", "/")) {
            assertNull(Cards.category(category.copy(links = listOf(link))), link)
        }
        assertNull(Cards.stream(stream.copy(links = listOf("/no-login"))))
        assertNull(Cards.stream(stream.copy(links = listOf("/"))))
    }

    @Test
    fun `a card of monstrous texts is none`() {
        assertNull(Cards.stream(stream.copy(title = "x".repeat(501))))
        assertNull(Cards.stream(stream.copy(tags = List(51) { "tag$it" })))
    }
}
