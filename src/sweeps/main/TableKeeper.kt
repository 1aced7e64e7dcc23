package twitchactors.sweeps

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.cluster.typed.ClusterSingleton
import org.apache.pekko.cluster.typed.ClusterSingletonSettings
import org.apache.pekko.cluster.typed.SingletonActor
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletionException
import java.util.concurrent.CompletionStage

/**
 * Brings hours and days up to date with the rows that came, and removes rows that are old. One in the cluster. What it leaves undone
 * stays marked in the database, so nothing is lost with it.
 *
 * @param rollUp does a piece of the work; tells whether there is more
 * @param removeOld removes a piece of what arrived before a time; tells whether there is more
 */
class TableKeeper private constructor(
    private val context: ActorContext<Command>,
    timers: TimerScheduler<Command>,
    private val rollUp: () -> CompletionStage<Boolean>,
    private val removeOld: (arrivedBefore: Instant) -> CompletionStage<Boolean>,
    private val now: () -> Instant,
    private val settings: SweepsSettings,
) {
    sealed interface Command
    private data object Tick : Command
    private class RolledUp(val isMore: Boolean) : Command
    private class Removed(val isMore: Boolean) : Command
    private class Failed(val cause: Throwable) : Command

    private var isWorking = false
    private var trouble: String? = null

    init {
        timers.startTimerWithFixedDelay(Tick, Duration.ZERO, settings.rollUpEvery)
    }

    private fun keeping(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            Tick -> if (!isWorking) rollUp()
            is RolledUp -> if (command.isMore) rollUp() else remove()
            is Removed -> if (command.isMore) remove() else done()
            is Failed -> failed(command.cause)
        }
        Behaviors.same()
    }

    private fun rollUp() {
        isWorking = true
        context.pipeToSelf(rollUp.invoke()) { isMore, failure -> if (failure == null) RolledUp(isMore) else Failed(failure) }
    }

    private fun remove() {
        val removed = removeOld(now().minus(settings.keepRows))
        context.pipeToSelf(removed) { isMore, failure -> if (failure == null) Removed(isMore) else Failed(failure) }
    }

    private fun done() {
        isWorking = false
        if (trouble != null) context.log.warn("hours and days are rolled up again")
        trouble = null
    }

    private fun failed(failure: Throwable) {
        isWorking = false
        val cause = generateSequence(failure) { if (it is CompletionException) it.cause else null }.last()
        // One line per trouble, not per try.
        if (trouble == null) context.log.warn("hours and days wait for MariaDB: {}", cause.message ?: "$cause")
        trouble = "$cause"
    }

    companion object {
        /** The keeper itself; it begins at once. */
        fun create(
            settings: SweepsSettings,
            rollUp: () -> CompletionStage<Boolean>,
            removeOld: (arrivedBefore: Instant) -> CompletionStage<Boolean>,
            now: () -> Instant = Instant::now,
        ): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(TableKeeper::class.java)
            Behaviors.withTimers { timers -> TableKeeper(context, timers, rollUp, removeOld, now, settings).keeping() }
        }

        /** Sees to it that there is one in the cluster of [system], here or on another node with the role of [Ingest]. */
        fun init(system: ActorSystem<*>, keeper: Behavior<Command>) {
            val singleton = SingletonActor.of(keeper, "table-keeper")
            ClusterSingleton.get(system).init(singleton.withSettings(ClusterSingletonSettings.create(system).withRole(Ingest.ROLE)))
        }
    }
}
