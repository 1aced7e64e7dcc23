package twitchactors.collect

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
import org.slf4j.event.Level
import twitchactors.domain.Login
import twitchactors.sources.LiveStream
import twitchactors.sources.NoAnswer
import twitchactors.sources.TwitchApi
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Keeps the roster: at the start of each slot it asks Twitch for the top streamers of each language, and from the next slot on they
 * are tracked, with those who are pinned and without those who are paused. When Twitch does not answer, the list of that language
 * stays as it was. What changes is an event, so a restart loses nothing but a look. One in the cluster.
 *
 * @param poller tells the poller of a streamer what is to be done; said again and again, so it may get lost
 */
class RosterKeeper private constructor(
    private val context: ActorContext<Command>,
    private val timers: TimerScheduler<Command>,
    private val api: TwitchApi,
    private val poller: (Login, StreamerPoller.Track) -> Unit,
    private val settings: CollectSettings,
    private val clock: SlotClock,
    private val board: CollectBoard,
) : EventSourcedBehavior<RosterKeeper.Command, RosterEvent, Roster>(
    PersistenceId.ofUniqueId(ID),
    SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER).withLogLevel(Level.WARN),
) {
    sealed interface Command

    /** A change to one streamer, whom [login] names; the answer comes when it is written down. */
    sealed interface Change :
        Command,
        WireMessage {
        val login: String
        val replyTo: ActorRef<Reply>
    }

    /** Is to be tracked always. */
    data class Pin(override val login: String, override val replyTo: ActorRef<Reply>) : Change

    /** Is to be tracked only while it is one of the top. */
    data class Unpin(override val login: String, override val replyTo: ActorRef<Reply>) : Change

    /** Is not to be tracked, whether pinned or of the top, until it is resumed. */
    data class Pause(override val login: String, override val replyTo: ActorRef<Reply>) : Change

    data class Resume(override val login: String, override val replyTo: ActorRef<Reply>) : Change

    data class GetRoster(val replyTo: ActorRef<Reply>) :
        Command,
        WireMessage

    /** Who was tracked in which of [slots]? For who closes the days. */
    class GetSpans(val slots: ClosedRange<DaySlot>, val replyTo: ActorRef<Spans>) : Command

    private data object Look : Command
    private data object Wake : Command
    private class TopAnswered(val language: String, val streamers: List<Login>?, val failure: Throwable?) : Command

    sealed interface Reply : WireMessage

    /** The roster as it is written down, each in alphabetical order. [tracked] holds from the next slot on. */
    data class RosterList(val tracked: List<String>, val pinned: List<String>, val paused: List<String>) : Reply

    /** Nothing was changed. */
    data class Refused(val reason: String) : Reply

    class Spans(val slots: ClosedRange<DaySlot>, val spans: Map<Login, List<Roster.Span>>)

    /** By language, since this life began; a restart begins without, and then tracks whom it has tracked before. */
    private val top = HashMap<String, List<Login>>()
    private val asked = HashSet<String>()
    private val troubles = LinkedHashMap<String, String>()

    override fun emptyState() = Roster(settings.pinned)

    override fun eventHandler() = EventHandler<Roster, RosterEvent> { roster, event -> roster.take(event) }

    override fun signalHandler(): SignalHandler<Roster> = newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance()) { roster: Roster ->
            context.self.tell(Look)
            timers.startTimerWithFixedDelay(Wake, Duration.ZERO, settings.wakeEvery)
            show(roster)
        }
        .onSignal(PostStop.instance()) { _: Roster -> board.show(null as CollectBoard.RosterStatus?) }
        .build()

    override fun commandHandler() = CommandHandler<Command, RosterEvent, Roster> { roster, command ->
        when (command) {
            is Change -> change(roster, command)
            is GetRoster -> then { command.replyTo.tell(list(it)) }
            is GetSpans -> then { command.replyTo.tell(Spans(command.slots, it.spansIn(command.slots))) }
            Look -> look(roster)
            Wake -> then(::wake)
            is TopAnswered -> answered(roster, command)
        }
    }

    private fun then(action: (Roster) -> Unit): Effect<RosterEvent, Roster> = Effect().none().thenRun(Procedure<Roster> { action(it) })

    private fun change(roster: Roster, change: Change): Effect<RosterEvent, Roster> {
        val streamer = Login.of(change.login)
            ?: return then { change.replyTo.tell(Refused("'${change.login}' is no login: 1 to ${Login.MAX_LENGTH} of a-z, 0-9 and _")) }
        val event: RosterEvent = when (change) {
            is Pin -> Pinned(streamer).takeIf { streamer !in roster.pinned }
            is Unpin -> Unpinned(streamer).takeIf { streamer in roster.pinned }
            is Pause -> Paused(streamer).takeIf { streamer !in roster.paused }
            is Resume -> Resumed(streamer).takeIf { streamer in roster.paused }
        } ?: return then { change.replyTo.tell(list(it)) }
        return Effect().persist(event).thenRun(
            Procedure<Roster> {
                change.replyTo.tell(list(it))
                context.self.tell(Look)
            },
        )
    }

    /** Brings the roster up to date with what is known now, and asks for what is not. */
    private fun look(roster: Roster): Effect<RosterEvent, Roster> {
        if (!clock.isTrusted) return then { timers.startSingleTimer(Look, ASK_CLOCK_AGAIN) }
        timers.startSingleTimer(Look, clock.until((clock.slot() + 1).startsAt) + SETTLE)
        if (settings.top > 0) settings.languages.filter { asked.add(it) }.forEach { ask(it, roster) }
        return bringUpToDate(roster)
    }

    private fun ask(language: String, roster: Roster) {
        val before = top[language] ?: roster.tracked
        val answer: CompletionStage<List<Login>> = try {
            api.topStreams(language, settings.top).thenCompose { withMissed(language, it.streams, before) }
        } catch (failure: RuntimeException) {
            CompletableFuture.failedFuture(failure)
        }
        context.pipeToSelf(answer) { streamers, failure -> TopAnswered(language, streamers, failure) }
    }

    /**
     * Twitch's list is known to leave streamers out, who then would be tracked no more for a slot, and nobody would know of a gap: those
     * who were on it [before] and are not are asked for by name.
     */
    private fun withMissed(language: String, list: List<LiveStream>, before: Collection<Login>): CompletionStage<List<Login>> {
        val absent = before - list.mapTo(HashSet()) { it.streamer }
        if (absent.isEmpty()) return CompletableFuture.completedFuture(list.map { it.streamer })
        return api.liveStreams(absent).thenApply { live ->
            val all = list + live.filter { it.language == language }
            all.sortedByDescending { it.liveViewers ?: 0 }.take(settings.top).map { it.streamer }
        }
    }

    private fun answered(roster: Roster, answered: TopAnswered): Effect<RosterEvent, Roster> {
        asked -= answered.language
        val streamers = answered.streamers
        if (streamers == null) {
            val reason = reason(answered.failure)
            if (troubles.put(answered.language, reason) == null) {
                context.log.warn("the top streamers of language {} stay as they were: {}", answered.language, reason)
            }
            return then(::show)
        }
        if (troubles.remove(answered.language) !=
            null
        ) {
            context.log.info("the top streamers of language {} are known again", answered.language)
        }
        top[answered.language] = streamers
        return bringUpToDate(roster)
    }

    private fun bringUpToDate(roster: Roster): Effect<RosterEvent, Roster> {
        // What changes does so from a slot on. The next look knows it, too.
        if (!clock.isTrusted) return then(::show)
        // Those of a language that has not answered yet: whoever was tracked, for it is not known for which language.
        val isWhole = settings.top == 0 || top.keys.containsAll(settings.languages)
        val wanted = top.values.flatten() + if (isWhole) emptyList() else roster.tracked
        // The pollers must hear of it before the slot begins. Only where nobody was tracked yet this one is used, as far as it goes.
        val from = if (roster.isNew) clock.slot() else clock.slot() + 1
        val change = roster.changedTo(wanted, from) ?: return then(::show)
        return Effect().persist(change as RosterEvent).thenRun(
            Procedure<Roster> {
                context.log.info("from {} on {} more are tracked and {} no more", from, change.tracked.size, change.untracked.size)
                wake(it)
                show(it)
            },
        )
    }

    /** Tells all pollers, and those that have just ended or are about to. */
    private fun wake(roster: Roster) = roster.since(clock.slot() - SLOTS_AFTER).forEach { (streamer, span) ->
        poller(streamer, StreamerPoller.Track(span.from.number, span.until?.number))
    }

    private fun list(roster: Roster) = RosterList(names(roster.tracked), names(roster.pinned), names(roster.paused))

    private fun names(streamers: Set<Login>) = streamers.map { it.name }.sorted()

    private fun show(roster: Roster) = board.show(
        CollectBoard.RosterStatus(roster.tracked.size, roster.pinned.size, roster.paused.size, troubles.values.firstOrNull()),
    )

    private fun reason(failure: Throwable?): String {
        val causes = generateSequence(failure) { it.cause }
        return causes.filterIsInstance<NoAnswer>().firstOrNull()?.reason ?: causes.lastOrNull()?.toString() ?: "no answer"
    }

    companion object {
        private const val ID = "roster"
        private const val SLOTS_AFTER = 2

        /** Past the border, whichever way a timer is rounded. */
        private val SETTLE: Duration = Duration.ofMillis(1)
        private val ASK_CLOCK_AGAIN: Duration = Duration.ofSeconds(1)
        private val MIN_BACKOFF: Duration = Duration.ofMillis(200)
        private val MAX_BACKOFF: Duration = Duration.ofSeconds(10)
        private const val BACKOFF_JITTER = 0.2

        fun create(
            api: TwitchApi,
            poller: (Login, StreamerPoller.Track) -> Unit,
            settings: CollectSettings,
            clock: SlotClock,
            board: CollectBoard,
        ): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(RosterKeeper::class.java)
            Behaviors.withTimers { timers -> RosterKeeper(context, timers, api, poller, settings, clock, board) }
        }
    }
}
