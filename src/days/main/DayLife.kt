package twitchactors.days

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.SupervisorStrategy
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.japi.function.Procedure
import org.apache.pekko.persistence.typed.PersistenceId
import org.apache.pekko.persistence.typed.RecoveryCompleted
import org.apache.pekko.persistence.typed.javadsl.CommandHandler
import org.apache.pekko.persistence.typed.javadsl.Effect
import org.apache.pekko.persistence.typed.javadsl.EventHandler
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior
import org.apache.pekko.persistence.typed.javadsl.SignalHandler
import org.slf4j.event.Level
import twitchactors.domain.Day
import twitchactors.store.DayStatus
import twitchactors.store.DayTrace
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * The life of one day, as events: opened, closed by a feed, sealed. It is told what the partitions have left of the day, writes
 * down what is new in it, and keeps the day's status in the viewer database as the last seal says. It decides nothing that the
 * stores do not say, so whatever is lost is derived again by the next look.
 *
 * Two at a time, as after a split of the cluster, cannot both write: the journal has one place for each number, and whose write
 * fails starts again from what the other one has written. So it does when the journal does not answer, each time a little later.
 */
class DayLife private constructor(
    private val context: ActorContext<Command>,
    private val day: Day,
    private val outside: DayOutside,
    private val ready: ActorRef<Ready>,
) : EventSourcedBehavior<DayLife.Command, DayEvent, LivedDay>(
    PersistenceId.ofUniqueId("day|$day"),
    SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER).withLogLevel(Level.WARN),
) {
    sealed interface Command

    /** This is what there is of the day. One at a time: the next one after [Looked]. */
    class Look(val trace: DayTrace, val replyTo: ActorRef<Looked>) : Command

    private class Derived(val look: Look, val content: DayContent?, val status: DayStatus?) : Command
    private class Counted(val look: Look, val sealed: DaySealed, val status: DayStatus?, val audience: String?) : Command
    private class Written(val look: Look, val isThere: Boolean) : Command
    private class Failed(val look: Look, val cause: Throwable) : Command

    /** The life of [day] can be asked; again after each restart, when no answer comes to what was asked before. */
    class Ready(val day: Day)

    /** The answer to a [Look]: true when events and status say all that [trace] does, else it is to be looked at again. */
    class Looked(val trace: DayTrace, val isSettled: Boolean)

    override fun emptyState() = LivedDay()

    override fun eventHandler() = EventHandler<LivedDay, DayEvent> { lived, event -> lived.after(event) }

    override fun signalHandler(): SignalHandler<LivedDay> =
        newSignalHandlerBuilder().onSignal(RecoveryCompleted.instance()) { _: LivedDay -> ready.tell(Ready(day)) }.build()

    override fun commandHandler() = CommandHandler<Command, DayEvent, LivedDay> { lived, command ->
        when (command) {
            is Look -> write(lived.newsIn(command.trace)) { derive(it, command) }
            is Derived -> derived(lived, command)
            is Counted -> write(emptyList()) { counted(command) }
            is Written -> write(emptyList()) { command.look.answer(command.isThere) }
            is Failed -> write(emptyList()) { failed(command) }
        }
    }

    /** Persists [events], of which there may be none, and does [then] with what has become of the day. */
    private fun write(events: List<DayEvent>, then: (LivedDay) -> Unit): Effect<DayEvent, LivedDay> =
        (if (events.isEmpty()) Effect().none() else Effect().persist(events)).thenRun(Procedure<LivedDay> { then(it) })

    private fun derive(lived: LivedDay, look: Look) {
        if (!look.trace.isWhole) return look.answer(look.trace.isAtRest)
        val known = lived.sealed?.content?.takeIf { it.revisions == look.trace.revisions }
        val content: CompletionStage<DayContent?> = known?.let { CompletableFuture.completedFuture(it) } ?: outside.content(day)
        whenDone(look, content.thenCombine(outside.status(day)) { what, status -> Derived(look, what, status) })
    }

    private fun derived(lived: LivedDay, derived: Derived): Effect<DayEvent, LivedDay> {
        val (look, status) = derived.look to derived.status
        // Of another moment than the trace: some partitions may be through with a further feed by then, and others not.
        val content = derived.content?.takeIf { it.revisions == look.trace.revisions }
            ?: return write(emptyList()) { look.answer(false) }
        val sealed = lived.sealedAs(content, checkNotNull(look.trace.sealedAt), status)
        return write(if (sealed == lived.sealed) emptyList() else listOf(sealed)) {
            if (sealed != lived.sealed) context.log.info("{} is sealed as revision {}: {} viewers", day, sealed.revision, content.viewers)
            // Before the status, so that who knows the status finds the audience.
            val audience = outside.audience(day, sealed.revision, content, status?.audience)
            whenDone(look, audience.thenApply { Counted(look, sealed, status, it) })
        }
    }

    private fun counted(counted: Counted) {
        val (look, status) = counted.look to counted.status
        // Sealed anew meanwhile: the next look is at that.
        val audience = counted.audience ?: return look.answer(false)
        val wanted = status(counted.sealed, status, audience)
        if (wanted == status) look.answer(true) else whenDone(look, outside.write(wanted).thenApply { Written(look, it) })
    }

    /** What readers are to be told; what else they know of the day stays, as far as it can still be true. */
    private fun status(sealed: DaySealed, before: DayStatus?, audience: String) = DayStatus(
        day = day,
        revision = sealed.revision,
        seals = sealed.content.revisions,
        sealed = true,
        viewers = sealed.content.viewers,
        pairs = sealed.content.pairs,
        sightings = sealed.content.sightings,
        digest = sealed.content.digest,
        coverage = before?.coverage,
        verified = before?.verified?.takeIf { before.digest == sealed.content.digest },
        audience = audience,
    )

    private fun whenDone(look: Look, answer: CompletionStage<out Command>) =
        context.pipeToSelf(answer) { command, failure -> if (failure == null) command else Failed(look, failure) }

    private fun failed(failed: Failed) {
        val reason = generateSequence(failed.cause) { it.cause }.last().let { it.message ?: it.toString() }
        context.log.warn("the status of {} cannot be brought up to date yet: {}", day, reason)
        failed.look.answer(false)
    }

    private fun Look.answer(isSettled: Boolean) = replyTo.tell(Looked(trace, isSettled))

    companion object {
        private val MIN_BACKOFF: Duration = Duration.ofMillis(200)
        private val MAX_BACKOFF: Duration = Duration.ofSeconds(10)
        private const val BACKOFF_JITTER = 0.2

        /** The life of [day]; [ready] hears when it can be asked. */
        fun create(day: Day, outside: DayOutside, ready: ActorRef<Ready>): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(DayLife::class.java)
            DayLife(context, day, outside, ready)
        }
    }
}
