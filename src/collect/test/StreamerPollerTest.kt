package twitchactors.collect

import org.apache.pekko.actor.typed.ActorRef
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import twitchactors.sources.ChatterLists
import twitchactors.sources.ChatterSource
import twitchactors.sources.Chatters
import twitchactors.sources.NoAnswer
import twitchactors.topics.wire.Sample
import java.time.Duration
import java.time.Instant
import java.util.Optional
import java.util.concurrent.CompletableFuture

/** One poller, in a time that passes when the test says so. */
class StreamerPollerTest {
    private val first = DaySlot.at(Instant.parse("2022-08-01T10:00:00Z"))
    private val time = TestTime(first.startsAt)
    private val settings = CollectSettings()

    /** Whose moment is in the middle of the slot. */
    private val streamer = (1..1000).map { Login.require("streamer_$it") }.first {
        StreamerPoller.momentOf(it, first, settings) in first.momentAt(0.4)..first.momentAt(0.5)
    }
    private val twitch = MemoryTwitch().also { it.live = listOf(streamer) }
    private val topic = MemoryTopic()
    private val board = CollectBoard()
    private val records = PollRecords("samples")
    private var admits: LoginFilter = LoginFilter.All
    private var track: (() -> Unit)? = null

    @AfterEach
    fun stop() = time.close()

    private fun out(bytes: Long = 1 shl 20) = SamplesOut(time.system, topic::send, bytes, 16, Duration.ofSeconds(1), board)

    private fun poller(
        out: SamplesOut = out(),
        settings: CollectSettings = this.settings,
        chatters: ChatterLists = twitch,
    ): ActorRef<StreamerPoller.Command> {
        val live = { asked: Login -> twitch.liveStreams(listOf(asked)).thenApply { Optional.ofNullable(it.firstOrNull()) } }
        val outside = PollerOutside(live, chatters, { admits }, out, records, board)
        return time.spawn(StreamerPoller.create(streamer, outside, settings, time.clock))
    }

    /** A poller that is told to live from now on, as the roster does it. */
    private fun tracked(
        from: DaySlot = first,
        until: DaySlot? = null,
        poller: ActorRef<StreamerPoller.Command> = poller(),
    ): ActorRef<StreamerPoller.Command> {
        val tell = { time.doing { poller.tell(StreamerPoller.Track(from.number, until?.number)) } }
        track = tell
        tell()
        return poller
    }

    private fun goTo(moment: Instant) {
        while (time.now < moment) {
            time.goTo(minOf(moment, time.now + Duration.ofMinutes(1)))
            track?.invoke()
        }
    }

    private fun moment(slot: DaySlot) = StreamerPoller.momentOf(streamer, slot, settings)

    /** Goes to where the poll of [slot] has just begun. */
    private fun poll(slot: DaySlot) = goTo(moment(slot))

    private fun told() =
        topic.samples.filter { it.streamer == streamer.name }.sortedBy { it.slot }.map { it.slot - first.slot.index to said(it) }

    private fun said(sample: Sample) = when {
        sample.offline -> "offline"
        sample.gap.isNotEmpty() -> sample.gap
        else -> sample.logins.toStringUtf8().replace('\n', ' ')
    }

    private fun names(slot: DaySlot) = MemoryTwitch.names(streamer, slot).joinToString(" ")

    private fun assertTold(vararg expected: Pair<Int, String>) {
        assertEquals(expected.toList(), told())
        assertEquals(0, board.pollsInFlight.get())
    }

    @Test
    fun `each slot has one sample, with all that is known of the stream, of the moment that is the streamer's own`() {
        tracked()
        goTo(moment(first).minusMillis(1))
        assertTold()
        goTo((first + 3).startsAt)
        assertTold(0 to names(first), 1 to names(first + 1), 2 to names(first + 2))
        val sample = topic.samples.minBy { it.slot }
        assertEquals(streamer.name, sample.streamer)
        assertEquals(moment(first).epochSecond, sample.polledAt)
        assertEquals(
            listOf("chatters", "A title", "Just Chatting", "fr", "2"),
            listOf(sample.source, sample.title, sample.category, sample.language, sample.streamId),
        )
        assertTrue(sample.complete)
        assertEquals(1000, sample.liveViewers)
        assertEquals(3, topic.samples.map { it.poll }.toSet().size)
        assertEquals(3, board.samples.sum())
    }

