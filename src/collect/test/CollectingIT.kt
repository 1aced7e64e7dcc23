package twitchactors.collect

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.AskPattern
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.sources.Chatters
import twitchactors.sources.NoAnswer
import twitchactors.topics.TopicSettings
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.Sample
import java.time.Duration
import java.time.Instant
import java.util.SplittableRandom
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit

/** All of collecting on the real Kafka and the real journal, in a time that passes fast: a day of 288 slots, with every fault there is. */
@ExtendWith(TestServices::class)
@Timeout(400)
class CollectingIT(private val started: TestServices.Started) {
    private val topics = TopicSettings(samplesPartitions = PARTITIONS)
    private val topic = started.newTopic(topics)
    private val day = checkNotNull(Day.parse("2022-08-01"))
    private val twitch = MemoryTwitch()
    private val nodes = ArrayList<ActorSystem<Void>>()

    @BeforeEach
    fun forget() {
        started.forget()
    }

    @AfterEach
    fun stop() = nodes.forEach(::end)

    private fun end(node: ActorSystem<Void>) {
        node.terminate()
        node.whenTerminated.toCompletableFuture().get(60, TimeUnit.SECONDS)
    }

    private fun collect(
        clock: SlotClock,
        settings: CollectSettings,
        node: ActorSystem<Void> = started.node().also { nodes += it },
    ): Collecting = Collecting.init(node, CollectOutside(twitch, twitch, started.services.kafka, topics, topic = topic), settings, clock)

    private fun <T : Any> eventually(what: String, seconds: Long, value: () -> T?): T {
        val end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos()
        while (System.nanoTime() < end) {
            value()?.let { return it }
            CompletableFuture<Unit>().completeOnTimeout(Unit, 50, TimeUnit.MILLISECONDS).join()
        }
        error("no $what within $seconds s")
    }

    private inner class Read {
        val records = started.read(topic, PARTITIONS)
        val samples: List<Sample> = records.flatten().filter { it.hasSample() }.map { it.sample }
        val closes: List<List<DayClosed>> = records.map { all -> all.filter { it.hasDayClosed() }.map { it.dayClosed } }

        /** By (streamer, slot), what is said of it. */
        val said = samples.groupBy { it.streamer to it.day * 288 + it.slot }
    }

    private fun kind(sample: Sample) = if (sample.offline) "offline" else sample.gap.ifEmpty { "sample" }

