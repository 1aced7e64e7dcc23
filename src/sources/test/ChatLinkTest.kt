package twitchactors.sources

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import java.time.Duration

/** A connection without a network, by clocks that the test moves. */
internal class ChatLinkTest {
    private val time = ChatTime()
    private val settings = ChatSettings(
        answerWithin = Duration.ofSeconds(10),
        pingAfter = Duration.ofSeconds(60),
        backOff = Duration.ofSeconds(1)..Duration.ofSeconds(8),
    )
    private val attempts = ArrayList<Long>()
    private val link = ChatLink(0, settings, ChatJoinBudget(20, time.millis), time.millis, time.nanos, { 0.0 }) { _, attempt ->
        attempts +=
            attempt
    }
    private val sent = ArrayList<String>()
    private var closed = 0
    private val wire = object : ChatWire {
        override fun send(line: String) {
            sent += line
        }

        override fun close() {
            closed++
        }
    }

    @Test
    fun `it logs in with capabilities, and joins when it is welcome`() {
        val room = follow("streamer")
        connect(ChatAccount("reader", "secret"))
        assertEquals(
            listOf("CAP REQ :twitch.tv/membership", "CAP REQ :twitch.tv/tags", "CAP REQ :twitch.tv/commands", "PASS oauth:secret") +
                listOf("NICK reader", "USER reader 0 * :reader", "CAP END"),
            sent.toList(),
        )
        sent.clear()
        link.tick()
        assertEquals(emptyList<String>(), sent)
        welcome("reader")
        link.tick()
        assertEquals(listOf("JOIN #streamer"), sent)
        told(":reader!reader@reader.tmi.twitch.tv JOIN #streamer", ":x 353 reader = #streamer :reader")
        told(":x 353 reader = #streamer :A b", ":x 366 reader #streamer :End of /NAMES list")
        assertEquals("a\nb", names(room))
        told(":c!c@c.tmi.twitch.tv JOIN #streamer", ":b!b@b.tmi.twitch.tv PART #streamer", ":c!c@c JOIN #another")
        assertEquals("a\nc", names(room))
    }

    @Test
    fun `a room with nobody but us is a list of nobody`() {
        val room = follow("streamer")
        ready()
        told(":me!me@h JOIN #streamer", ":x 366 me #streamer :End")
        assertEquals(null, room.membership(5), "no list was told")
        told(":x 353 me = #streamer :me", ":x 366 me #streamer :End")
        assertEquals("", names(room))
    }

    @Test
    fun `ranks, kicks, quits and new names as plain servers tell them`() {
        val room = follow("streamer")
        ready()
        told(":me!me@h JOIN :#streamer", ":x 353 me = #streamer :@op +voiced me ~&both no-login", ":x 366 me #streamer :End")
        assertEquals("op\nvoiced\nboth", names(room))
        told(":op!o@h KICK #streamer voiced :out", ":both!b@h QUIT :bye", ":op!o@h NICK :renamed", ":elsewhere!e@h NICK other")
        assertEquals("renamed", names(room))
        assertEquals(1, room.membership(5)!!.namesDropped)
        told(":op!o@h KICK #streamer me :out")
        assertEquals(Room.State.WAITING, room.state)
        assertEquals(null, room.membership(5))
    }

    @Test
    fun `without membership a list of names is none`() {
        val room = follow("streamer")
        ready(membership = "NAK")
        told(":me!me@h JOIN #streamer", ":x 353 me = #streamer :me", ":x 366 me #streamer :End")
        assertTrue(link.isDegraded)
        assertEquals(Room.State.JOINED, room.state)
        assertEquals(null, room.membership(5))
    }

    @Test
    fun `joins keep to the limit, and one without an answer is made again`() {
        val rooms = List(50) { follow("s$it") }
        ready()
        assertEquals(20, joins())
        time.pass(5_000)
        told(*Array(19) { ":me!me@h JOIN #s$it" })
        time.pass(5_000)
        link.tick()
        assertEquals(0, joins(), "the answers came five seconds ago: the chat may have seen the JOINs then")
        time.pass(5_000)
        link.tick()
        assertEquals(19, joins())
        assertEquals(Room.State.WAITING, rooms[19].state)
        told(*Array(39) { ":me!me@h JOIN #s$it" })
        time.pass(10_000)
        link.tick()
        assertEquals(11, joins())
    }

    @Test
    fun `a room that is refused is left alone`() {
        val room = follow("gone")
        val other = follow("secret")
        ready()
        told(":tmi.twitch.tv NOTICE #gone :This channel does not exist or has been suspended.", ":x 474 me #secret :Cannot join")
        assertEquals(Room.State.REFUSED to Room.State.REFUSED, room.state to other.state)
        time.pass(60_000)
        alive()
        assertEquals(0, joins())
        time.pass(600_000)
        link.tick()
        told("PING :x")
        link.tick()
        assertEquals(2, joins())
    }