    @Test
    fun `moments are spread over most of the slot`() {
        val shares = (1..2000).map { number ->
            val moment = StreamerPoller.momentOf(Login.require("streamer_$number"), first, settings)
            Duration.between(first.startsAt, moment).toMillis() / 300_000.0
        }
        assertTrue(shares.all { it in 0.1..0.8 })
        val inTenths = shares.groupingBy { (it * 10).toInt() }.eachCount()
        assertTrue(inTenths.filterKeys { it in 1..7 }.values.all { it in 200..370 }) { "$inTenths" }
    }

    @Test
    fun `who is not live is offline, which is neither a gap nor an empty sample`() {
        twitch.live = emptyList()
        tracked()
        poll(first)
        assertTold(0 to "offline")
        assertEquals("collect", topic.samples.single().source)
        assertEquals(1, board.offline.sum())
        assertEquals(emptyMap<String, Long>(), board.gaps())
    }

    @Test
    fun `what Twitch does not answer is a gap with its reason, and the next slot has its poll`() {
        tracked()
        twitch.liveFails = { NoAnswer("Twitch answered 503") }
        poll(first)
        twitch.liveFails = { error("a mistake of ours") }
        poll(first + 1)
        twitch.liveFails = { null }
        twitch.answer = { _, _ -> CompletableFuture.failedFuture(NoAnswer("the token is expired")) }
        poll(first + 2)
        twitch.answer = { _, _ -> error("a mistake of ours") }
        poll(first + 3)
        twitch.answer = { _, chatters -> CompletableFuture.completedFuture(chatters()) }
        poll(first + 4)
        val mistake = "the poll failed: IllegalStateException"
        assertTold(0 to "Twitch answered 503", 1 to mistake, 2 to "the token is expired", 3 to mistake, 4 to names(first + 4))
        assertEquals(mapOf("Twitch answered 503" to 1L, mistake to 2L, "the token is expired" to 1L), board.gaps())
        assertEquals(1, board.pollers.get())
    }

    @Test
    fun `a poll without an answer is a gap when its time is over, and what it says later counts for nothing`() {
        val answer = CompletableFuture<Chatters>()
        var held: (() -> Chatters)? = null
        twitch.answer = { _, chatters -> answer.also { held = chatters } }
        tracked()
        poll(first)
        goTo(first.endsAt + settings.overtime - Duration.ofMillis(1))
        assertEquals(emptyList<Any>(), told())
        assertEquals(1, board.pollsInFlight.get())
        goTo(first.endsAt + settings.overtime)
        assertTold(0 to StreamerPoller.TOO_LATE)
        twitch.answer = { _, chatters -> CompletableFuture.completedFuture(chatters()) }
        time.doing { answer.complete(checkNotNull(held)()) }
        assertTold(0 to StreamerPoller.TOO_LATE)
        poll(first + 1)
        assertTold(0 to StreamerPoller.TOO_LATE, 1 to names(first + 1))
    }

    @Test
    fun `an answer that comes when the slot is over, but in time, counts for its slot`() {
        var give = {}
        twitch.answer = { _, chatters -> CompletableFuture<Chatters>().also { give = { it.complete(chatters()) } } }
        tracked()
        goTo(first.endsAt.plusSeconds(5))
        time.doing { give() }
        assertTold(0 to names(first))
    }

    @Test
    fun `while a poll goes on there is no other, and the slot that it is in the way of is a gap`() {
        twitch.answer = { _, _ -> CompletableFuture() }
        // Longer than may be configured: here a poll can reach into the moment of the next one.
        tracked(poller = poller(settings = settings.copy(overtime = Duration.ofSeconds(200))))
        poll(first)
        goTo(moment(first + 1).minusMillis(1))
        assertEquals(emptyList<Any>(), told())
        poll(first + 1)
        assertEquals(listOf(1 to StreamerPoller.STILL_BUSY), told())
        assertEquals(1, board.pollsInFlight.get())
        assertEquals(1, twitch.questions.get())
        goTo(first.endsAt.plusSeconds(200))
        assertTold(0 to StreamerPoller.TOO_LATE, 1 to StreamerPoller.STILL_BUSY)
    }

    @Test
    fun `when the way to Kafka is full the poll waits, and goes out as soon as there is room`() {
        val out = out(ROOM)
        val free = fill(out)
        tracked(poller = poller(out))
        poll(first)
        goTo(first.endsAt)
        assertEquals(1, board.pollsInFlight.get(), "it waits")
        time.doing(free)
        assertEquals(0, board.pollsInFlight.get())
        assertEquals(0 to names(first), told().last())
        assertEquals(emptyMap<String, Long>(), board.gaps())
    }

