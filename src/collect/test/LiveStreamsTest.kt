package twitchactors.collect

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.sources.LiveStream
import twitchactors.sources.NoAnswer
import twitchactors.sources.TwitchApi
import java.time.Duration
import java.time.Instant
import java.util.Optional
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

class LiveStreamsTest {
    private val time = TestTime(Instant.parse("2022-08-01T10:00:00Z"))
    private val twitch = MemoryTwitch()

    /** What was asked, question by question. */
    private val questions = ArrayList<List<Login>>()

    /** What becomes of a question. */
    private var answer: (List<Login>) -> CompletionStage<List<LiveStream>> = { twitch.liveStreams(it) }
    private val api = object : TwitchApi by twitch {
        override fun liveStreams(streamers: Collection<Login>): CompletionStage<List<LiveStream>> {
            questions += streamers.toList()
            return answer(streamers.toList())
        }
    }
    private val wait = Duration.ofSeconds(10)
    private val streams = time.spawn(LiveStreams.create(api, wait))
    private val all = List(250) { Login.require("streamer_$it") }

    @AfterEach
    fun stop() = time.close()

    private fun ask(streamers: List<Login>): Map<Login, CompletableFuture<Optional<LiveStream>>> =
        time.doing { streamers.associateWith { LiveStreams.ask(streams, it).toCompletableFuture() } }

    private fun said(of: CompletableFuture<Optional<LiveStream>>): String = when {
        !of.isDone -> "nothing"
        else -> of.handle { stream, failure ->
            failure?.let { (it as NoAnswer).reason } ?: stream.map { it.streamer.name }.orElse("offline")
        }.join()
    }

    @Test
    fun `those who ask within a while are asked about together, and each hears of its own`() {
        twitch.live = all.filterIndexed { i, _ -> i % 2 == 0 }
        val early = ask(all.take(3))
        time.pass(wait.minusMillis(1))
        val late = ask(all.drop(3).take(2))
        assertEquals(emptyList<Any>(), questions)
        time.pass(Duration.ofMillis(1))
        assertEquals(listOf(all.take(5)), questions)
        assertEquals(listOf("streamer_0", "offline", "streamer_2", "offline", "streamer_4"), (early + late).values.map(::said))
        // The next one waits for others as long as the first did.
        ask(all.take(1))
        time.pass(wait.minusMillis(1))
        assertEquals(1, questions.size)
        time.pass(Duration.ofMillis(1))
        assertEquals(2, questions.size)
    }

    @Test
    fun `as many as go into one question do not wait`() {
        ask(all)
        assertEquals(listOf(all.take(100), all.drop(100).take(100)), questions)
        time.pass(wait)
        assertEquals(all.drop(200), questions.last())
        assertEquals(3, questions.size)
    }

    @Test
    fun `who is asked about twice is in the question once, and both hear of it`() {
        twitch.live = all
        val first = ask(all.take(1))
        val again = ask(all.take(1))
        time.pass(wait)
        assertEquals(listOf(all.take(1)), questions)
        assertEquals(listOf("streamer_0", "streamer_0"), (first.values + again.values).map(::said))
    }

    @Test
    fun `one of whom Twitch cannot be asked spoils nobody else's answer`() {
        twitch.live = all
        val bad = all[42]
        answer = { if (bad in it) CompletableFuture.failedFuture(NoAnswer("Twitch answered 400")) else twitch.liveStreams(it) }
        val answers = ask(all.take(100))
        for ((streamer, said) in answers) assertEquals(if (streamer == bad) "Twitch answered 400" else streamer.name, said(said))
        // 100, 50, 25, 13, 7, 4, 2 and 1: two questions for each halving.
        assertTrue(questions.size in 13..15) { "${questions.map { it.size }}" }
    }

    @Test
    fun `an outage costs three questions, not one for each streamer`() {
        answer = { CompletableFuture.failedFuture(NoAnswer("Twitch answered 503")) }
        val answers = ask(all.take(100))
        assertEquals(listOf(100, 50, 50), questions.map { it.size })
        assertEquals(setOf("Twitch answered 503"), answers.values.map(::said).toSet())
    }

    @Test
    fun `a half that fails before the other one succeeds is halved too`() {
        twitch.live = all
        val open = ArrayList<Pair<List<Login>, CompletableFuture<List<LiveStream>>>>()
        answer = { asked -> CompletableFuture<List<LiveStream>>().also { open += asked to it } }
        val answers = ask(all.take(100))
        fun fail(index: Int) = time.doing { open[index].second.completeExceptionally(NoAnswer("Twitch answered 500")) }
        fun succeed(index: Int) = time.doing { open[index].second.complete(open[index].first.map(MemoryTwitch::stream)) }
        fail(0)
        assertEquals(3, open.size)
        fail(1)
        assertEquals(3, open.size, "whether it is an outage is not known yet")
        succeed(2)
        assertEquals(listOf(25, 25), open.drop(3).map { it.first.size })
        succeed(4)
        fail(3)
        assertEquals(listOf(12, 13), open.drop(5).map { it.first.size })
        fail(5)
        fail(6)
        assertEquals(7, open.size)
        val given = answers.entries.groupBy({ said(it.value) == it.key.name }, { it.key })
        assertEquals(all.take(25), given.getValue(false))
        assertTrue(given.getValue(false).all { said(answers.getValue(it)) == "Twitch answered 500" })
    }

    @Test
    fun `a slow question is in nobody's way`() {
        twitch.live = all
        val slow = CompletableFuture<List<LiveStream>>()
        answer = { if (all[0] in it) slow else twitch.liveStreams(it) }
        val waiting = ask(all.take(1))
        time.pass(wait)
        val other = ask(all.drop(1).take(1))
        time.pass(wait)
        assertFalse(waiting.values.single().isDone)
        assertEquals("streamer_1", said(other.values.single()))
        time.doing { slow.complete(listOf(MemoryTwitch.stream(all[0]))) }
        assertEquals("streamer_0", said(waiting.values.single()))
    }

    @Test
    fun `a source that throws is a failure of that question alone`() {
        twitch.live = all
        answer = { throw IllegalStateException("a mistake") }
        val failed = ask(all.take(1)).values.single()
        time.pass(wait)
        assertTrue(failed.isCompletedExceptionally)
        answer = { twitch.liveStreams(it) }
        val next = ask(all.take(1)).values.single()
        time.pass(wait)
        assertEquals("streamer_0", said(next))
    }
}
