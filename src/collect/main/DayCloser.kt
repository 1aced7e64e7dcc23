package twitchactors.collect

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.PostStop
import org.apache.pekko.actor.typed.SupervisorStrategy
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.japi.function.Procedure
import org.apache.pekko.persistence.typed.PersistenceId
import org.apache.pekko.persistence.typed.RecoveryCompleted
import org.apache.pekko.persistence.typed.javadsl.CommandHandler
import org.apache.pekko.persistence.typed.javadsl.Effect
import org.apache.pekko.persistence.typed.javadsl.EventHandler
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior
import org.apache.pekko.persistence.typed.javadsl.SignalHandler
import org.apache.pekko.stream.KillSwitches
import org.apache.pekko.stream.UniqueKillSwitch
import org.apache.pekko.stream.javadsl.Keep
import org.apache.pekko.stream.javadsl.Source
import org.apache.pekko.stream.typed.javadsl.ActorSink
import org.slf4j.event.Level
import twitchactors.domain.Day
import twitchactors.topics.SampleCodec
import twitchactors.topics.wire.DayClosed
import java.time.Duration
import java.time.Instant
import java.util.BitSet
import java.util.TreeMap
import java.util.UUID
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Closes the days. It reads `samples` itself. When no poll of a slot can go on any more, it lists every tracked streamer of whom
 * nothing has come, as a gap with its reason: what a node had in flight when it was killed is lost, but listed. Some time after
 * midnight it looks through the whole day once more, and writes behind all of it that the day is closed.
 *
 * It keeps as events which days are open and from where they are to be read; all else it reads again after a restart. Days over whose
 * end it slept are closed when it is back, and what is missing in them is listed; days of which it has seen nothing are no days.
 * A sample that comes for a closed day makes it be closed once more, by a feed of another name. One in the cluster.
 */