    @Test
    fun `when the way to Kafka stays full the poll is a gap, for which there is a small reserve`() {
        val out = out(ROOM)
        val free = fill(out)
        tracked(poller = poller(out))
        poll(first)
        goTo(first.endsAt + settings.overtime)
        assertEquals(mapOf(StreamerPoller.FULL to 1L), board.gaps())
        assertEquals(0, board.gapsUnsaid.sum())
        goTo((first + 1).endsAt + settings.overtime)
        assertEquals(mapOf(StreamerPoller.FULL to 2L), board.gaps())
        assertEquals(1, board.gapsUnsaid.sum(), "the reserve is used up too: the closing of the day will list it")
        time.doing(free)
        poll(first + 2)
        assertEquals(listOf(0 to StreamerPoller.FULL, 2 to names(first + 2)), told())
    }

    /** Fills the room of [out]; what is returned empties it, and lets Kafka work again. */
    private fun fill(out: SamplesOut): () -> Unit {
        val works = topic.acknowledge
        val held = ArrayList<() -> Unit>()
        topic.acknowledge = { append -> CompletableFuture<Unit>().also { held += { it.complete(append()) } } }
        val other = MemoryTwitch.stream(Login.require("other"))
        val names = List(ROOM.toInt() / 26 - 15) { "v".repeat(25) }.joinToString("\n").toByteArray()
        val filling = records.sample(other, first, first.startsAt, "p", Chatters(ChatterSource.CHATTERS, true, names, 0), LoginFilter.All)
        time.doing { out.offer(filling.records) }
        assertTrue(board.bufferFill.first in ROOM - SMALLEST..ROOM) { "${board.bufferFill}" }
        return {
            topic.acknowledge = works
            held.forEach { it() }
        }
    }

    @Test
    fun `viewers who are kept out are in no sample`() {
        val out = MemoryTwitch.names(streamer, first).first()
        admits = LoginFilter { bytes, from, to -> String(bytes, from, to - from) != out }
        tracked()
        poll(first)
        assertTold(0 to MemoryTwitch.names(streamer, first).drop(1).joinToString(" "))
        assertEquals(1, board.keptOut.sum())
    }

    @Test
    fun `a poller that fails says so, and works again`() {
        admits = LoginFilter { _, _, _ -> error("a mistake of ours") }
        tracked(from = first - 1)
        poll(first)
        assertTold(0 to StreamerPoller.FAILED)
        assertEquals(0, board.pollers.get())
        admits = LoginFilter.All
        goTo(first.endsAt)
        assertEquals(1, board.pollers.get())
        assertTrue(streamer in twitch.followed)
        poll(first + 1)
        assertTold(0 to StreamerPoller.FAILED, 1 to names(first + 1))
    }

    @Test
    fun `a poller that cannot start tries again, ever more seldom, and works when it can`() {
        val starts = ArrayList<Instant>()
        var isBroken = true
        val chatters = object : ChatterLists by twitch {
            override fun follow(streamer: Login) {
                starts += time.now
                if (isBroken) error("no chat")
                twitch.follow(streamer)
            }
        }
        tracked(from = first - 1, poller = poller(chatters = chatters))
        goTo(first.startsAt.plusSeconds(200))
        val pauses = starts.zipWithNext { a, b -> Duration.between(a, b).toMillis() }
        var least = 200L
        for (pause in pauses) {
            assertTrue(pause in least..least * 6 / 5 + 1) { "$pauses" }
            least = minOf(2 * least, 30_000)
        }
        assertTrue(least == 30_000L && pauses.size > 8) { "$pauses" }
        assertEquals(0, board.pollers.get())
        isBroken = false
        poll(first + 1)
        assertEquals(1, board.pollers.get())
        assertTold(1 to names(first + 1))
    }

    @Test
    fun `a poller that moves away in the middle of a poll says so`() {
        twitch.answer = { _, _ -> CompletableFuture() }
        val poller = tracked()
        poll(first)
        time.doing { poller.tell(StreamerPoller.HandOver) }
        assertTold(0 to StreamerPoller.LEFT)
        assertFalse(streamer in twitch.followed)
        assertEquals(0, board.pollers.get())
    }

    @Test
    fun `a poller that moves away when its sample is taken in says nothing, for it goes out without it`() {
        var give = {}
        topic.acknowledge = { append -> CompletableFuture<Unit>().also { give = { it.complete(append()) } } }
        val poller = tracked()
        poll(first)
        time.doing { poller.tell(StreamerPoller.HandOver) }
        time.doing(give)
        assertTold(0 to names(first))
        assertEquals(emptyMap<String, Long>(), board.gaps())
    }

