package twitchactors.sources

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import twitchactors.simulator.World
import twitchactors.sources.RunningTwitch.Companion.now
import twitchactors.sources.RunningTwitch.Companion.reason
import twitchactors.twitch.SimulatedTwitchSettings
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.CopyOnWriteArrayList

/** Who is in a chat, asked for with the token of an account that moderates half of the channels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class HelixChattersIT {
    private val twitch = RunningTwitch(
        World(seed = 3, viewers = 100_000, streamers = 60),
        simulation = SimulatedTwitchSettings(pointsPerMinute = 1_000_000, moderated = 0.5),
    )
    private val settings = twitch.settings(replyTimeout = Duration.ofSeconds(2))
    private val grants = GrantsInMemory()
    private val chat = Chat()
    private val nodes = listOf(twitch.node()).let { it + twitch.node(it[0]) }
    private val helixes: List<Helix>
    private val choices: List<ChatterLists>
    private val streams: List<LiveStream>

    /** With many chatters; one that we may read, and one that we may not. */
    private val permitted: LiveStream
    private val other: LiveStream

    init {
        grants.put(grant(SimulatedTwitchSettings.COLLECTOR))
        helixes = nodes.map { Helix.start(it, settings, grants, role = null) }
        helixes.forEach { it.look().now() }
        choices = helixes.map { it.choosing(chat) }
        streams = helixes[0].api.topStreams("fr", 1000).now().streams
        val (ours, others) = streams.partition { read(it).source == ChatterSource.CHATTERS }
        permitted = ours.maxBy { expected(it).size }
        other = others.first()
    }

    /** What the chat was asked, and an answer that names nobody. */
    private class Chat : ChatterLists {
        val followed: MutableList<Login> = CopyOnWriteArrayList()

        override fun follow(streamer: Login) {
            followed += streamer
        }

        override fun unfollow(streamer: Login) {
            followed -= streamer
        }

        override fun chatters(stream: LiveStream, day: Day, slot: Slot): CompletionStage<Chatters> =
            CompletableFuture.completedFuture(Chatters(ChatterSource.MESSAGES, false, ByteArray(0), 0))
    }

    @AfterEach
    fun clear() = twitch.clearFaults()

    @AfterAll
    fun stop() {
        helixes.forEach { it.close() }
        twitch.close()
    }

    private fun ask(stream: LiveStream, node: Int = 0) = choices[node].chatters(stream, twitch.day, Slot(twitch.slot))

    private fun read(stream: LiveStream) = ask(stream).now()

    private fun names(chatters: Chatters) = String(chatters.logins, Charsets.US_ASCII).split('\n').filter { it.isNotEmpty() }

    private fun expected(stream: LiveStream): List<String> = twitch.today.chatters(twitch.streamers.indexOf(stream.streamer), twitch.slot)
        .map { twitch.world.names[twitch.today.nameOfViewer(it)] }

    /** What an account grants by the device code flow. */
    private fun grant(login: String): UserGrant = TwitchOAuth(settings).use { oauth ->
        val code = oauth.device(setOf(TwitchOAuth.READ_CHATTERS)).now()
        assertEquals(null, oauth.granted(code).now())
        check(twitch.send("POST", "/activate", "device-code=${code.userCode}&login=$login").statusCode() == 200)
        val token = checkNotNull(oauth.granted(code).now())
        val owner = checkNotNull(oauth.owner(token.access).now())
        assertEquals(login, owner.login)
        assertEquals(setOf(TwitchOAuth.READ_CHATTERS), owner.scopes)
        val refresh = checkNotNull(token.refresh)
        UserGrant(checkNotNull(owner.userId), login, owner.scopes, token.access, refresh, Instant.now() + token.lives, 1)
    }

    @Test
    fun `all who are in a chat come once, over pages`() {
        val chatters = read(permitted)
        assertEquals(expected(permitted), names(chatters))
        assertTrue(names(chatters).size > 1_000, "${names(chatters).size} chatters are no test of pages")
        assertTrue(chatters.isComplete)
        assertEquals(0, chatters.namesDropped)
        val answers = streams.map { it to ask(it) }.filter { (_, answer) -> answer.now().source == ChatterSource.CHATTERS }
        assertTrue(answers.size in streams.size / 4..streams.size * 3 / 4, "${answers.size} of ${streams.size}")
        for ((stream, answer) in answers) assertEquals(expected(stream), names(answer.now()))
    }

    @Test
    fun `a channel that we may not read is followed in the chat, and not asked for again for a while`() {
        read(other)
        val refused = twitch.count("replies", "/helix/chat/chatters", "403")
        choices[0].follow(other.streamer)
        repeat(5) { assertEquals(ChatterSource.MESSAGES, read(other).source) }
        assertEquals(refused, twitch.count("replies", "/helix/chat/chatters", "403"))
        assertTrue(other.streamer in chat.followed)
        choices[0].unfollow(other.streamer)
        assertFalse(other.streamer in chat.followed)
        choices[0].follow(permitted.streamer)
        read(permitted)
        assertFalse(permitted.streamer in chat.followed)
    }

    @Test
    fun `what we may not read is asked for again after a while`() {
        var now = 0L
        val http = TwitchHttp(settings)
        val tokens = GrantedTokens(grants, TwitchOAuth(settings, http), http).also { it.look().now() }
        val chatters = HelixChatters(HelixCalls(settings, http, Unlimited), tokens, Duration.ofHours(1)) { now }
        fun asked(): Long {
            val before = twitch.count("replies", "/helix/chat/chatters", "403")
            assertTrue("no account" in chatters.chatters(other).reason())
            return twitch.count("replies", "/helix/chat/chatters", "403") - before
        }
        assertEquals(listOf(1L, 0L), List(2) { asked() })
        now = Duration.ofHours(1).toNanos()
        assertEquals(listOf(1L, 0L), List(2) { asked() })
        http.close()
    }

    private object Unlimited : Points {
        override fun take(budget: String): CompletionStage<*> = CompletableFuture.completedFuture(Unit)

        override fun done(budget: String, told: RateLimit?, isRefused: Boolean) = Unit
    }

    @Test
    fun `what passes is asked again, pages that repeat change nothing, and missing names are said`() {
        val path = "path=/helix/chat"
        for (fault in listOf(
            "server-error:1,times=2",
            "cut-body:1,times=2",
            "malformed-json:1,times=2",
            "slow-body:1,times=1,seconds=60",
        )) {
            twitch.switch("$fault,$path")
            assertEquals(expected(permitted), names(read(permitted)), fault)
            twitch.clearFaults()
        }
        twitch.switch("page-repeats:1")
        assertEquals(expected(permitted), names(read(permitted)))
        twitch.clearFaults()
        twitch.switch("page-misses:1,times=1")
        assertEquals(expected(permitted).toSet(), names(read(permitted)).toSet())
        assertTrue(read(permitted).isComplete)
        twitch.clearFaults()
        twitch.switch("page-misses:1")
        val short = read(permitted)
        assertTrue(names(short).size < expected(permitted).size && !short.isComplete)
    }

    @Test
    fun `a list that is not whole is no answer, and delays no other`() {
        twitch.switch("cursor-loop:1,path=/helix/chat")
        assertEquals("Twitch's pages of chatters lead in a circle", ask(permitted).reason())
        twitch.clearFaults()
        val bad = permitted.streamer.name
        twitch.switch("slow-body:1,seconds=60,streamer=$bad,path=/helix/chat")
        val late = ask(permitted)
        streams.filter { it != permitted }.forEach { read(it) }
        assertFalse(late.toCompletableFuture().isDone, "others were done before the slow one")
        assertEquals("Twitch gave no whole answer within 2.0 s", late.reason())
    }

    @Test
    fun `a token that is refused to two nodes at once is renewed once`() {
        val renewed = twitch.count("replies", "/oauth2/token", "200")
        val version = grants.grants.values.single().version
        read(permitted)
        twitch.switch("expired-token:1,times=1,path=/helix/chat")
        val answers = List(40) { ask(permitted, it % 2) }
        answers.forEach { assertEquals(expected(permitted), names(it.now())) }
        assertEquals(1, twitch.count("replies", "/oauth2/token", "200") - renewed)
        assertEquals(version + 1, grants.grants.values.single().version)
        assertEquals(expected(permitted), names(ask(permitted, 1).now()))
    }

    @Test
    fun `a token is renewed before it expires, and one that Twitch does not renew is used no more`() {
        val own = GrantsInMemory()
        val http = TwitchHttp(settings)
        val oauth = TwitchOAuth(settings, http)
        val streamer = streams[0].streamer.name
        own.put(grant(streamer))
        val tokens = GrantedTokens(own, oauth, http)
        tokens.look(Instant.now()).now()
        assertEquals(1, own.grants.values.single().version)
        tokens.look(Instant.now() + Duration.ofMinutes(236)).now()
        val renewed = own.grants.values.single()
        assertEquals(2, renewed.version)
        assertEquals(streamer, oauth.owner(renewed.access).now()?.login)
        own.put(renewed.copy(refresh = Secret("spent"), version = 3))
        assertTrue("twitchactors authorize" in tokens.look(Instant.now() + Duration.ofDays(1)).reason())
        assertTrue(own.grants.values.single().isWithdrawn)
        assertEquals(0, tokens.able(TwitchOAuth.READ_CHATTERS).size)
        http.close()
    }

    @Test
    fun `no secret is in what is printed`() {
        val grant = grants.grants.values.single()
        assertFalse(grant.access.reveal() in "$grant" || grant.refresh.reveal() in "$grant")
    }
}
