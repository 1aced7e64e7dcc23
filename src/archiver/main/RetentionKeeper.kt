package twitchactors.archiver

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.DispatcherSelector
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.cluster.typed.ClusterSingleton
import org.apache.pekko.cluster.typed.ClusterSingletonSettings
import org.apache.pekko.cluster.typed.SingletonActor
import java.time.Duration
import java.util.concurrent.CompletableFuture

/**
 * Lets data go that are old enough, kind after kind, now and then. One in the cluster, on a node with the role archive, where the files
 * are. It keeps nothing: what is old follows from the data. A kind that fails is told of and tried again at the next turn; the
 * others have theirs.
 */
class RetentionKeeper private constructor(private val context: ActorContext<Command>, private val outside: Outside) {
    /**
     * What it needs from outside.
     *
     * @param removed is told what went of a kind; blocks
     */
    class Outside(val kinds: List<KeptKind>, val removed: (kind: KeptKind, things: List<String>) -> Unit)

    sealed interface Command
    private data object Look : Command
    private class Looked(val failed: Map<String, String>) : Command

    private var troubles = emptyMap<String, String>()

    private fun idle(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            Look -> {
                val work = CompletableFuture.supplyAsync(::work, context.system.dispatchers().lookup(DispatcherSelector.blocking()))
                context.pipeToSelf(work) { looked, failure -> looked ?: Looked(mapOf("all" to reason(failure))) }
                busy()
            }
            is Looked -> Behaviors.same()
        }
    }

    private fun busy(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            Look -> Behaviors.same()
            is Looked -> {
                // One line per trouble, not per turn.
                command.failed.filter { troubles[it.key] != it.value }.forEach { (kind, reason) ->
                    context.log.warn("{} that are old enough stay for now: {}", kind, reason)
                }
                troubles = command.failed
                idle()
            }
        }
    }

    private fun work(): Looked {
        val failed = LinkedHashMap<String, String>()
        for (kind in outside.kinds) {
            try {
                val things = kind.remove(kind.kept)
                if (things.isNotEmpty()) outside.removed(kind, things)
            } catch (failure: Exception) {
                failed[kind.name] = reason(failure)
            }
        }
        return Looked(failed)
    }

    private fun reason(failure: Throwable?) = failure?.let { generateSequence(it) { cause -> cause.cause }.last() }
        ?.let { it.message ?: it.toString() }.orEmpty()

    companion object {
        /** The keeper itself; it looks at once, and then again and again. */
        fun create(outside: Outside, lookEvery: Duration): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(RetentionKeeper::class.java)
            Behaviors.withTimers { timers: TimerScheduler<Command> ->
                timers.startTimerWithFixedDelay(Look, Duration.ZERO, lookEvery)
                RetentionKeeper(context, outside).idle()
            }
        }

        /** Sees to it that there is one in the cluster of [system], here or on another node. */
        fun init(system: ActorSystem<*>, outside: Outside, lookEvery: Duration) {
            val singleton = SingletonActor.of(create(outside, lookEvery), "retention-keeper")
            val settings = ClusterSingletonSettings.create(system).withRole(NightlyArchiver.ROLE)
            ClusterSingleton.get(system).init(singleton.withSettings(settings))
        }
    }
}
