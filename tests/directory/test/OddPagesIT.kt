package twitchactors.directorytests

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import twitchactors.directorytests.OddPages.Companion.card
import twitchactors.directorytests.OddPages.Companion.page
import twitchactors.sources.CategoryCard
import twitchactors.sources.DirectorySettings
import twitchactors.sources.DirectoryTwitch
import twitchactors.sources.NoAnswer
import twitchactors.sources.StreamList
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CompletionStage
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit

/** Pages that a simulated Twitch never shows, in a real Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class OddPagesIT {
    private val pages = OddPages(
        mapOf(
            "/directory" to page("Browse", CATEGORIES),
            "/directory/category/empty" to page("Rien", "<p>nobody is here</p>"),
            "/directory/category/wall" to page("Twitch", "<div data-a-target='consent-banner'>May we?</div>"),
            "/directory/category/torn" to page("Torn", card("whole") + card("torn", shown = "other") + card("last"), MENDED),
            "/directory/category/places" to page("Places", "<div id=list></div>", PLACES),
            "/directory/category/twice" to page("Twice", card("one") + card("two") + card("one", viewers = "9 viewers")),
            "/directory/category/endless" to page("Endless", "<div id=list></div>", ENDLESS),
        ),
    )
    private lateinit var directory: DirectoryTwitch

    @BeforeAll
    fun start(@TempDir folder: Path) {
        val settings = DirectorySettings(
            pages.url,
            Folders.lib,
            Folders.chromium(),
            firstCards = Duration.ofSeconds(2),
            quiet = Duration.ofSeconds(1),
            limit = Duration.ofSeconds(5),
        )
        directory = DirectoryTwitch(settings, folder.resolve("directory"))
    }

    @AfterAll
    fun stop() {
        if (::directory.isInitialized) directory.close()
        pages.close()
    }

    @Test
    fun `cards are known by their links where nothing is called a card`() {
        val expected = listOf(
            CategoryCard("just-chatting", "Just Chatting", 354_000, listOf("IRL"), ""),
            CategoryCard("counter-strike", "Counter-Strike 2", 1_200_000, emptyList(), ""),
        )
        assertEquals(expected, answer(directory.categories(2)))
    }

    @Test
    fun `a page without cards is no answer, and says why`() {
        assertEquals("the directory page has no cards; its title is 'Rien'", reason(streams("empty")))
        assertEquals("the directory page asks for consent and shows no cards", reason(streams("wall")))
        assertEquals("the directory page answered 503", reason(streams("out-of-order")))
    }

    @Test
    fun `a card that is half of another is read when it is whole`() {
        assertEquals(listOf("whole", "last", "torn"), logins(answer(streams("torn"))))
    }

    @Test
    fun `all cards are read of a page that fills the same places anew while it scrolls`() {
        val read = answer(streams("places"))
        assertEquals(List(60) { "streamer_$it" }, logins(read))
        assertEquals(List(60) { 1000 + it }, read.streams.map { it.liveViewers })
        assertFalse(read.isCut)
    }

    @Test
    fun `a stream that is shown twice is read once, as it was first`() {
        val read = answer(streams("twice"))
        assertEquals(listOf("one", "two"), logins(read))
        assertEquals(1_500, read.streams[0].liveViewers)
    }

    @Test
    fun `a page without end is cut when the time is over`() {
        val read = answer(streams("endless", 1_000_000))
        assertTrue(read.isCut && read.streams.size > 20, "${read.streams.size}")
    }

    private fun streams(slug: String, count: Int = 100): CompletionStage<StreamList> = directory.streamsOf(slug, count)

    private fun logins(read: StreamList): List<String> = read.streams.map { it.streamer.name }

    private fun <T> answer(stage: CompletionStage<T>): T = stage.toCompletableFuture().get(2, TimeUnit.MINUTES)

    private fun reason(stage: CompletionStage<*>): String = (assertThrows<ExecutionException> { answer(stage) }.cause as NoAnswer).reason

    private companion object {
        val CATEGORIES = """
            <nav><span>22K viewers</span></nav>
            <div><div><a data-a-target="tw-box-art-card-link" href="/directory/category/just-chatting"></a></div>
            <div><a href="/directory/category/just-chatting"><h2 title="Just Chatting">Just Chatting</h2></a>
            <p>354K viewers</p><button class="tw-tag">IRL</button></div></div>
            <div><div><a data-a-target="tw-box-art-card-link" href="/directory/category/counter-strike"></a></div>
            <div><a href="/directory/category/counter-strike"><h2>Counter-Strike 2</h2></a>
            <p><span>2D</span></p><p>1.2M viewers</p></div></div>
        """.trimIndent()

        /** The second card's picture follows later. */
        const val MENDED = "setTimeout(() => { document.querySelectorAll('img')[1].src = '/previews/live_user_torn-440x248.jpg' }, 300)"

        private const val CARD = "n => `<article style='height:300px'><a data-a-target='preview-card-image-link' href='/streamer_\${n}'>" +
            "<img class='tw-image' src='/previews/live_user_streamer_\${n}-440x248.jpg'></a>" +
            "<span class='tw-media-card-stat'>\${1000 + n} viewers</span><h3 title='t'>t</h3></article>`"

        /** Twelve places for sixty streams: those that leave at the top come again at the bottom as others. */
        const val PLACES = "const card = $CARD; let from = 0;" +
            "const fill = () => { list.innerHTML = Array.from({length: 12}, (_, i) => card(from + i)).join('') + '<div id=end></div>';" +
            "new IntersectionObserver((marks, self) => { if (marks.some(m => m.isIntersecting) && from < 48) {" +
            "self.disconnect(); from += 6; setTimeout(() => { scrollTo(0, 0); fill() }, 50) } }, {rootMargin: '50px'})" +
            ".observe(document.getElementById('end')) }; fill()"

        const val ENDLESS = "const card = $CARD; let n = 0;" +
            "setInterval(() => { list.insertAdjacentHTML('beforeend', card(n++)) }, 100)"
    }
}
