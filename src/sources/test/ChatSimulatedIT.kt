package twitchactors.sources

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.Day
import twitchactors.simulator.World
import twitchactors.sources.RunningChat.Companion.logins
import twitchactors.sources.RunningChat.Companion.reason
import twitchactors.twitch.SimulatedClock
import twitchactors.twitch.SimulatedTwitch
import twitchactors.twitch.SimulatedTwitchSettings
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicLong
import kotlin.io.path.readLines

/** The chat client against the simulated Twitch, whose time the test moves. */
internal class ChatSimulatedIT {
    @TempDir
    lateinit var folder: Path
    private val passed = AtomicLong(1)
    private val clock = SimulatedClock(Instant.parse("2022-08-01T19:30:10Z"), 1.0, nanos = passed::get)
    private val world = World(seed = 7, viewers = 24_000, streamers = 80)
    private val kit = ActorTestKit.create("twitch")
    private val served by lazy { folder.resolve("served.jsonl") }
    private val twitch by lazy { SimulatedTwitch.start(kit.system(), world, clock, SimulatedTwitchSettings(served = served)) }
    private val chat by lazy { RunningChat(settings(), clock::millis) }
    private val day = world.day(checkNotNull(Day.at(clock.millis() / 1000)))
    private val slot get() = (clock.millis() / 1000 / 300 % 288).toInt()
    private val small = (0 until 80).first { day.chatterCount(it, slot) in 50..300 }
    private val large = (0 until 80).first { day.chatterCount(it, slot) > 1_000 }

    @AfterEach
    fun stop() {
        chat.close()
        twitch.stop()
        kit.shutdownTestKit()
    }

    @Test
    fun `a small room by membership, slot for slot, and a large one by messages`() {
        chat.follow(name(small))
        chat.follow(name(large))
        val list = chat.answer(name(small), day.liveViewers(small, slot))
        assertEquals(ChatterSource.MEMBERSHIP to true, list.source to list.isComplete)
        assertEquals(here(small), logins(list).sorted())
        repeat(3) {
            passSlot()
            eventually("who came and went is known") {
                logins(chat.answer(name(small), day.liveViewers(small, slot))).sorted() ==
                    here(small)
            }
        }
        val asked = slot
        val authors = chat.ask(name(large), day.liveViewers(large, slot))
        val before = chat.status().messages
        pass(280)
        eventually("messages come") { chat.status().messages > before }
        passSlot()
        val answer = authors.get(60, TimeUnit.SECONDS)
        assertEquals(ChatterSource.MESSAGES to false, answer.source to answer.isComplete)
        assertEquals(authorsServed(large, asked), logins(answer).toSortedSet())
        assertTrue(logins(answer).size > 50)
    }

    @Test
    fun `without the capability there are only authors`() {
        switch("irc-no-capability:1")
        chat.follow(name(small))
        eventually("the room is joined") { chat.status().joined == 1 }
        assertTrue(chat.status().isDegraded)
        passSlot()
        val asked = slot
        val question = chat.ask(name(small))
        passSlot()
        assertEquals(ChatterSource.MESSAGES, question.get(60, TimeUnit.SECONDS).source)
        assertTrue(asked != slot)
    }

    @Test
    fun `a chat that goes without a word, or asks to reconnect, costs the messages of the slot but not the list`() {
        for (fault in listOf("irc-disconnect:1,times=1", "irc-reconnect:1,times=1")) {
            chat.follow(name(small))
            chat.follow(name(large))
            chat.answer(name(small))
            eventually("both rooms are joined") { chat.status().joined == 2 }
            passSlot()
            val before = chat.status().connects
            switch(fault)
            passSlot()
            val messages = chat.ask(name(large), day.liveViewers(large, slot))
            eventually("$fault: it connects anew") { chat.status().let { it.connects > before && it.joined == 2 } }
            eventually("$fault: the list is whole again") { logins(chat.answer(name(small))).sorted() == here(small) }
            passSlot()
            assertTrue("chat" in reason(messages), fault)
        }
    }

    @Test
    fun `no JOIN is above the limit, and a room that does not exist is refused`() {
        repeat(80) { chat.follow(name(it)) }
        chat.follow("nobody_of_this_name")
        eventually("all rooms are joined") {
            pass(1)
            chat.status().joined == 80
        }
        assertTrue("\"joins_refused\":0" in send("GET", "/simulator/counts").replace(" ", ""), send("GET", "/simulator/counts"))
        eventually("the refusal is known") {
            reason(chat.ask("nobody_of_this_name").also { passSlot() }) == "the chat does not let anybody into its room"
        }
        assertEquals("its chat is not followed", reason(chat.ask("not_followed")))
    }

    private fun name(streamer: Int) = world.names[streamer]

    private fun here(streamer: Int) = day.chatters(streamer, slot).map { world.names[day.nameOfViewer(it)] }.sorted()

    /** Whom the simulated chat has told of as authors in a slot, by its own log. */
    private fun authorsServed(streamer: Int, slot: Int) = served.readLines()
        .filter { "\"slot\":$slot,\"source\":\"messages\",\"streamer\":\"${name(streamer)}\"" in it }
        .flatMap { line -> line.substringAfter("\"names\":[").substringBefore(']').split(',').map { it.trim('"') } }.toSortedSet()

    private fun pass(seconds: Long) {
        passed.addAndGet(Duration.ofSeconds(seconds).toNanos())
    }

    /** To the fifth second of the next slot. */
    private fun passSlot() = pass(305 - clock.millis() / 1000 % 300)

    private fun switch(fault: String) = send("POST", "/simulator/faults", fault)

    private fun send(method: String, path: String, body: String = ""): String = HttpClient.newHttpClient().send(
        HttpRequest.newBuilder(URI(twitch.url + path)).header("Content-Type", "text/plain")
            .method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString(),
    ).body()

    private fun settings() = ChatSettings(
        server = ChatServer(twitch.host, twitch.ircPort, tls = false),
        backOff = Duration.ofMillis(100)..Duration.ofMillis(500),
    )
}
