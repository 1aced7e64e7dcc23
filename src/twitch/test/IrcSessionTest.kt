package twitchactors.twitch

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.Day
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.readLines
import kotlin.io.path.readText

/** The chat without a connection, by a clock that the test moves. */
internal class IrcSessionTest {
    private val world = RunningTwitch.WORLD
    private val accounts = Accounts(world, 1.0)
    private val time = ManualTime()
    private val settings = SimulatedTwitchSettings()
    private val counts = Counts()
    private val faults = Faults(world.draws, emptyList())
    private val tokens = Tokens(settings, time.clock::millis)
    private val limits = IrcLimits(settings.chat.joinsPer10Seconds, settings.chat.rooms, time.clock::millis)
    private val moment: Moment
        get() = (time.clock.millis() / 1000).let { Moment(world.day(checkNotNull(Day.at(it))), (it / 300 % 288).toInt()) }

    /** A streamer with some chatters, and one with more than a thousand. */
    private val small = (0 until RunningTwitch.STREAMERS).first { moment.day.chatterCount(it, moment.slot) in 50..300 }
    private val large = (0 until RunningTwitch.STREAMERS).first { moment.day.chatterCount(it, moment.slot) > 1_000 }

    private inner class Client(served: ServedLog = ServedLog.open(null)) {
        val session = IrcSession(
            settings, accounts, tokens, limits, IrcTalk(world, accounts), faults, served, counts, time.clock::millis, time.nanos,
        )
        var ended = false
        private val log = served

        fun send(line: String): List<String> = lines(session.line(line, moment))

        fun tick(): List<String> = lines(session.tick(moment))

        /** What time brings, but for PINGs, which are answered. */
        fun told(): List<String> = tick().filter { it != PING || send("PONG").isNotEmpty() }

        fun logIn(nick: String = "justinfan7", capabilities: String = "twitch.tv/membership twitch.tv/tags twitch.tv/commands"): Client {
            if (capabilities.isNotEmpty()) send("CAP REQ :$capabilities")
            assertTrue(send("NICK $nick").last().endsWith("376 $nick :>"))
            return this
        }

        private fun lines(batches: List<IrcBatch>): List<String> = batches.flatMap { batch ->
            batch.served.forEach { log.write(it) }
            ended = ended || batch.ends
            batch.bytes.utf8String().split("\r\n").filter { it.isNotEmpty() }
        }
    }

    @Test
    fun `a list of names is all that are there, in many lines of at most 512 bytes`() {
        val lines = Client().logIn().send("JOIN #${name(small)}")
        assertEquals(":justinfan7!justinfan7@justinfan7.tmi.twitch.tv JOIN #${name(small)}", lines[0])
        assertTrue("ROOMSTATE #${name(small)}" in lines[1] && "room-id=${accounts.id(small)}" in lines[1])
        assertEquals(":justinfan7.tmi.twitch.tv 353 justinfan7 = #${name(small)} :justinfan7", lines[2])
        assertEquals(":justinfan7.tmi.twitch.tv 366 justinfan7 #${name(small)} :End of /NAMES list", lines.last())
        val lists = lines.subList(3, lines.size - 1)
        assertEquals(chatters(small), lists.flatMap { it.substringAfterLast(':').split(' ') })
        assertTrue(lists.size > 1 && lists.all { it.length + 2 <= 512 && " 353 justinfan7 = #" in it })
    }

    @Test
    fun `without the capability there are no names but one's own, no tags and nobody coming or going`() {
        val client = Client().logIn(capabilities = "")
        val lines = client.send("JOIN #${name(small)}")
        assertEquals(listOf("JOIN", "353", "366"), lines.map { it.split(' ')[1] })
        time.passSlots(1)
        val told = client.told()
        assertTrue(told.isNotEmpty() && told.all { it.split(' ')[1] == "PRIVMSG" })
    }

    @Test
    fun `who comes and goes is told when a slot begins, until one is where the chat is`() {
        val client = Client().logIn()
        client.send("JOIN #${name(small)}")
        val members = chatters(small).toMutableSet()
        repeat(5) {
            time.passSlots(1)
            for (line in client.told()) {
                val words = line.split(' ')
                val login = line.substringAfter(':').substringBefore('!')
                if (words[1] == "JOIN") assertTrue(members.add(login), "$login was there")
                if (words[1] == "PART") assertTrue(members.remove(login), "$login was not there")
            }
            assertEquals(chatters(small).toSet(), members)
            assertTrue(client.tick().none { " JOIN " in it || " PART " in it }, "told twice")
        }
    }

