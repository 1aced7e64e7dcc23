package twitchactors.node

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.javadsl.AskPattern
import twitchactors.collect.RosterKeeper
import twitchactors.domain.BadInput
import twitchactors.services.ServiceUnavailable
import java.time.Duration
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeoutException

/** The roster of the cluster, asked by people. Blocks its caller. */
internal class AskedRoster(private val running: Running) {
    /** @throws BadInput when the roster refuses; [ServiceUnavailable] when there is none just now */
    fun ask(message: (ActorRef<RosterKeeper.Reply>) -> RosterKeeper.Command): RosterKeeper.RosterList {
        val node = running.node ?: throw ServiceUnavailable("this node is not in a cluster just now; ask again in some seconds")
        val reply = try {
            AskPattern.ask(node.roster, { replyTo: ActorRef<RosterKeeper.Reply> -> message(replyTo) }, PATIENCE, node.system.scheduler())
                .toCompletableFuture().get()
        } catch (failed: ExecutionException) {
            if (failed.cause !is TimeoutException) throw failed
            throw ServiceUnavailable(
                "the roster does not answer: no node has the role collect, or it moves to another one just now",
                failed,
            )
        }
        return when (reply) {
            is RosterKeeper.RosterList -> reply
            is RosterKeeper.Refused -> throw BadInput(reply.reason)
        }
    }

    private companion object {
        val PATIENCE: Duration = Duration.ofSeconds(10)
    }
}
