package twitchactors.collect

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.pekko.actor.typed.ActorRef
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.topics.SampleCodec
import twitchactors.topics.wire.Sample
import java.time.Duration
import java.util.concurrent.CompletableFuture

/** The closing of days on a topic in memory, in a time that passes when the test says so. */
class DayCloserTest {
    private val day = checkNotNull(Day.parse("2022-08-01"))
    private val time = TestTime(DaySlot.of(day, 265).startsAt)
    private val one = Login.require("one")
    private val two = Login.require("two")
    private val topic = MemoryTopic()
    private val board = CollectBoard()
    private val settings = CollectSettings(dayGrace = Duration.ofMinutes(10))
    private val records = PollRecords("samples")
    private val out = SamplesOut(time.system, topic::send, 1 shl 20, 16, Duration.ofMillis(20), board)
    private val roster = Roster()
    private var isRosterAway = false

    @AfterEach
    fun stop() = time.close()

    private fun closer(): ActorRef<DayCloser.Command> {
        val outside = DayCloserOutside(topic, out, "samples") { slots, replyTo ->
            if (!isRosterAway) replyTo.tell(RosterKeeper.Spans(slots, roster.spansIn(slots)))
        }
        return time.spawn(DayCloser.create(outside, settings, time.clock, board))
    }

    private fun slot(number: Int) = DaySlot.of(day, number)

    private fun send(vararg records: ProducerRecord<ByteArray, ByteArray>) = time.doing { topic.send(records.toList()) }

    private fun polled(streamer: Login, slot: DaySlot) = records.offline(streamer, slot, slot.startsAt, "p")

    private fun sample(streamer: Login, slot: DaySlot, chunk: Int = 0, chunks: Int = 1, source: String = "chatters") = SampleCodec.record(
        "samples",
        Sample.newBuilder().setStreamer(streamer.name).setDay(slot.day.epochDay).setSlot(slot.slot.index).setSource(source)
            .setPoll("${streamer.name}:$slot").setChunk(chunk).setChunks(chunks).build(),
    )

    private fun closes(day: Day = this.day) = topic.closes.filter { it.day == day.epochDay }

    private fun gaps() = topic.samples.filter {
        it.day == day.epochDay && it.gap.isNotEmpty()
    }.map { Triple(it.streamer, it.slot, it.gap) }.sortedBy { "$it" }

    /** When the day is closed: at the first look behind its grace. */
    private val closeAt = DaySlot.lastOf(day).endsAt + settings.dayGrace

    private fun goToClose() = time.goTo(closeAt.plusSeconds(15))

    @Test
    fun `what is missing is listed once, whole polls are not, and the day is closed behind all of it`() {
        roster.take(RosterChanged(slot(284), listOf(one, two), emptyList())).take(RosterChanged(slot(287), emptyList(), listOf(two)))
        closer()
        send(
            sample(one, slot(284)),
            polled(one, slot(285)),
            sample(one, slot(287)),
            sample(two, slot(284), 0, 2),
            sample(two, slot(284), 1, 2),
        )
        send(sample(two, slot(285), 1, 2))
        time.goTo(closeAt.minusMillis(1))
        assertEquals(emptyList<Any>(), closes())
        goToClose()
        val never = DayCloser.NEVER_CAME
        assertEquals(listOf(Triple("one", 286, never), Triple("two", 285, never), Triple("two", 286, never)), gaps())
        assertEquals(3L + 1, board.gaps()[never], "and one of the next day")
        assertEquals(listOf("live", "live"), closes().map { it.feed })
        assertEquals(setOf(0, 1), closes().map { it.sourcePartition }.toSet())
        assertTrue(topic.closes.all { it.source == "live" && it.sourcePartitions == 2 })
        time.pass(Duration.ofHours(3))
        assertEquals(2, closes().size)
        assertEquals(3, gaps().size)
    }

    @Test
    fun `while the clock is not to be trusted nothing is listed and no day is closed`() {
        roster.take(RosterChanged(slot(266), listOf(one), emptyList()))
        closer()
        time.pass(Duration.ofSeconds(15))
        time.isTrusted = false
        time.clockIsAhead = Duration.ofHours(5)
        time.pass(Duration.ofSeconds(15))
        assertEquals(emptyList<Any>(), closes() + gaps())
        time.isTrusted = true
        time.clockIsAhead = Duration.ZERO
        goToClose()
        assertEquals(listOf("live", "live"), closes().map { it.feed })
    }

    @Test
    fun `a gap is listed when no poll of its slot can go on any more, and not before`() {
        roster.take(RosterChanged(slot(266), listOf(one), listOf()))
        closer()
        time.goTo(slot(266).endsAt + settings.slotGrace - Duration.ofMillis(1))
        assertEquals(emptyList<Any>(), gaps())
        time.pass(Duration.ofSeconds(15))
        assertEquals(listOf(Triple("one", 266, DayCloser.NEVER_CAME)), gaps())
        time.pass(Duration.ofSeconds(15))
        assertEquals(CollectBoard.ClosingStatus(slot(266), 0, null), board.closing())
        assertEquals(1, gaps().size)
    }