    @Test
    fun `a chat of more than a thousand lists operators, and announces nobody`() {
        val client = Client().logIn()
        val lines = client.send("JOIN #${name(large)}")
        val listed = lines.filter { " 353 " in it }.drop(1).flatMap { it.substringAfterLast(':').split(' ') }
        assertEquals(chatters(large).filter { accounts.isOperator(world.names.numberOf(it)!!, large) }, listed)
        assertTrue(listed.size in 1..100)
        time.passSlots(1)
        assertTrue(client.tick().none { " JOIN " in it || " PART " in it })
    }

    @Test
    fun `messages are of chatters of the slot, each once, at their time`() {
        val client = Client().logIn()
        client.send("JOIN #${name(large)}")
        time.passSlots(1)
        client.tick()
        val begins = moment.startsAt * 1000
        val here = chatters(large).toSet()
        val said = ArrayList<String>()
        repeat(29) {
            time.pass(Duration.ofSeconds(10))
            val lines = client.tick().filter { " PRIVMSG " in it }
            val sent = lines.map { it.substringAfter("tmi-sent-ts=").substringBefore(';').toLong() }
            assertEquals(sent.sorted(), sent)
            assertTrue(sent.all { it >= begins })
            assertTrue(sent.all { it <= time.clock.millis() && it > time.clock.millis() - 10_001 })
            said += lines
        }
        val authors = said.map { it.substringAfter(" :").substringBefore('!') }
        assertTrue(authors.all { it in here })
        assertTrue(authors.toSet().size in here.size / 12..here.size / 6, "${authors.toSet().size} of ${here.size} talk")
        assertEquals(said.size, said.map { it.substringAfter(";id=").substringBefore(';') }.toSet().size)
        val ids = said.map { it.substringAfter("user-id=").substringBefore(';').toLong() }
        assertEquals(authors, ids.map { accounts.login(accounts.numberOfId(it)!!) })
    }

    @Test
    fun `the end of a slot's messages comes when the next has begun`() {
        val client = Client().logIn()
        client.send("JOIN #${name(large)}")
        val begins = moment.startsAt * 1000
        time.pass(Duration.ofSeconds(330))
        val sent = client.tick().filter {
            " PRIVMSG " in it
        }.map { it.substringAfter("tmi-sent-ts=").substringBefore(';').toLong() - begins }
        assertTrue(sent.any { it < 300_000 } && sent.any { it >= 300_000 }, "$sent")
        assertEquals(sent.sorted(), sent)
    }

    @Test
    fun `the log has what was told`(@TempDir folder: Path) {
        val file = folder.resolve("served")
        ServedLog.open(file).use { log ->
            val client = Client(log).logIn()
            client.send("JOIN #${name(small)}")
            time.passSlots(1)
            val told = client.told()
            fun names(source: String) = file.readLines().filter { "\"source\":\"$source\"" in it }
                .flatMap { line -> line.substringAfter("\"names\":[").substringBefore(']').split(',').map { it.trim('"') } }
            fun told(command: String) =
                told.filter { " $command " in it }.map { it.substringAfter(" :", it).substringAfter(':').substringBefore('!') }
            assertEquals(told("JOIN"), names("joins"))
            assertEquals(told("PART"), names("parts"))
            assertEquals(told("PRIVMSG").size, names("messages").size)
            assertFalse("justinfan7" in file.readText())
            assertTrue(
                "\"slot\":${moment.slot - 1},\"source\":\"names\",\"streamer\":\"${name(small)}\",\"complete\":true" in file.readText(),
            )
        }
    }

    @Test
    fun `an account's name is its token's, and a bad password ends the connection`() {
        fun refusal(vararg lines: String): String {
            val client = Client()
            return lines.flatMap { client.send(it) }.last().also { assertTrue(client.ended) }
        }
        assertEquals(":tmi.twitch.tv NOTICE * :Improperly formatted auth", refusal("NICK someone"))
        assertEquals(":tmi.twitch.tv NOTICE * :Improperly formatted auth", refusal("PASS secret", "NICK someone"))
        assertEquals(":tmi.twitch.tv NOTICE * :Login authentication failed", refusal("PASS oauth:nothing", "NICK someone"))
        val scopeless = tokens.user(0, setOf("moderator:read:chatters")).value
        assertEquals(":tmi.twitch.tv NOTICE * :Login authentication failed", refusal("PASS oauth:$scopeless", "NICK ${name(0)}"))
        val client = Client()
        client.send("PASS oauth:${tokens.user(0, setOf("chat:read")).value}")
        assertEquals(":tmi.twitch.tv 001 ${name(0)} :Welcome, GLHF!", client.send("NICK somebody_else").first())
        assertEquals(4, counts.ircLoginsRefused.toInt())
    }

