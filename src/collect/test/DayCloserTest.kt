package twitchactors.collect

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.apache.pekko.actor.typed.ActorRef
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.topics.SampleCodec
import twitchactors.topics.wire.Sample
import java.time.Duration
import java.time.Instant

/** The closing of days on a topic in memory, in a time that passes fast. */
class DayCloserTest {
    private val kit = ActorTestKit.create(ConfigFactory.load("collect-memory"))
    private val probe = kit.createTestProbe<Any>()
    private val day = checkNotNull(Day.parse("2022-08-01"))
    private val one = Login.require("one")
    private val two = Login.require("two")
    private val topic = MemoryTopic()
    private val board = CollectBoard()
    private val settings = CollectSettings(dayGrace = Duration.ofMinutes(10))
    private val records = PollRecords("samples")
    private val out = SamplesOut(kit.system(), topic::send, 1 shl 20, 16, Duration.ofMillis(20), board)
    private val roster = Roster()

    @AfterEach
    fun stop() = kit.shutdownTestKit()

    private fun clock(start: Instant) = SlotClock.simulated(start, SPEED)

    private fun closer(clock: SlotClock): ActorRef<DayCloser.Command> {
        val outside = DayCloserOutside(topic, out, "samples") { slots, replyTo ->
            replyTo.tell(RosterKeeper.Spans(slots, synchronized(roster) { roster.spansIn(slots) }))
        }
        return kit.spawn(DayCloser.create(outside, settings, clock, board))
    }

    private fun slot(number: Int) = DaySlot.of(day, number)

    private fun eventually(what: String, condition: () -> Boolean) {
        probe.awaitAssert(Duration.ofSeconds(30), Duration.ofMillis(10)) {
            check(condition()) { "no $what: ${topic.samples.size} samples, ${topic.closes}" }
        }
    }

    private fun polled(streamer: Login, slot: DaySlot) = records.offline(streamer, slot, slot.startsAt, "p")

    private fun sample(streamer: Login, slot: DaySlot, chunk: Int = 0, chunks: Int = 1) = SampleCodec.record(
        "samples",
        Sample.newBuilder().setStreamer(streamer.name).setDay(slot.day.epochDay).setSlot(slot.slot.index).setSource("chatters")
            .setPoll("${streamer.name}:$slot").setChunk(chunk).setChunks(chunks).build(),
    )

    private fun isClosed() = topic.closes.count { it.day == day.epochDay } >= 2

    private fun gaps() = topic.samples.filter {
        it.day == day.epochDay && it.gap.isNotEmpty()
    }.map { Triple(it.streamer, it.slot, it.gap) }.sortedBy { "$it" }

    @Test
    fun `what is missing is listed once, whole polls are not, and the day is closed behind all of it`() {
        roster.take(RosterChanged(slot(284), listOf(one, two), emptyList())).take(RosterChanged(slot(287), emptyList(), listOf(two)))
        closer(clock(slot(265).startsAt))
        eventually("begin") { board.closing() != null }
        topic.send(
            listOf(
                sample(one, slot(284)),
                polled(one, slot(285)),
                sample(one, slot(287)),
                sample(two, slot(284), 0, 2),
                sample(two, slot(284), 1, 2),
            ),
        )
        topic.send(listOf(sample(two, slot(285), 1, 2)))
        eventually("close") { isClosed() }
        val never = DayCloser.NEVER_CAME
        assertEquals(listOf(Triple("one", 286, never), Triple("two", 285, never), Triple("two", 286, never)), gaps())
        assertEquals(listOf("live", "live"), topic.closes.filter { it.day == day.epochDay }.map { it.feed })
        assertEquals(setOf(0, 1), topic.closes.map { it.sourcePartition }.toSet())
        assertTrue(topic.closes.all { it.source == "live" && it.sourcePartitions == 2 })
    }

    @Test
    fun `a restart lists nothing twice, and lists what it slept over, and closes the day that is over`() {
        roster.take(RosterChanged(slot(280), listOf(one), emptyList()))
        val start = clock(slot(265).startsAt)
        val before = closer(start)
        eventually("first gap") { gaps().isNotEmpty() }
        kit.stop(before)
        val listed = gaps().map { it.second }
        val soFar = listed.max()
        // Nothing of the next two slots; something of the one behind them.
        val there = soFar + 3
        topic.send(listOf(sample(one, slot(there))))
        closer(clock(DaySlot.lastOf(day).endsAt.plusSeconds(3600)))
        eventually("close") { isClosed() }
        assertEquals((280..287).filter { it != there }, gaps().map { it.second }.sorted())
        assertEquals(setOf(DayCloser.NOT_RUNNING), gaps().filter { it.second > soFar }.map { it.third }.toSet())
        assertTrue(gaps().filter { it.second <= soFar }.all { it.third == DayCloser.NEVER_CAME })
    }

    @Test
    fun `a sample behind the close closes the day once more, by another feed`() {
        roster.take(RosterChanged(slot(287), listOf(one), emptyList()))
        closer(clock(slot(265).startsAt))
        eventually("close") { isClosed() }
        topic.send(listOf(polled(two, slot(286)), records.gap(two, slot(285), slot(285).startsAt, "p", "late")))
        topic.send(listOf(sample(one, slot(287))))
        eventually("second close") { topic.closes.count { it.day == day.epochDay } >= 4 }
        val feeds = topic.closes.filter { it.day == day.epochDay }.groupBy { it.feed }
        assertEquals(setOf(2), feeds.values.map { it.size }.toSet())
        assertEquals(2, feeds.size)
        assertNotEquals("live", feeds.keys.last { it != "live" })
    }

    @Test
    fun `while Kafka takes nothing it waits, and closes the day then`() {
        roster.take(RosterChanged(slot(287), listOf(one), emptyList()))
        val clock = clock(slot(265).startsAt)
        val works = topic.acknowledge
        topic.acknowledge = { error("Kafka is away") }
        closer(clock)
        eventually("time") { clock.now() > DaySlot.lastOf(day).endsAt + settings.dayGrace + Duration.ofMinutes(10) }
        assertTrue(topic.samples.isEmpty() && topic.closes.isEmpty())
        assertEquals("Kafka is away", board.kafkaTrouble)
        topic.acknowledge = works
        eventually("close") { isClosed() }
        assertEquals(listOf(Triple("one", 287, DayCloser.NEVER_CAME)), gaps())
    }

    private companion object {
        /** A slot in 300 ms. */
        const val SPEED = 1000.0
    }
}
