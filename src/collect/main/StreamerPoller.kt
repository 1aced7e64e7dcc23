package twitchactors.collect

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.PostStop
import org.apache.pekko.actor.typed.PreRestart
import org.apache.pekko.actor.typed.SupervisorStrategy
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.slf4j.event.Level
import twitchactors.domain.Login
import twitchactors.domain.Murmur3
import twitchactors.sources.Chatters
import twitchactors.sources.LiveStream
import twitchactors.sources.NoAnswer
import java.time.Duration
import java.time.Instant
import java.util.UUID
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Samples one streamer once per slot, at a moment of its own within it. At most one poll in flight; a failed or late poll is a gap
 * with its reason, never an empty sample. It ends when the streamer is tracked no more, or when nobody has told it so for long.
 *
 * A restart loses the poll in flight, which is said as a gap; where even that is impossible, as when the node is killed, the closing
 * of the day lists it. A poller that begins within a slot leaves it out when its moment is over: another one may have polled it. While the
 * clock is not to be trusted nothing is polled.
 */
class StreamerPoller private constructor(
    private val context: ActorContext<Command>,
    private val timers: TimerScheduler<Command>,
    private val streamer: Login,
    private val outside: PollerOutside,
    private val settings: CollectSettings,
    private val clock: SlotClock,
) {
    sealed interface Command

    /**
     * The streamer is tracked.
     *
     * @param from the first slot, as [DaySlot.number]
     * @param until the first slot in which it is tracked no more; null: none is known
     */
    data class Track(val from: Int, val until: Int?) :
        Command,
        WireMessage

    /** Another node takes the streamer over. */
    data object HandOver : Command, WireMessage

    private class Due(val slot: DaySlot) : Command
    private class LiveAsked(val poll: Poll, val stream: LiveStream?) : Command
    private class ChattersAsked(val poll: Poll, val chatters: Chatters) : Command
    private class TakenIn(val poll: Poll) : Command
    private class Lost(val poll: Poll, val cause: Throwable) : Command
    private class Late(val poll: Poll) : Command
    private data object Forgotten : Command

    private class Poll(val slot: DaySlot, val at: Instant, val id: String) {
        var stream: LiveStream? = null
        var offer: SamplesOut.Offer? = null
    }

    private val life = UUID.randomUUID().toString()
    private var from: DaySlot? = null
    private var until: DaySlot? = null

    /** The next slot to be polled, or to be said missing; null before the first word of the roster. */
    private var next: DaySlot? = null
    private var poll: Poll? = null

    init {
        outside.chatters.follow(streamer)
        outside.board.pollers.incrementAndGet()
        stayAwake()
    }

    private fun working(): Behavior<Command> = Behaviors.receive(Command::class.java)
        .onAnyMessage { receive(it) }
        .onSignal(PreRestart::class.java) { same { ended(FAILED) } }
        .onSignal(PostStop::class.java) { same { ended(LEFT) } }
        .build()

    private fun receive(command: Command): Behavior<Command> = when (command) {
        is Track -> track(command)
        HandOver, Forgotten -> Behaviors.stopped()
        is Due -> due(command.slot)
        is LiveAsked -> during(command.poll) { live(it, command.stream) }
        is ChattersAsked -> during(command.poll) { chatters(it, command.chatters) }
        is TakenIn -> during(command.poll) { over() }
        is Lost -> during(command.poll) { lost(it, reason(command.cause)) }
        is Late -> during(command.poll, ::late)
    }

    // ---- When ----

    private fun track(track: Track): Behavior<Command> {
        stayAwake()
        // It is told again soon.
        if (next == null && !clock.isTrusted) return Behaviors.same()
        from = DaySlot(track.from)
        until = track.until?.let(::DaySlot)
        if (next == null) begin(DaySlot(track.from))
        return goOn()
    }

    /** A poller that has just begun does not know whether its moment in this slot was used. It was not when the slot is the first. */
    private fun begin(first: DaySlot) {
        val now = clock.now()
        val current = DaySlot.at(now)
        val isMissed = first < current || (first == current && momentIn(current, settings) < now && isTooLate(current, now))
        val start = when {
            !isMissed -> first
            momentIn(current, settings) >= now -> current
            else -> current + 1
        }
        next = start
        schedule(start)
    }

    private fun isTooLate(slot: DaySlot, now: Instant) = now > slot.momentAt(settings.spreadTo)

    /** Waits for the next slot, or ends when there is none any more. */
    private fun goOn(): Behavior<Command> {
        val isOver = until?.let { end -> checkNotNull(next) >= end } ?: false
        return if (isOver && poll == null) Behaviors.stopped() else Behaviors.same()
    }

    private fun schedule(slot: DaySlot) = timers.startSingleTimer(NEXT, Due(slot), clock.until(momentIn(slot, settings)))

    private fun due(slot: DaySlot): Behavior<Command> {
        if (slot != next) return Behaviors.same()
        val end = until
        if (end != null && slot >= end) return goOn()
        if (slot < checkNotNull(from)) return notYet()
        if (!clock.isTrusted) return Behaviors.same<Command>().also { timers.startSingleTimer(NEXT, Due(slot), ASK_CLOCK_AGAIN) }
        val now = clock.now()
        // A clock on the wall that was set back.
        if (now < slot.startsAt) return Behaviors.same<Command>().also { schedule(slot) }
        val current = DaySlot.at(now)
        val following = maxOf(current, slot + 1)
        next = following
        schedule(following)
        when {
            current > slot -> missed(slot, current)
            poll != null -> gap(slot, now, STILL_BUSY)
            else -> poll(slot, now)
        }
        return goOn()
    }

    /** It was tracked no more for a while, and will be again. */
    private fun notYet(): Behavior<Command> {
        next = from
        schedule(checkNotNull(next))
        return Behaviors.same()
    }

    /** The node has slept over the slots from [slot] to before [current]; those that are long over are listed by others. */
    private fun missed(slot: DaySlot, current: DaySlot) {
        val now = clock.now()
        var late = slot
        while (late < current) {
            if (now < late.endsAt + settings.slotGrace) gap(late, now, NOT_BEGUN)
            late += 1
        }
    }

    private fun stayAwake() = timers.startSingleTimer(Forgotten, Forgotten, FORGOTTEN_AFTER)

    // ---- One poll ----

    private fun poll(slot: DaySlot, now: Instant) {
        val begun = Poll(slot, now, "$life:${slot.number}")
        poll = begun
        timers.startSingleTimer(DEADLINE, Late(begun), clock.until(slot.endsAt + settings.overtime))
        outside.board.pollsInFlight.incrementAndGet()
        whenDone(begun, { outside.live(streamer) }) { LiveAsked(begun, it.orElse(null)) }
    }

    private fun live(poll: Poll, stream: LiveStream?) {
        if (stream == null) {
            outside.board.offline.increment()
            return hand(poll, listOf(outside.records.offline(streamer, poll.slot, poll.at, poll.id)))
        }
        poll.stream = stream
        whenDone(poll, { outside.chatters.chatters(stream, poll.slot.day, poll.slot.slot) }) { ChattersAsked(poll, it) }
    }

    private fun chatters(poll: Poll, chatters: Chatters) {
        val stream = checkNotNull(poll.stream)
        val taken = outside.records.sample(stream, poll.slot, poll.at, poll.id, chatters, outside.keptOut())
        outside.board.logins.add(taken.logins.toLong())
        outside.board.keptOut.add(taken.keptOut.toLong())
        outside.board.samples.increment()
        hand(poll, taken.records)
    }

    private fun hand(poll: Poll, records: List<ProducerRecord<ByteArray, ByteArray>>) {
        val offer = outside.out.offer(records)
        poll.offer = offer
        whenDone(poll, { offer.isTaken.thenApply { } }) { TakenIn(poll) }
    }

    private fun late(poll: Poll) {
        val offer = poll.offer ?: return lost(poll, TOO_LATE)
        if (offer.withdraw()) lost(poll, FULL)
    }

    private fun lost(poll: Poll, reason: String) {
        gap(poll.slot, poll.at, reason)
        over()
    }

    private fun over() {
        timers.cancel(DEADLINE)
        poll = null
        outside.board.pollsInFlight.decrementAndGet()
    }

    /** Does [action] unless [of] is not the poll that goes on: it was given up. */
    private fun during(of: Poll, action: (Poll) -> Unit): Behavior<Command> {
        if (of !== poll) return Behaviors.same()
        action(of)
        return goOn()
    }

    private fun gap(slot: DaySlot, at: Instant, reason: String) {
        outside.board.gap(reason)
        val isSaid = outside.out.sendNow(outside.records.gap(streamer, slot, at, "$life:${slot.number}", reason))
        if (!isSaid) outside.board.gapsUnsaid.increment()
    }

    /** Sends [message] of what [ask] gives, or [Lost]. */
    private fun <T : Any> whenDone(poll: Poll, ask: () -> CompletionStage<T>, message: (T) -> Command) {
        val answer: CompletionStage<T> = try {
            ask()
        } catch (failure: RuntimeException) {
            CompletableFuture.failedFuture(failure)
        }
        context.pipeToSelf(answer) { value, failure -> if (failure == null) message(value) else Lost(poll, failure) }
    }

    private fun reason(cause: Throwable): String {
        val known = generateSequence(cause) { it.cause }.filterIsInstance<NoAnswer>().firstOrNull()
        if (known != null) return known.reason
        context.log.warn("the poll of {} failed", streamer, cause)
        return "the poll failed: ${generateSequence(cause) { it.cause }.last().javaClass.simpleName}"
    }

    // ---- Ends ----

    private fun ended(why: String) {
        poll?.let { going ->
            // What is taken in goes out without its poller.
            if (going.offer?.withdraw() != false) gap(going.slot, going.at, why)
            outside.board.pollsInFlight.decrementAndGet()
        }
        poll = null
        outside.board.pollers.decrementAndGet()
        outside.chatters.unfollow(streamer)
    }

    private fun same(action: () -> Unit): Behavior<Command> {
        action()
        return Behaviors.same()
    }

    companion object {
        /** Reasons of gaps that are no answers of Twitch. */
        const val STILL_BUSY = "the poll of the slot before still went on"
        const val NOT_BEGUN = "the poll was not begun in its slot: the node was busy or asleep"
        const val TOO_LATE = "no answer came in time"
        const val FULL = "the buffer to Kafka was full"
        const val FAILED = "the poller failed and was started again"
        const val LEFT = "the poller was stopped or moved to another node during the poll"

        private const val NEXT = "next"
        private const val DEADLINE = "deadline"
        private val ASK_CLOCK_AGAIN: Duration = Duration.ofSeconds(1)
        private val FORGOTTEN_AFTER: Duration = Duration.ofMinutes(10)
        private val MIN_BACKOFF: Duration = Duration.ofMillis(200)
        private val MAX_BACKOFF: Duration = Duration.ofSeconds(30)
        private const val BACKOFF_JITTER = 0.2

        /** The poller of [streamer]; it does nothing before it is told to [Track]. */
        fun create(streamer: Login, outside: PollerOutside, settings: CollectSettings, clock: SlotClock): Behavior<Command> {
            val behavior = Behaviors.setup<Command> { context ->
                context.setLoggerName(StreamerPoller::class.java)
                Behaviors.withTimers { timers -> StreamerPoller(context, timers, streamer, outside, settings, clock).working() }
            }
            val backOff = SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER).withLogLevel(Level.WARN)
            return Behaviors.supervise(behavior).onFailure(Exception::class.java, backOff)
        }

        /** When [streamer] is polled in [slot]: by its hash, the same in every slot. */
        fun momentOf(streamer: Login, slot: DaySlot, settings: CollectSettings): Instant {
            val share = Integer.toUnsignedLong(Murmur3.hash32(streamer.name.toByteArray(Charsets.US_ASCII))) / HASHES
            return slot.momentAt(settings.spreadFrom + share * (settings.spreadTo - settings.spreadFrom))
        }

        private const val HASHES = 4_294_967_296.0
    }

    private fun momentIn(slot: DaySlot, settings: CollectSettings) = momentOf(streamer, slot, settings)
}