    @Test
    fun `joins beyond the limits are ignored and counted, over all connections of an account`() {
        val one = Client().logIn()
        val other = Client().logIn()
        val all = (0 until 25).map { name(it) }
        val joined = all.take(15).count { one.send("JOIN #$it").isNotEmpty() } + all.drop(15).count { other.send("JOIN #$it").isNotEmpty() }
        assertEquals(20 to 5, joined to counts.ircJoinsRefused.toInt())
        time.pass(Duration.ofSeconds(10))
        assertTrue(other.send("JOIN #${name(24)}").isNotEmpty())
        time.pass(Duration.ofSeconds(10))
        val crowd = Client().logIn("justinfan8")
        (0 until RunningTwitch.STREAMERS).chunked(20).forEach { some ->
            some.forEach { assertTrue(crowd.send("JOIN #${name(it)}").isNotEmpty()) }
            time.pass(Duration.ofSeconds(10))
        }
    }

    @Test
    fun `a channel that does not exist is refused, and one that was left is quiet`() {
        val client = Client().logIn()
        assertTrue("NOTICE #nobody_at_all :This channel does not exist" in client.send("JOIN #nobody_at_all").single())
        client.send("JOIN #${name(small)}")
        assertTrue(client.send("NAMES #${name(small)}").last().contains(" 366 "))
        assertTrue(" PART #${name(small)}" in client.send("PART #${name(small)}").single())
        time.passSlots(1)
        assertEquals(emptyList<String>(), client.told())
        assertEquals(emptyList<String>(), client.send("NAMES #${name(small)}"))
    }

    @Test
    fun `a client is asked whether it is there, and cut off when it does not say so`() {
        val client = Client().logIn()
        assertEquals(listOf(":tmi.twitch.tv PONG tmi.twitch.tv :x"), client.send("PING :x"))
        repeat(3) {
            time.pass(Duration.ofMinutes(5))
            assertEquals(listOf(PING), client.tick())
            client.send("PONG :tmi.twitch.tv")
        }
        repeat(2) {
            time.pass(Duration.ofMinutes(5))
            assertEquals(listOf(PING), client.tick())
        }
        time.pass(Duration.ofMinutes(5))
        client.tick()
        assertTrue(client.ended)
    }

    @Test
    fun `faults of the chat`() {
        faults.switch(Fault.parse("irc-no-capability:1,times=1"))
        val client = Client()
        assertEquals(":tmi.twitch.tv CAP * NAK :twitch.tv/tags", client.send("CAP REQ :twitch.tv/tags").single())
        assertEquals(":tmi.twitch.tv CAP * ACK :twitch.tv/tags", client.send("CAP REQ :twitch.tv/tags").single())
        assertTrue(" NAK " in client.send("CAP REQ :twitch.tv/tags unknown").single())
        client.logIn()
        client.send("JOIN #${name(small)}")
        client.tick()

        faults.switch(Fault.parse("irc-reconnect:1,streamer=${name(small)},times=1"))
        assertTrue(client.tick().none { "RECONNECT" in it }, "not within a slot")
        time.passSlots(1)
        assertTrue(":tmi.twitch.tv RECONNECT" in client.tick())
        assertFalse(client.ended)
        time.pass(Duration.ofSeconds(3))
        client.tick()
        assertTrue(client.ended)

        val other = Client().logIn()
        other.send("JOIN #${name(large)}")
        faults.switch(Fault.parse("irc-disconnect:1,streamer=${name(small)}"))
        time.passSlots(1)
        other.tick()
        assertFalse(other.ended, "the fault is about another streamer")
        faults.switch(Fault.parse("irc-disconnect"))
        time.passSlots(1)
        other.tick()
        assertTrue(other.ended)
    }

    private companion object {
        const val PING = "PING :tmi.twitch.tv"
    }

    private fun name(streamer: Int) = world.names[streamer]

    private fun chatters(streamer: Int) = moment.day.chatters(streamer, moment.slot).map { world.names[moment.day.nameOfViewer(it)] }
}
