package twitchactors.sources

import org.apache.pekko.actor.typed.ActorRef
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/** The points that [leases] has for this node. What follows on a point is done by [executor], not by the actor. */
internal class LeasedPoints(private val leases: ActorRef<PointLeases.Command>, private val executor: Executor) : Points {
    override fun take(budget: String): CompletionStage<*> {
        val point = CompletableFuture<Unit>()
        leases.tell(PointLeases.Take(budget, point))
        return point.thenApplyAsync({ it }, executor)
    }

    override fun done(budget: String, told: RateLimit?, isRefused: Boolean) = leases.tell(PointLeases.Done(budget, told, isRefused))
}
