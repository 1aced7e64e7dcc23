package twitchactors.directorytests

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import org.apache.pekko.actor.ActorSystem
import org.apache.pekko.actor.Terminated
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import twitchactors.directorytests.HelixFacts.Companion.text
import twitchactors.domain.Login
import twitchactors.simulator.World
import twitchactors.sources.Category
import twitchactors.sources.DirectorySettings
import twitchactors.sources.DirectoryTwitch
import twitchactors.sources.NoAnswer
import twitchactors.twitch.SimulatedClock
import twitchactors.twitch.SimulatedTwitch
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletionStage
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit

/** The directory of a simulated Twitch, whose time stands still, read in a real Chromium, is what its API says in the same slot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class SimulatedDirectoryIT {
    private val system: ActorSystem = QuietTwitch.system()
    private lateinit var twitch: SimulatedTwitch
    private lateinit var helix: HelixFacts
    private lateinit var directory: DirectoryTwitch

    @BeforeAll
    fun start(@TempDir folder: Path) {
        val chromium = Folders.chromium()
        val clock = SimulatedClock(Instant.parse("2022-08-01T18:30:00Z"), speed = 1.0) { 0 }
        twitch = SimulatedTwitch.start(system, World(seed = 7, viewers = 60_000, streamers = 400), clock)
        helix = HelixFacts(twitch.url)
        val settings = DirectorySettings(twitch.url, Folders.lib, chromium, quiet = Duration.ofSeconds(2))
        directory = DirectoryTwitch(settings, folder.resolve("directory"))
    }

    @AfterAll
    fun stop() {
        if (::directory.isInitialized) directory.close()
        if (::twitch.isInitialized) twitch.stop()
        val ended: CompletionStage<Terminated> = system.apply { terminate() }.whenTerminated
        ended.toCompletableFuture().get(10, TimeUnit.SECONDS)
    }

    @Test
    fun `the categories are those of the API, with their numbers and pictures`() {
        val expected = helix.all("/games/top?first=100")
        val cards = answer(directory.categories(expected.size))
        assertEquals(expected.map { text(it, "name") }, cards.map { it.name })
        for ((game, card) in expected.zip(cards)) {
            val viewers = helix.all("/streams?first=100&game_id=${text(game, "id")}").sumOf { viewers(it) }
            assertEquals(ShownNumber.of(viewers), card.viewers, card.name)
        }
        assertTrue(cards.all { it.tags.isNotEmpty() })
        val categories = answer(directory.topCategories(3))
        val shown = expected.take(3).zip(cards) { game, card ->
            Category(card.slug, text(game, "name"), text(game, "box_art_url"), card.viewers, card.tags)
        }
        assertEquals(shown, categories)
    }

    @Test
    fun `the streams of a category are those of the API, to its end or as many as are asked for`() {
        val game = helix.all("/games/top?first=100").first()
        val expected = helix.all("/streams?first=100&game_id=${text(game, "id")}")
        assertTrue(expected.size > 20, "the page scrolls: ${expected.size} streams")
        val slug = answer(directory.topCategories(1)).single().id

        val all = answer(directory.streamsOf(slug, expected.size + 100))
        assertFalse(all.isCut)
        assertEquals(expected.map { text(it, "user_login") }, all.streams.map { it.streamer.name })
        assertEquals(expected.map { text(it, "title").trim() }, all.streams.map { it.title.trim() })
        assertEquals(expected.map { row -> row.getValue("tags").jsonArray.map { it.jsonPrimitive.content } }, all.streams.map { it.tags })
        for ((row, stream) in expected.zip(all.streams)) assertEquals(ShownNumber.of(viewers(row)), stream.liveViewers)
        assertTrue(all.streams.all { it.categoryId == slug && it.streamId.isEmpty() && it.language.isEmpty() })

        val some = answer(directory.streamsOf(slug, 20))
        assertTrue(some.isCut)
        assertEquals(all.streams.take(20), some.streams)
    }

    @Test
    fun `what the pages do not tell is no answer, with the reason`() {
        assertEquals("the directory page answered 404", reason(directory.streamsOf("nothing-of-the-kind", 5)))
        assertTrue("place in an address" in reason(directory.streamsOf("../directory", 5)))
        assertTrue("do not tell" in reason(directory.liveStreams(listOf(Login.require("someone")))))
        assertTrue("do not tell" in reason(directory.topStreams("fr", 5)))
        assertEquals(1, answer(directory.topCategories(1)).size)
    }

    private fun viewers(row: JsonObject): Long = text(row, "viewer_count").toLong()

    private fun <T> answer(stage: CompletionStage<T>): T = stage.toCompletableFuture().get(2, TimeUnit.MINUTES)

    private fun reason(stage: CompletionStage<*>): String = (assertThrows<ExecutionException> { answer(stage) }.cause as NoAnswer).reason
}
