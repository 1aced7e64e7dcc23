package twitchactors.collect

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.pekko.actor.typed.ActorRef
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import twitchactors.sources.Chatters
import twitchactors.sources.LiveStream
import twitchactors.sources.NoAnswer
import twitchactors.sources.StreamList
import twitchactors.sources.TwitchApi
import twitchactors.topics.SampleCodec
import twitchactors.topics.wire.Sample
import java.io.IOException
import java.time.Duration
import java.time.Instant
import java.util.Optional
import java.util.TreeMap
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import kotlin.random.Random

/**
 * The last hours of a day of collecting with everything going wrong that may, by chance: Twitch fails, hangs or is late; Kafka is slow,
 * refuses, or takes what it says to refuse; pollers, whole nodes, the roster and the closing of days are killed. It notes what
 * happened where it happens: what Twitch was asked for and answered, and what reached the topic when, and from whom.
 */
internal class RandomCollecting(private val random: Random) : AutoCloseable {
    /** What reached the topic. */
    class Came(val sample: Sample, val at: Instant, val isOfCloser: Boolean) {
        val slot = DaySlot.of(Day(sample.day), sample.slot)
    }

    /** That the close of [day] by [feed] reached the topic. */
    class Close(val feed: String, val at: Instant)

    /** A process with pollers in it, or the one with the closing of days. */
    private inner class Node(private val isOfCloser: Boolean) {
        var isDead = false
        val pollers = HashMap<Login, ActorRef<StreamerPoller.Command>>()
        val out = SamplesOut(time.system, ::send, ROOM, 8, Duration.ofSeconds(2), board)

        private fun send(records: List<ProducerRecord<ByteArray, ByteArray>>): CompletionStage<*> {
            val answer = CompletableFuture<Unit>()
            val fate = random.nextInt(20)
            // What closes days is not troubled: what it lists would else be listed twice, which is no fault.
            val delay = if (isOfCloser) 0L else listOf(0L, 0L, 0L, random.nextLong(20), random.nextLong(400)).random(random)
            val away = if (isOfCloser) Duration.ZERO else Duration.between(time.now, kafkaIsBack)
            later(maxOf(away, Duration.ofSeconds(delay))) {
                when {
                    isDead -> Unit
                    isOfCloser || fate > 2 -> answer.complete(append(records, isOfCloser))
                    fate == 0 -> answer.completeExceptionally(IOException("no broker"))
                    // It is there, but nobody hears of it, and so it comes again.
                    else -> answer.completeExceptionally(IOException("no acknowledgement").also { append(records, isOfCloser) })
                }
            }
            return answer
        }
    }

    val day = checkNotNull(Day.parse("2022-08-01"))
    val firstSlot = DaySlot.of(day, 268)
    val settings = CollectSettings(top = 4, dayGrace = Duration.ofMinutes(10), pinned = setOf(Login.require("pinned")))
    private val time = TestTime(firstSlot.startsAt.plusSeconds(random.nextLong(300)))
    private val board = CollectBoard()
    val topic = MemoryTopic(1 + random.nextInt(3))
    val came = ArrayList<Came>()

    /** Of the first partition. */
    val closes = ArrayList<Close>()

    /** Who Twitch said last in a slot are the top streamers; where there is none it said nothing. */
    val tops = TreeMap<DaySlot, List<Login>>()
    private val streamers = List(7) { Login.require("streamer_$it") }
    private val due = ArrayList<Pair<Instant, () -> Unit>>()
    private var kafkaIsBack = time.now
    private var node = Node(false)
    private var leadNode = Node(true)
    private var roster: ActorRef<RosterKeeper.Command>? = null
    private var closer: ActorRef<DayCloser.Command>? = null

    val closing: CollectBoard.ClosingStatus? get() = board.closing()

    /** When the closing of days began, again and again. */
    val closerBegan = ArrayList<Instant>()

    /** How often the roster was ended: pollers that have not heard of its last word may go on too long. */
    var rosterKills = 0
        private set

    private fun later(delay: Duration, action: () -> Unit) {
        if (delay.isZero) action() else synchronized(due) { due += time.now + delay to action }
    }

    private fun append(records: List<ProducerRecord<ByteArray, ByteArray>>, isOfCloser: Boolean) {
        for (record in records) {
            val decoded = SampleCodec.decode(record.headers(), record.value())
            if (decoded.hasSample()) came += Came(decoded.sample, time.now, isOfCloser)
            val closed = decoded.dayClosed
            if (decoded.hasDayClosed() && closed.day == day.epochDay && closed.sourcePartition == 0) closes += Close(closed.feed, time.now)
        }
        topic.append(records)
    }

    private val twitch = MemoryTwitch()