    @Test
    fun `a connection that breaks is made again after growing waits`() {
        val room = follow("streamer")
        joined("streamer")
        val waits = List(5) {
            link.ended(attempts.last(), "broke")
            assertEquals(Room.State.WAITING, room.state)
            val from = time.nanos()
            val before = attempts.size
            while (attempts.size == before) {
                time.pass(100)
                link.tick()
            }
            Duration.ofNanos(time.nanos() - from).toMillis()
        }
        assertEquals(listOf(1_000L, 2_000L, 4_000L, 8_000L, 8_000L), waits)
        link.opened(attempts.last(), wire, ChatAccount("me", null))
        welcome("me")
        sent.clear()
        time.pass(11_000)
        link.tick()
        assertTrue("JOIN #streamer" in sent)
    }

    @Test
    fun `when the chat asks for it, it connects anew at once`() {
        follow("streamer")
        joined("streamer")
        told(":tmi.twitch.tv RECONNECT")
        assertEquals(1, closed)
        link.tick()
        assertEquals(2, attempts.size)
        // What the old connection still says counts no more.
        link.received(attempts.first(), ":x!x@x JOIN #streamer\r\n".toByteArray())
    }

    @Test
    fun `it answers PINGs, asks a silent chat, and gives it up`() {
        val room = follow("streamer")
        joined("streamer")
        told("PING :tmi.twitch.tv")
        assertEquals("PONG :tmi.twitch.tv", sent.last())
        sent.clear()
        time.pass(60_001)
        link.tick()
        assertEquals(listOf("PING :twitchactors"), sent)
        told(":x PONG x :twitchactors")
        time.pass(60_001)
        link.tick()
        time.pass(10_001)
        assertEquals(0, closed)
        link.tick()
        assertEquals(1 to Room.State.WAITING, closed to room.state)
    }

    @Test
    fun `a login that is refused is not tried again at once, nor without end while it hangs`() {
        follow("streamer")
        connect()
        told(":irc.example.org NOTICE * :*** Looking up your hostname...")
        assertEquals(0, closed)
        told(":tmi.twitch.tv NOTICE * :Login authentication failed")
        assertEquals(1, closed)
        time.pass(7_000)
        link.tick()
        assertEquals(1, attempts.size)
        time.pass(1_000)
        link.tick()
        assertEquals(2, attempts.size)
        link.opened(attempts.last(), wire, ChatAccount("me", null))
        time.pass(10_001)
        link.tick()
        assertEquals(2, closed)
        time.pass(8_000)
        link.tick()
        time.pass(20_001)
        link.tick()
        time.pass(8_000)
        link.tick()
        assertEquals(4, attempts.size, "an account that never comes")
        link.opened(attempts[2], wire, ChatAccount("me", null))
        assertEquals(3, closed, "it came too late")
    }

    @Test
    fun `lists are asked for again`() {
        val room = follow("streamer")
        joined("streamer")
        told(":x 353 me = #streamer :a ghost", ":x 366 me #streamer :End")
        time.pass(settings.namesEvery.toMillis() - 1)
        alive()
        assertFalse("NAMES #streamer" in sent)
        time.pass(1)
        link.tick()
        assertTrue("NAMES #streamer" in sent)
        told(":x 353 me = #streamer :a", ":x 366 me #streamer :End")
        assertEquals("a", names(room))
        sent.clear()
        link.tick()
        assertFalse("NAMES #streamer" in sent)
    }

    @Test
    fun `a room that is left is quiet, and the last one ends the connection`() {
        val room = follow("one")
        val other = follow("two")
        ready()
        link.remove(room)
        assertEquals("PART #one", sent.last())
        told(":x 353 me = #one :a", ":x 366 me #one :End")
        assertEquals(null, room.membership(1))
        link.remove(other)
        assertEquals(listOf("PART #two", "QUIT"), sent.takeLast(2))
        assertEquals(1, closed)
    }

    private fun follow(streamer: String) = Room(Login.require(streamer), settings, time.millis, time.nanos).also { link.add(it) }

    private fun connect(account: ChatAccount = ChatAccount("me", null)) {
        link.tick()
        link.opened(attempts.last(), wire, account)
    }

    private fun welcome(nick: String, membership: String = "ACK") =
        told(":tmi.twitch.tv CAP * $membership :twitch.tv/membership", ":tmi.twitch.tv 001 $nick :Welcome, GLHF!")

    private fun ready(membership: String = "ACK") {
        connect()
        welcome("me", membership)
        sent.clear()
        link.tick()
    }

    private fun joined(streamer: String) {
        ready()
        told(":me!me@h JOIN #$streamer")
    }

    /** Time has passed, and the chat is still there. */
    private fun alive() {
        told("PING :x")
        sent.clear()
        link.tick()
    }

    private fun told(vararg lines: String) = link.received(attempts.last(), lines.joinToString("") { "$it\r\n" }.toByteArray())

    private fun joins() = sent.count { it.startsWith("JOIN ") }.also { sent.clear() }

    private fun names(room: Room) = String(room.membership(5)!!.logins, Charsets.US_ASCII)
}