    @Test
    fun `what stands in the topic is read before anything is listed, however long that takes`() {
        roster.take(RosterChanged(slot(266), listOf(one), emptyList()))
        closer()
        val readable = CompletableFuture<Unit>()
        topic.readable = readable
        send(sample(one, slot(266)))
        time.goTo(slot(268).startsAt)
        assertEquals(emptyList<Any>(), gaps())
        assertEquals(null, board.closing()?.lastLookedThrough)
        time.doing { readable.complete(Unit) }
        time.pass(Duration.ofMinutes(1))
        assertEquals(emptyList<Any>(), gaps())
        assertEquals(slot(266), board.closing()?.lastLookedThrough)
    }

    @Test
    fun `the gaps of a poller are not listed again, and what others feed counts for nothing`() {
        roster.take(RosterChanged(slot(284), listOf(one), emptyList()))
        closer()
        send(records.gap(one, slot(284), slot(284).startsAt, "p", "Twitch answered 503"), sample(one, slot(285), source = "recorded"))
        send(sample(one, slot(286)), sample(one, slot(286)))
        goToClose()
        assertEquals(
            listOf(284 to "Twitch answered 503", 285 to DayCloser.NEVER_CAME, 287 to DayCloser.NEVER_CAME),
            gaps().map { it.second to it.third },
        )
    }

    @Test
    fun `a restart lists nothing twice, and lists what it slept over, and closes the day that is over`() {
        roster.take(RosterChanged(slot(280), listOf(one), emptyList()))
        val before = closer()
        time.goTo(slot(283).startsAt)
        time.stop(before)
        assertEquals(listOf(280, 281), gaps().map { it.second })
        assertEquals(null, board.closing())
        // Nothing of the next two slots; something of the one behind them.
        send(sample(one, slot(284)))
        time.goTo(closeAt.plusSeconds(3600))
        assertEquals(emptyList<Any>(), closes())
        closer()
        time.pass(Duration.ofMinutes(1))
        val (never, notRunning) = DayCloser.NEVER_CAME to DayCloser.NOT_RUNNING
        assertEquals(
            listOf(280 to never, 281 to never) + listOf(282, 283, 285, 286, 287).map { it to notRunning },
            gaps().map { it.second to it.third },
        )
        assertEquals(2, closes().size)
        assertEquals(2, topic.closes.size, "the day that goes on is not closed")
    }

    @Test
    fun `a sample behind the close closes the day once more, by another feed, and a gap does not`() {
        roster.take(RosterChanged(slot(287), listOf(one), emptyList()))
        closer()
        goToClose()
        send(polled(two, slot(286)), records.gap(two, slot(285), slot(285).startsAt, "p", "late"))
        time.pass(Duration.ofHours(1))
        assertEquals(2, closes().size)
        send(sample(one, slot(287)))
        time.pass(settings.slotGrace - Duration.ofMillis(1))
        assertEquals(2, closes().size, "others may follow")
        time.pass(Duration.ofSeconds(15))
        val feeds = closes().groupBy { it.feed }
        assertEquals(setOf(2), feeds.values.map { it.size }.toSet())
        assertEquals(2, feeds.size)
        send(sample(two, slot(287)))
        time.pass(Duration.ofHours(1))
        assertEquals(3, closes().groupBy { it.feed }.size, "a feed that has closed a day never does so again")
        assertTrue(DayCloser.FEED in feeds)
    }

    @Test
    fun `a day of which a sample came behind the close is closed once more after a restart too`() {
        roster.take(RosterChanged(slot(287), listOf(one), emptyList()))
        val before = closer()
        goToClose()
        send(sample(one, slot(287)))
        time.stop(before)
        closer()
        time.pass(Duration.ofMinutes(10))
        assertEquals(2, closes().groupBy { it.feed }.size)
    }

    @Test
    fun `while Kafka takes nothing it waits, and closes the day then`() {
        roster.take(RosterChanged(slot(287), listOf(one), emptyList()))
        val works = topic.acknowledge
        topic.acknowledge = { error("Kafka is away") }
        closer()
        time.goTo(closeAt + Duration.ofMinutes(10))
        assertTrue(topic.samples.isEmpty() && topic.closes.isEmpty())
        assertEquals("Kafka is away", board.kafkaTrouble)
        topic.acknowledge = works
        time.pass(Duration.ofMinutes(1))
        assertEquals(2, closes().size)
        assertEquals(listOf(Triple("one", 287, DayCloser.NEVER_CAME)), gaps())
    }

    @Test
    fun `while the roster does not answer nothing is listed, and nothing is closed`() {
        roster.take(RosterChanged(slot(287), listOf(one), emptyList()))
        isRosterAway = true
        closer()
        time.goTo(closeAt + Duration.ofMinutes(10))
        assertTrue(topic.samples.isEmpty() && topic.closes.isEmpty())
        assertEquals("asking the roster failed: no answer", board.closing()?.trouble)
        isRosterAway = false
        time.pass(Duration.ofMinutes(1))
        assertEquals(2, closes().size)
        assertEquals(1, gaps().size)
        assertEquals(null, board.closing()?.trouble)
    }

    @Test
    fun `what Kafka does not tell is asked again, and a reading that ends is begun again`() {
        roster.take(RosterChanged(slot(286), listOf(one), emptyList()))
        topic.isAway = true
        closer()
        time.goTo(slot(286).startsAt)
        topic.isAway = false
        time.pass(Duration.ofMinutes(1))
        time.doing { topic.breakReading() }
        send(sample(one, slot(286)))
        goToClose()
        assertEquals(listOf(287), gaps().map { it.second })
        assertEquals(2, closes().size)
    }
}
