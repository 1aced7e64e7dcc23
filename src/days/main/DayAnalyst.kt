package twitchactors.days

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.cluster.typed.ClusterSingleton
import org.apache.pekko.cluster.typed.ClusterSingletonSettings
import org.apache.pekko.cluster.typed.SingletonActor
import java.time.Duration
import java.util.concurrent.CompletionStage

/**
 * Does in the background what follows from sealed days and nobody has to wait for: viewers' documents, windows, communities. A piece
 * at a time, so sealing, polling and pages go on. One in the cluster; it keeps nothing, so a restart or another node goes on where it was.
 */
class DayAnalyst private constructor(
    private val context: ActorContext<Command>,
    private val timers: TimerScheduler<Command>,
    private val piece: () -> CompletionStage<Boolean>,
    private val settings: DaysSettings,
) {
    sealed interface Command
    private data object Look : Command
    private class Done(val isWork: Boolean) : Command
    private class Failed(val cause: Throwable) : Command

    private var trouble: String? = null

    private fun waiting(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            Look -> look()
            is Done -> done(command.isWork)
            is Failed -> failed(command.cause)
        }
        Behaviors.same()
    }

    private fun look() = context.pipeToSelf(piece()) { isWork, failure -> if (failure == null) Done(isWork) else Failed(failure) }

    private fun done(isWork: Boolean) {
        if (trouble != null) context.log.info("the analysis of days goes on")
        trouble = null
        if (isWork) look() else timers.startSingleTimer(Look, settings.lookEvery)
    }

    private fun failed(cause: Throwable) {
        val reason = generateSequence(cause) { it.cause }.last().let { it.message ?: it.toString() }
        // One line per trouble, not per try.
        if (reason != trouble) context.log.warn("the analysis of days waits: {}", reason)
        trouble = reason
        timers.startSingleTimer(Look, AFTER_FAILURE)
    }

    companion object {
        private val AFTER_FAILURE: Duration = Duration.ofSeconds(2)

        /** @param piece does a piece of work, if there is any; false when there is none */
        fun create(piece: () -> CompletionStage<Boolean>, settings: DaysSettings): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(DayAnalyst::class.java)
            Behaviors.withTimers { timers ->
                context.self.tell(Look)
                DayAnalyst(context, timers, piece, settings).waiting()
            }
        }

        /** Sees to it that there is one in the cluster of [system], here or on another node. */
        fun init(system: ActorSystem<*>, piece: () -> CompletionStage<Boolean>, settings: DaysSettings) {
            val singleton = SingletonActor.of(create(piece, settings), "day-analyst")
            ClusterSingleton.get(system).init(singleton.withSettings(ClusterSingletonSettings.create(system).withRole(DayWatch.ROLE)))
        }
    }
}
