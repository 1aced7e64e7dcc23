package twitchactors.node

import org.apache.pekko.Done
import org.apache.pekko.actor.CoordinatedShutdown
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.slf4j.LoggerFactory
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.function.Supplier

/** How far [system] is with its end, whoever began it: the others that shut it out, an operator, this process. */
internal class NodeEnding(private val system: ActorSystem<*>, private val nanoTime: () -> Long = System::nanoTime) {
    private val shutdown = CoordinatedShutdown.get(Adapter.toClassic(system))

    /** When all steps of the end were done or had run out of time, by [nanoTime]; null before. */
    @Volatile
    private var triedAll: Long? = null

    /** True when nothing of it is there any more. */
    val isOver: Boolean get() = system.whenTerminated().isCompleted

    /** True when an operator asked it to leave its cluster. */
    val isWished: Boolean get() = shutdown.shutdownReason.orElse(null) == CoordinatedShutdown.clusterLeavingReason()

    /** True when everything was tried and it is still there: something waits for what does not come, until the process ends. */
    val isStuck: Boolean get() = !isOver && triedAll?.let { nanoTime() - it > GRACE.toNanos() } == true

    init {
        shutdown.addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "watch-the-end",
            Supplier {
                // It runs already: this only asks for what becomes of it.
                shutdown.runAll(CoordinatedShutdown.unknownReason()).whenComplete { _, _ -> triedAll = nanoTime() }
                CompletableFuture.completedFuture(Done.getInstance())
            },
        )
    }

    /** Says in the log which actors are left, for who has to find out why. */
    fun report() = log.error("the actor system does not end; what is left of it:\n{}", system.printTree())

    companion object {
        val GRACE: Duration = Duration.ofSeconds(10)
        private val log = LoggerFactory.getLogger(NodeEnding::class.java)
    }
}