    @Test
    fun `one that begins when its moment is over leaves the slot to those who list what is missing, unless it is its first`() {
        goTo(moment(first + 1).plusSeconds(5))
        tracked(from = first)
        goTo((first + 2).startsAt)
        assertTold()
        poll(first + 2)
        assertTold(2 to names(first + 2))
    }

    @Test
    fun `one that begins before its moment polls in this slot, however long it is tracked`() {
        goTo(moment(first + 2).minusSeconds(5))
        tracked(from = first)
        poll(first + 2)
        assertTold(2 to names(first + 2))
    }

    @Test
    fun `a streamer who is new in this slot is polled at once`() {
        goTo(moment(first).plusSeconds(5))
        tracked(from = first)
        assertTold(0 to names(first))
    }

    @Test
    fun `a streamer who is new so late that no poll is due any more is polled from the next slot on`() {
        goTo(first.momentAt(settings.spreadTo).plusMillis(1))
        tracked(from = first)
        goTo((first + 1).startsAt)
        assertTold()
        poll(first + 1)
        assertTold(1 to names(first + 1))
    }

    @Test
    fun `a streamer is polled from the slot on from which it is tracked`() {
        tracked(from = first + 2)
        goTo((first + 2).startsAt)
        assertTold()
        poll(first + 2)
        assertTold(2 to names(first + 2))
    }

    @Test
    fun `a poller ends with the last slot of its streamer, and another one begins again`() {
        tracked(until = first + 1)
        poll(first)
        assertTold(0 to names(first))
        assertFalse(streamer in twitch.followed)
        assertEquals(0, board.pollers.get())
        tracked(from = first + 3)
        goTo((first + 3).startsAt)
        poll(first + 3)
        assertTold(0 to names(first), 3 to names(first + 3))
    }

    @Test
    fun `a poller that hears in time that it is tracked again later waits for then`() {
        val poller = tracked()
        poll(first)
        tracked(from = first + 3, poller = poller)
        goTo((first + 4).startsAt)
        assertTold(0 to names(first), 3 to names(first + 3))
    }

    @Test
    fun `a poller of which nobody has heard for long ends`() {
        tracked()
        track = null
        goTo(first.startsAt + Duration.ofMinutes(10) - Duration.ofMillis(1))
        assertEquals(1, board.pollers.get())
        goTo(first.startsAt + Duration.ofMinutes(10))
        assertEquals(0, board.pollers.get())
        assertTold(0 to names(first), 1 to names(first + 1))
    }

    @Test
    fun `a node that slept says what it missed, as far as it is not listed already`() {
        tracked()
        poll(first)
        // What a sleeping machine looks like when it is awake again: its timers come late.
        time.clockIsAhead = Duration.between(moment(first + 1), (first + 3).startsAt.plusSeconds(20))
        poll(first + 1)
        assertTold(0 to names(first), 2 to StreamerPoller.NOT_BEGUN)
        goTo(moment(first + 3) - time.clockIsAhead)
        assertTold(0 to names(first), 2 to StreamerPoller.NOT_BEGUN, 3 to names(first + 3))
    }

    @Test
    fun `a clock that is set back polls no slot before its time, nor twice`() {
        tracked()
        poll(first)
        time.clockIsAhead = Duration.ofMinutes(-7)
        goTo(moment(first + 1) + Duration.ofMinutes(7) - Duration.ofMillis(1))
        assertTold(0 to names(first))
        goTo(moment(first + 1) + Duration.ofMinutes(7))
        assertTold(0 to names(first), 1 to names(first + 1))
    }

    @Test
    fun `while the clock is not to be trusted nothing is polled, and once it is right again the slot is not lost`() {
        tracked()
        poll(first)
        time.isTrusted = false
        time.clockIsAhead = Duration.ofMinutes(4)
        goTo(moment(first + 1).plusSeconds(30))
        assertTold(0 to names(first))
        time.isTrusted = true
        time.clockIsAhead = Duration.ZERO
        goTo(moment(first + 1).plusSeconds(31))
        assertTold(0 to names(first), 1 to names(first + 1))
    }

    @Test
    fun `one that begins while the clock is not to be trusted waits until it is`() {
        time.isTrusted = false
        time.clockIsAhead = Duration.ofMinutes(-10)
        tracked(from = first - 1)
        goTo(first.startsAt.plusSeconds(90))
        time.isTrusted = true
        time.clockIsAhead = Duration.ZERO
        goTo(first.startsAt.plusSeconds(91))
        poll(first + 1)
        assertTold(0 to names(first), 1 to names(first + 1))
    }

    private companion object {
        /** With a reserve for one gap. */
        const val ROOM = 4000L

        /** No record takes less of it. */
        const val SMALLEST = 250L
    }
}