    @Test
    fun `a day of 200 streamers with every fault is accounted for, row by row`() {
        val random = SplittableRandom(7)
        val streamers = List(200) { Login.require("streamer_$it") }
        twitch.live = streamers.take(190)
        // Answered when the halves are asked, as a rule: no gaps come of it.
        twitch.liveFails = { if (random.nextInt(20) == 0) NoAnswer("Twitch answered 503") else null }
        twitch.topFails = { if (random.nextInt(3) == 0) NoAnswer("Twitch answered 500") else null }
        val hanging = ConcurrentHashMap.newKeySet<CompletableFuture<Chatters>>()
        twitch.answer = { _, chatters ->
            when (synchronized(random) { random.nextInt(40) }) {
                0 -> CompletableFuture.failedFuture(NoAnswer("the token is expired"))
                1 -> CompletableFuture<Chatters>().also { hanging += it }
                2 -> error("a mistake")
                else -> CompletableFuture.completedFuture(chatters())
            }
        }
        // The last ones are pinned and offline.
        val settings = CollectSettings(pinned = streamers.drop(190).toSet(), top = 190, gather = Duration.ofSeconds(10))
        val node = started.node().also { nodes += it }
        val clock = SlotClock.simulated(Instant.ofEpochSecond(day.startsAt - 6000), SPEED)
        val collecting = collect(clock, settings, node)
        // In the middle the node goes and another one comes: the roster is back from the journal, the day is read again.
        eventually("middle of the day", 200) { true.takeIf { clock.slot() >= DaySlot.of(day, 100) } }
        nodes.toList().forEach(::end)
        nodes.clear()
        val again = collect(clock, settings)
        eventually("close of the day", 300) { Read().takeIf { read -> read.closes.all { all -> all.any { it.day == day.epochDay } } } }
        val read = Read()
        val ofDay = read.said.filterKeys { (_, slot) -> DaySlot(slot).day == day }
        // A slow start comes late to the first slots, which nobody was tracked in then.
        val first = ofDay.keys.groupBy({ it.first }, { it.second }).mapValues { it.value.min() }
        assertEquals(streamers.map { it.name }.toSet(), first.keys)
        assertTrue(first.values.all { it < DaySlot.of(day, 250).number }) { "$first" }
        val expected = first.flatMap { (streamer, slot) -> (slot..DaySlot.lastOf(day).number).map { streamer to it } }.toSet()
        assertEquals(emptySet<Any>(), expected - ofDay.keys, "missing")
        assertEquals(emptySet<Any>(), ofDay.keys - expected, "not tracked")
        for ((key, said) in ofDay) {
            val (streamer, slot) = key
            val kinds = said.map(::kind)
            if ("sample" in kinds) {
                val names = said.filter { kind(it) == "sample" }.flatMap { it.logins.toStringUtf8().split("\n") }.toSet()
                assertEquals(MemoryTwitch.names(Login.require(streamer), DaySlot(slot)).toSet(), names, "$streamer in ${DaySlot(slot)}")
            }
        }
        val counts = ofDay.values.groupingBy { said -> said.map(::kind).toSet().sorted().joinToString(" + ") }.eachCount()
        println(
            "speed $SPEED: $counts; twice: ${ofDay.values.count {
                it.size > 1
            }}; this node: ${again.board.gaps()}, before: ${collecting.board.gaps()}",
        )
        assertTrue(counts.getValue("sample") > expected.size / 2) { "$counts" }
        assertTrue(counts.keys.containsAll(listOf("offline", "the token is expired"))) { "$counts" }
        assertTrue(counts.getOrDefault(StreamerPoller.TOO_LATE, 0) > 0) { "$counts" }
        assertEquals(
            List(PARTITIONS) {
                listOf("live")
            },
            read.closes.map { all -> all.filter { it.day == day.epochDay && it.feed == "live" }.map { it.feed } },
        )
    }

    @Test
    fun `pins, removals and pauses survive a restart`() {
        twitch.live = listOf("a", "b", "c").map(Login::require)
        val settings = CollectSettings(pinned = setOf(Login.require("configured")))
        val clock = SlotClock.simulated(Instant.ofEpochSecond(day.startsAt), 60.0)
        val first = collect(clock, settings)
        val node = nodes.single()
        fun ask(
            node: ActorSystem<*>,
            collecting: Collecting,
            of: (org.apache.pekko.actor.typed.ActorRef<RosterKeeper.Reply>) -> RosterKeeper.Command,
        ) = AskPattern.ask(collecting.roster, { replyTo -> of(replyTo) }, Duration.ofSeconds(30), node.scheduler())
            .toCompletableFuture().get(40, TimeUnit.SECONDS)
        eventually("roster", 60) {
            (ask(node, first) { RosterKeeper.GetRoster(it) } as RosterKeeper.RosterList).takeIf {
                it.tracked.size ==
                    4
            }
        }
        ask(node, first) { RosterKeeper.Pin("Pinned_One", it) }
        ask(node, first) { RosterKeeper.Unpin("configured", it) }
        ask(node, first) { RosterKeeper.Pause("b", it) }
        assertTrue(ask(node, first) { RosterKeeper.Pin("no login!", it) } is RosterKeeper.Refused)
        val told = RosterKeeper.RosterList(listOf("a", "c", "pinned_one"), listOf("pinned_one"), listOf("b"))
        eventually("change", 60) { true.takeIf { ask(node, first) { RosterKeeper.GetRoster(it) } == told } }
        end(node)
        nodes.clear()
        twitch.topFails = { NoAnswer("Twitch answered 500") }
        val second = collect(clock, settings)
        assertEquals(told, ask(nodes.single(), second) { RosterKeeper.GetRoster(it) })
    }

    private companion object {
        const val PARTITIONS = 3
        const val SPEED = 1000.0
    }
}