    private val api = object : TwitchApi by twitch {
        override fun topStreams(language: String, count: Int): CompletionStage<StreamList> {
            if (random.nextInt(4) == 0) return CompletableFuture.failedFuture(NoAnswer("Twitch answered 500"))
            val list = streamers.shuffled(random).take(random.nextInt(1, count + 1))
            tops[time.clock.slot()] = list
            return CompletableFuture.completedFuture(StreamList(list.map(MemoryTwitch::stream), false))
        }
    }

    private fun live(streamer: Login): CompletionStage<Optional<LiveStream>> = when (random.nextInt(12)) {
        0 -> CompletableFuture.failedFuture(NoAnswer("Twitch answered 503"))
        1 -> CompletableFuture.completedFuture(Optional.empty())
        2 -> slowly(Optional.of(MemoryTwitch.stream(streamer)))
        else -> CompletableFuture.completedFuture(Optional.of(MemoryTwitch.stream(streamer)))
    }

    private fun chatters(chatters: () -> Chatters): CompletionStage<Chatters> = when (random.nextInt(14)) {
        0 -> CompletableFuture.failedFuture(NoAnswer("the token is expired"))
        1 -> CompletableFuture()
        2 -> error("a mistake")
        3 -> slowly(chatters())
        else -> CompletableFuture.completedFuture(chatters())
    }

    private fun <T> slowly(value: T): CompletionStage<T> {
        val answer = CompletableFuture<T>()
        later(Duration.ofSeconds(random.nextLong(1, 400))) { answer.complete(value) }
        return answer
    }

    private fun track(streamer: Login, track: StreamerPoller.Track) {
        // As sharding does: a word gets lost, or finds the poller, or begins one.
        if (random.nextInt(10) > 0) later(Duration.ofMillis(1)) { poller(streamer).tell(track) }
    }

    private fun poller(streamer: Login): ActorRef<StreamerPoller.Command> = node.pollers.getOrPut(streamer) {
        val outside = PollerOutside(
            ::live,
            twitch,
            { if (random.nextInt(60) == 0) FAILS else LoginFilter.All },
            node.out,
            PollRecords("samples"),
            board,
        )
        val home = node
        time.spawn(StreamerPoller.create(streamer, outside, settings, time.clock)).also { poller ->
            // Found again by the next word, as by sharding.
            time.whenEnded(poller) { home.pollers.remove(streamer, poller) }
        }
    }

    private fun lead() {
        roster = roster ?: time.spawn(RosterKeeper.create(api, ::track, settings, time.clock, board))
        if (closer == null) closerBegan += time.now
        closer = closer ?: time.spawn(
            DayCloser.create(
                DayCloserOutside(topic, leadNode.out, "samples") { slots, replyTo ->
                    roster?.tell(RosterKeeper.GetSpans(slots, replyTo))
                },
                settings,
                time.clock,
                board,
            ),
        )
    }

    private fun happens() {
        when (random.nextInt(40)) {
            0 -> node.pollers.keys.randomOrNull(random)?.let { time.stop(node.pollers.getValue(it)) }
            1 -> {
                // A node is killed: what it had in flight is lost, and its pollers say nothing more.
                node.isDead = true
                node.pollers.values.toList().forEach(time::stop)
                node = Node(false)
            }
            2 -> roster?.let(time::stop)?.also { rosterKills++ }.also { roster = null }
            3 -> closer?.let(time::stop).also { closer = null }
            4, 5, 6, 7 -> lead()
            8 -> if (random.nextBoolean()) kafkaIsBack = time.now.plusSeconds(random.nextLong(60, 2000))
        }
    }

    /** Lets it all happen, until well behind the close of [day]. */
    fun run() {
        time.doing { lead() }
        val closed = DaySlot.lastOf(day).endsAt + settings.dayGrace
        while (time.now < maxOf(closed, kafkaIsBack) + Duration.ofMinutes(25)) {
            if (time.now < DaySlot.lastOf(day).endsAt) happens() else lead()
            step(Duration.ofSeconds(random.nextLong(1, 40)))
        }
    }

    private fun step(length: Duration) {
        val until = time.now + length
        while (true) {
            val next = synchronized(due) { due.filter { it.first <= until }.minByOrNull { it.first }?.also { due -= it } } ?: break
            time.goTo(next.first)
            time.doing(next.second)
        }
        time.goTo(until)
    }

    /** When [slot] is looked through at the earliest. */
    fun dueAt(slot: DaySlot): Instant = slot.endsAt + settings.slotGrace

    init {
        twitch.answer = { _, chatters -> chatters(chatters) }
    }

    override fun close() = time.close()

    private companion object {
        const val ROOM = 3000L
        val FAILS = LoginFilter { _, _, _ -> error("a mistake") }
    }
}
