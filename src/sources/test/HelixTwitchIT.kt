package twitchactors.sources

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import twitchactors.domain.Login
import twitchactors.sources.RunningTwitch.Companion.now
import twitchactors.sources.RunningTwitch.Companion.reason
import java.time.Duration

/** What is asked of Twitch's API, with everything on that its lists and servers get wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class HelixTwitchIT {
    private val twitch = RunningTwitch()
    private val node = twitch.node()
    private val helix = Helix.start(node, twitch.settings(replyTimeout = Duration.ofSeconds(2)), grants = null, role = null)
    private val api = helix.api
    private val live = twitch.live()

    @AfterEach
    fun clear() = twitch.clearFaults()

    @AfterAll
    fun stop() {
        helix.close()
        twitch.close()
    }

    @Test
    fun `those who are live are found among any number, with what they show`() {
        val asked = twitch.streamers + List(120) { Login.require("nobody_$it") }
        val streams = api.liveStreams(asked).now()
        assertEquals(live, streams.map { it.streamer }.toSet())
        assertEquals(live.size, streams.size)
        val stream = streams.maxBy { checkNotNull(it.liveViewers) }
        val number = twitch.streamers.indexOf(stream.streamer)
        val broadcast = checkNotNull(twitch.today.broadcast(number, twitch.slot))
        assertEquals(twitch.today.liveViewers(number, twitch.slot), stream.liveViewers)
        assertEquals(broadcast.id.toString(), stream.streamId)
        assertEquals(broadcast.startedAt, stream.startedAt.epochSecond)
        assertEquals("fr", stream.language)
        assertEquals("Français", stream.tags.first())
        assertEquals(emptyList<LiveStream>(), api.liveStreams(emptyList()).now())
    }

    @Test
    fun `the largest streams come in order, over pages, and it is said when there are more`() {
        val all = api.topStreams("fr", 1000).now()
        assertEquals(live, all.streams.map { it.streamer }.toSet())
        assertFalse(all.isCut)
        val viewers = all.streams.mapNotNull { it.liveViewers }
        assertEquals(viewers.sortedDescending(), viewers)
        assertEquals(live.size, viewers.size)
        val some = api.topStreams("fr", 7).now()
        assertEquals(all.streams.take(7).map { it.streamer }, some.streams.map { it.streamer })
        assertTrue(some.isCut)
        assertEquals(0, api.topStreams("de", 7).now().streams.size)
        val categories = api.topCategories(1000).now()
        val first = all.streams.groupBy { it.categoryId }.maxBy { (_, streams) -> streams.sumOf { it.liveViewers ?: 0 } }
        assertEquals(first.key, categories.first().id)
        assertEquals(first.value.map { it.streamer }, api.streamsOf(first.key, 1000).now().streams.map { it.streamer })
        assertEquals(categories.take(2), api.topCategories(2).now())
    }

    @Test
    fun `entries that pages repeat or miss, and cursors that lead back, change nothing`() {
        twitch.switch("page-repeats:1")
        assertEquals(live, api.topStreams("fr", 1000).now().streams.also { assertEquals(live.size, it.size) }.map { it.streamer }.toSet())
        twitch.clearFaults()
        twitch.switch("cursor-loop:1,times=2")
        api.topStreams("fr", 1000).now().let {
            assertEquals(live, it.streams.map { stream -> stream.streamer }.toSet())
            assertFalse(it.isCut)
        }
        twitch.switch("page-misses:0.4")
        assertEquals(live, api.liveStreams(twitch.streamers).now().map { it.streamer }.toSet())
    }

    @Test
    fun `a cursor that leads in a circle ends a list, which is then said to be cut`() {
        twitch.switch("cursor-loop:1")
        val list = api.topStreams("fr", 1000).now()
        assertEquals(Listing.PAGE, list.streams.size)
        assertTrue(list.isCut)
    }

    @Test
    fun `what passes is asked again, what does not is no answer and never an empty list`() {
        for (fault in listOf("server-error", "cut-body", "malformed-json", "slow-body")) {
            twitch.switch("$fault:1,path=/helix,times=2,seconds=60")
            assertEquals(live, api.liveStreams(twitch.streamers).now().map { it.streamer }.toSet(), fault)
            twitch.clearFaults()
        }
        val never = mapOf(
            "server-error" to "Twitch answered 50",
            "cut-body" to "the connection to Twitch broke",
            "malformed-json" to "Twitch's answer cannot be read",
        )
        for ((fault, reason) in never) {
            twitch.switch("$fault:1,path=/helix")
            assertTrue(api.topStreams("fr", 5).reason().startsWith(reason), fault + ": " + api.topStreams("fr", 5).reason())
            twitch.clearFaults()
        }
        assertEquals(
            "Twitch answered 400: The parameter \"game_id\" was malformed: the value must be a number",
            api.streamsOf("x", 5).reason(),
        )
    }

    @Test
    fun `a token that is refused is replaced once for all who ask at the time`() {
        api.topStreams("fr", 5).now()
        val tokens = twitch.count("replies", "/oauth2/token", "200")
        twitch.switch("expired-token:1,times=1")
        val answers = List(50) { api.topStreams("fr", 5) }
        answers.forEach { assertEquals(5, it.now().streams.size) }
        assertEquals(1, twitch.count("replies", "/oauth2/token", "200") - tokens)
        twitch.switch("expired-token:1")
        assertEquals("Twitch answered 401: Invalid OAuth token", api.topStreams("fr", 5).reason())
    }

    @Test
    fun `429 is waited for by all, and asked again`() {
        api.topStreams("fr", 5).now()
        val refusals = helix.figures.refusals
        twitch.switch("too-many-requests:1,path=/helix,times=1")
        assertEquals(List(20) { 5 }, List(20) { api.topStreams("fr", 5) }.map { it.now().streams.size })
        assertEquals(1, helix.figures.refusals - refusals)
    }

    @Test
    fun `a token is validated, and replaced when Twitch does not take it`() {
        helix.validate().now()
        twitch.switch("expired-token:1,times=1")
        val tokens = twitch.count("replies", "/oauth2/token", "200")
        val validated = twitch.count("replies", "/oauth2/validate", "200")
        api.topStreams("fr", 5).now()
        helix.validate().now()
        assertEquals(1, twitch.count("replies", "/oauth2/token", "200") - tokens)
        assertEquals(1, twitch.count("replies", "/oauth2/validate", "200") - validated)
    }

    @Test
    fun `wrong credentials say which, and where to get them`() {
        fun asked(settings: SourcesSettings) = TwitchOAuth(settings).use { it.appToken().reason() }
        val secret = asked(twitch.settings(secret = "geheim"))
        assertTrue(
            "TWITCHACTORS_TWITCH_CLIENT_SECRET " in secret && "https://dev.twitch.tv/console" in secret && "geheim" !in secret,
            secret,
        )
        val id = asked(twitch.settings(clientId = "wrong"))
        assertTrue("TWITCHACTORS_TWITCH_CLIENT_ID " in id && "https://dev.twitch.tv/console" in id, id)
    }

    @Test
    fun `a reply that is too long is not taken in`() {
        TwitchOAuth(twitch.settings(longestReply = 20)).use {
            assertEquals("Twitch's answer is longer than 20 bytes", it.appToken().reason())
        }
    }
}