class DayCloser private constructor(
    private val context: ActorContext<Command>,
    private val timers: TimerScheduler<Command>,
    private val outside: DayCloserOutside,
    private val settings: CollectSettings,
    private val clock: SlotClock,
    private val board: CollectBoard,
) : EventSourcedBehavior<DayCloser.Command, DayCollectEvent, CollectedDays>(
    PersistenceId.ofUniqueId(ID),
    SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER).withLogLevel(Level.WARN),
) {
    sealed interface Command

    private data object Begin : Command
    private class Begun(val ends: List<Long>) : Command
    private class StreamBegun(val ackTo: ActorRef<Ack>) : Command
    private class Noted(val stream: Int, val notes: PartitionNotes, val ackTo: ActorRef<Ack>) : Command
    private class StreamEnded(val stream: Int, val cause: Throwable?) : Command
    private data object Read : Command
    private data object Tick : Command
    private class EndsKnown(val look: Look, val ends: List<Long>) : Command
    private class SpansKnown(val spans: RosterKeeper.Spans) : Command
    private class Listed(val look: Look) : Command
    private class Closed(val look: Look) : Command
    private class Failed(val work: String, val cause: Throwable, val look: Look?) : Command

    /** The stream may send the next. */
    private data object Ack

    /** A look through slots, for one of three ends. What stands in `samples` when it begins is read before. */
    private sealed class Look(val slots: ClosedRange<DaySlot>) {
        var ends: List<Long>? = null
        var isCaughtUp = false
    }

    /** To list what is missing. */
    private class Through(slots: ClosedRange<DaySlot>) : Look(slots)

    /** To close [day] behind it. */
    private class Closing(val day: Day) : Look(DaySlot.firstOf(day)..DaySlot.lastOf(day))

    /** To close [day] once more, for samples came late. Nothing is listed. */
    private class ClosingAgain(val day: Day) : Look(DaySlot.firstOf(day)..DaySlot.lastOf(day))

    /** Partitions in which samples of a closed day stand behind its last close. */
    private class Late {
        val partitions = BitSet()
        var lastAt: Instant = Instant.EPOCH
    }

    private val startedAt = clock.now()
    private val records = PollRecords(outside.topicName)
    private val spansKnown = context.messageAdapter(RosterKeeper.Spans::class.java, ::SpansKnown)
    private val ledgers = TreeMap<Day, DayLedger>()
    private val late = TreeMap<Day, Late>()

    /** By partition, the offset up to which is read; empty before it is known where to begin. */
    private var positions = LongArray(0)
    private var stream = 0
    private var killSwitch: UniqueKillSwitch? = null
    private var look: Look? = null
    private var lookedThrough: DaySlot? = null
    private var trouble: String? = null

    override fun emptyState() = CollectedDays()

    override fun eventHandler() = EventHandler<CollectedDays, DayCollectEvent> { days, event -> days.after(event) }

    override fun signalHandler(): SignalHandler<CollectedDays> = newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance()) { days: CollectedDays -> recovered(days) }
        .onSignal(PostStop.instance()) { _: CollectedDays ->
            killSwitch?.shutdown()
            board.show(null as CollectBoard.ClosingStatus?)
        }
        .build()

    override fun commandHandler() = CommandHandler<Command, DayCollectEvent, CollectedDays> { days, command ->
        when (command) {
            Begin -> none { begin() }
            is Begun -> begun(days, command.ends)
            is StreamBegun -> none { command.ackTo.tell(Ack) }
            is Noted -> if (command.stream == stream) noted(days, command) else none { }
            is StreamEnded -> none { streamEnded(command) }
            Read -> none { read() }
            Tick -> tick(days)
            is EndsKnown -> none { endsKnown(command) }
            is SpansKnown -> none { list(days, command.spans) }
            is Listed -> none { listed(command.look) }
            is Closed -> closed(days, command.look)
            is Failed -> none { failed(command) }
        }
    }

    private fun none(action: () -> Unit): Effect<DayCollectEvent, CollectedDays> {
        action()
        return Effect().none()
    }

    // ---- Reading ----

    /** Also when the journal did not answer for a while; then all is read again. */
    private fun recovered(days: CollectedDays) {
        killSwitch?.shutdown()
        stream++
        positions = LongArray(0)
        look = null
        lookedThrough = null
        late.clear()
        ledgers.clear()
        days.open.keys.forEach { ledgers[it] = DayLedger(it) }
        timers.startTimerWithFixedDelay(Tick, clock.onTheWall(TICK_EVERY).coerceAtLeast(LEAST_TICK))
        begin()
    }

    private fun begin() = whenDone(ASKING, null, { outside.topic.ends() }, ::Begun)

    /** What comes from here on is of a day that has begun, also for who goes on after a restart. */
    private fun begun(days: CollectedDays, ends: List<Long>): Effect<DayCollectEvent, CollectedDays> {
        val today = clock.slot().day
        val begun = if (days.isNew(today)) Effect().persist(DayBegun(today, ends) as DayCollectEvent) else Effect().none()
        return begun.thenRun(
            Procedure<CollectedDays> {
                positions = it.begin(ends).toLongArray()
                read()
            },
        )
    }

    private fun read() {
        val number = ++stream
        val notes = outside.topic.read(positions.toList())
        killSwitch = notes.viaMat(KillSwitches.single(), Keep.right()).to(
            ActorSink.actorRefWithBackpressure<PartitionNotes, Command, Ack>(
                context.self,
                { ackTo, batch -> Noted(number, batch, ackTo) },
                { ackTo -> StreamBegun(ackTo) },
                Ack,
                StreamEnded(number, null),
                { cause -> StreamEnded(number, cause) },
            ),
        ).run(context.system)
    }

    private fun streamEnded(ended: StreamEnded) {
        if (ended.stream != stream) return
        troubled("reading samples", ended.cause)
        timers.startSingleTimer(Read, settings.retryAfter)
    }

    private fun noted(days: CollectedDays, noted: Noted): Effect<DayCollectEvent, CollectedDays> {
        val offsets = positions.toList()
        val today = clock.slot().day.epochDay
        val fresh = noted.notes.notes.filterIsInstance<SampleNote.Polled>().mapTo(sortedSetOf()) { it.day }
            .filter { days.isNew(it) && it.epochDay in today - MOST_DAYS_BACK..today + 1 }
        if (fresh.isEmpty()) return none { take(days, noted) }
        return Effect().persist(fresh.map { DayBegun(it, offsets) }).thenRun(Procedure<CollectedDays> { take(it, noted) })
    }

    private fun take(days: CollectedDays, noted: Noted) {
        val partition = noted.notes.partition
        for (note in noted.notes.notes) {
            when (note) {
                is SampleNote.Closed -> late[note.day]?.partitions?.clear(partition)
                is SampleNote.Polled -> take(days, note, partition)
            }
        }
        positions[partition] = noted.notes.nextOffset
        noted.ackTo.tell(Ack)
        goOn()
    }

    private fun take(days: CollectedDays, polled: SampleNote.Polled, partition: Int) {
        when {
            polled.day in days.open -> ledgers.getOrPut(polled.day) { DayLedger(polled.day) }.take(polled)
            polled.isSample && !days.isNew(polled.day) -> late.getOrPut(polled.day) { Late() }.let {
                it.partitions.set(partition)
                it.lastAt = clock.now()
            }
        }
    }

    // ---- Looks ----

    private fun tick(days: CollectedDays): Effect<DayCollectEvent, CollectedDays> {
        if (positions.isEmpty() || !clock.isTrusted) return Effect().none()
        val now = clock.now()
        val today = DaySlot.at(now).day
        if (days.isNew(today)) return Effect().persist(DayBegun(today, positions.toList()) as DayCollectEvent)
        if (look == null) next(days, now)?.let { begin(it) }
        show(now)
        return Effect().none()
    }

    private fun next(days: CollectedDays, now: Instant): Look? {
        val oldest = days.open.keys.minOrNull() ?: return null
        if (now >= DaySlot.lastOf(oldest).endsAt + settings.dayGrace) return Closing(oldest)
        late.values.removeIf { it.partitions.isEmpty }
        late.entries.firstOrNull { now >= it.value.lastAt + settings.slotGrace }?.let { return ClosingAgain(it.key) }
        val first = maxOf(DaySlot.firstOf(oldest), lookedThrough?.plus(1) ?: DaySlot.firstOf(oldest))
        return if (first <= due(now)) Through(first..due(now)) else null
    }

    /** The last slot of which no poll goes on any more. */
    private fun due(now: Instant) = DaySlot.at(now - settings.slotGrace) - 1

    private fun begin(begun: Look) {
        look = begun
        whenDone(ASKING, begun, { outside.topic.ends() }) { EndsKnown(begun, it) }
    }

    private fun endsKnown(known: EndsKnown) {
        if (known.look !== look) return
        known.look.ends = known.ends
        goOn()
    }

    /** Goes on with the look when all is read that stood there when it began. */
    private fun goOn() {
        val begun = look ?: return
        val ends = begun.ends ?: return
        if (begun.isCaughtUp || ends.withIndex().any { (partition, end) -> positions[partition] < end }) return
        begun.isCaughtUp = true
        when (begun) {
            is Through, is Closing -> ask(begun)
            is ClosingAgain -> {
                val isLate = late[begun.day]?.partitions?.isEmpty == false
                if (isLate) close(begun, begun.day, LATE_FEED + UUID.randomUUID()) else done()
            }
        }
    }

    private fun ask(begun: Look) {
        outside.spans(begun.slots, spansKnown)
        timers.startSingleTimer(GIVE_UP, Failed("asking the roster", IllegalStateException("no answer"), begun), ROSTER_PATIENCE)
    }

    private fun list(days: CollectedDays, known: RosterKeeper.Spans) {
        val begun = look?.takeIf { it.slots == known.slots && it.isCaughtUp } ?: return
        timers.cancel(GIVE_UP)
        val gaps = missing(days, known)
        if (gaps.isNotEmpty()) context.log.info("{} polls of {} to {} did not come", gaps.size, known.slots.start, known.slots.endInclusive)
        publish(gaps, begun)
    }

    private fun missing(days: CollectedDays, known: RosterKeeper.Spans): List<ProducerRecord<ByteArray, ByteArray>> = buildList {
        val now = clock.now()
        for ((streamer, spans) in known.spans) {
            for (span in spans) {
                var slot = maxOf(span.from, known.slots.start)
                while (slot <= known.slots.endInclusive && slot in span) {
                    // A day of which nothing has come has no ledger, and is as much expected.
                    val ledger = ledgers[slot.day]
                    if (slot.day in days.open && ledger?.has(streamer, slot.slot.index) != true) {
                        val ran = ledger?.hasAny(slot.slot.index) == true || slot.endsAt >= startedAt
                        val reason = if (ran) NEVER_CAME else NOT_RUNNING
                        board.gap(reason)
                        add(records.gap(streamer, slot, now, "", reason))
                    }
                    slot += 1
                }
            }
        }
    }

    /** Sends [gaps], not too many at a time, and tells itself when Kafka has them all. */
    private fun publish(gaps: List<ProducerRecord<ByteArray, ByteArray>>, begun: Look) {
        Source.from(gaps).mapAsync(GAPS_AT_A_TIME) { outside.out.offer(listOf(it)).isAcknowledged }
            .mapConcat { emptyList<Command>() }
            .to(ActorSink.actorRef(context.self, Listed(begun)) { Failed("listing gaps", it, begun) })
            .run(context.system)
    }

    private fun listed(of: Look) {
        if (of !== look) return
        lookedThrough = maxOf(lookedThrough ?: of.slots.endInclusive, of.slots.endInclusive)
        if (of is Closing) close(of, of.day, FEED) else done()
    }

    private fun done() {
        look = null
        trouble = null
    }

    // ---- Closing ----

    private fun close(of: Look, day: Day, feed: String) {
        val partitions = positions.size
        val closes = List(partitions) {
            val closed = DayClosed.newBuilder().setDay(day.epochDay).setSource(SOURCE).setFeed(feed)
                .setSourcePartition(it).setSourcePartitions(partitions).build()
            SampleCodec.record(outside.topicName, it, closed)
        }
        whenDone("closing $day", of, { outside.out.offer(closes).isAcknowledged }) { Closed(of) }
    }

    private fun closed(days: CollectedDays, of: Look): Effect<DayCollectEvent, CollectedDays> {
        if (of !== look) return Effect().none()
        done()
        if (of is ClosingAgain) return none { context.log.info("{} is closed once more, for samples came late", of.day) }
        val day = (of as Closing).day
        if (day !in days.open) return Effect().none()
        return Effect().persist(DayEnded(day) as DayCollectEvent).thenRun(
            Procedure<CollectedDays> {
                context.log.info("{} is closed", day)
                ledgers.headMap(day, true).clear()
                late.keys.removeIf { old -> old.epochDay < day.epochDay - MOST_DAYS_BACK }
            },
        )
    }

    // ---- What they have in common ----

    private fun failed(failed: Failed) {
        if (failed.look !== look) return
        troubled(failed.work, failed.cause)
        // A look is begun again by the next tick; without one it is not even known where to begin.
        look = null
        if (positions.isEmpty()) timers.startSingleTimer(Begin, settings.retryAfter)
    }

    private fun troubled(work: String, cause: Throwable?) {
        val reason = generateSequence(cause) { it.cause }.lastOrNull()?.let { it.message ?: it.toString() } ?: "it ended"
        if (trouble == null) context.log.warn("the closing of days waits, for {} failed: {}", work, reason)
        trouble = "$work failed: $reason"
    }

    private fun show(now: Instant) {
        val through = lookedThrough
        val behind = if (through == null) 0 else maxOf(0, due(now).number - through.number)
        board.show(CollectBoard.ClosingStatus(through, behind, trouble))
    }

    private fun <T : Any> whenDone(work: String, of: Look?, ask: () -> CompletionStage<T>, message: (T) -> Command) {
        val answer: CompletionStage<T> = try {
            ask()
        } catch (failure: RuntimeException) {
            CompletableFuture.failedFuture(failure)
        }
        context.pipeToSelf(answer) { value, failure -> if (failure == null) message(value) else Failed(work, failure, of) }
    }

    companion object {
        /** Who closes the days that are collected, in DayClosed. */
        const val SOURCE = "live"

        /** The feed of a day's first close. */
        const val FEED = "live"

        /** Reasons of the gaps that are listed here. */
        const val NEVER_CAME = "no poll of this slot reached Kafka"
        const val NOT_RUNNING = "the collector was not running"

        private const val ID = "collected-days"
        private const val LATE_FEED = "live-late-"
        private const val ASKING = "asking where samples ends"
        private const val GIVE_UP = "give-up"
        private const val GAPS_AT_A_TIME = 64

        /** As long as Kafka keeps records at least. */
        private const val MOST_DAYS_BACK = 7
        private val TICK_EVERY: Duration = Duration.ofSeconds(15)
        private val LEAST_TICK: Duration = Duration.ofMillis(20)
        private val ROSTER_PATIENCE: Duration = Duration.ofSeconds(30)
        private val MIN_BACKOFF: Duration = Duration.ofMillis(200)
        private val MAX_BACKOFF: Duration = Duration.ofSeconds(10)
        private const val BACKOFF_JITTER = 0.2

        fun create(outside: DayCloserOutside, settings: CollectSettings, clock: SlotClock, board: CollectBoard): Behavior<Command> =
            Behaviors.setup { context ->
                context.setLoggerName(DayCloser::class.java)
                Behaviors.withTimers { timers -> DayCloser(context, timers, outside, settings, clock, board) }
            }
    }
}
