package twitchactors.sources

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.SupervisorStrategy
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.cluster.typed.ClusterSingleton
import org.apache.pekko.cluster.typed.ClusterSingletonSettings
import org.apache.pekko.cluster.typed.SingletonActor
import java.time.Duration

/**
 * Keeps the budgets of all tokens for the whole cluster, and leases their points to nodes as these have requests for them. One in the
 * cluster. It keeps nothing: started anew, on another node, it gives few points until a reply has told how many there are.
 */
internal class BudgetKeeper private constructor(
    private val context: ActorContext<Command>,
    private val perMinute: Int,
    private val nanos: () -> Long,
) {
    sealed interface Command

    /**
     * A node has requests waiting for points.
     *
     * @param told the latest that a reply said of this budget since the last time; null for nothing, or for long ago
     * @param age nanoseconds since that was said
     * @param outstanding requests of the node that are under way now
     */
    data class Lease(
        val budget: String,
        val wanted: Int,
        val told: RateLimit?,
        val age: Long,
        val outstanding: Int,
        val replyTo: ActorRef<PointLeases.Command>,
    ) : Command,
        WireMessage

    /** A request of a node was refused with 429. */
    data class Overrun(val budget: String, val told: RateLimit?) :
        Command,
        WireMessage
    private class Gone(val node: ActorRef<PointLeases.Command>) : Command

    private val pace = TwitchPace()
    private val budgets = HashMap<String, PointBudget>()
    private val nodes = HashSet<ActorRef<PointLeases.Command>>()

    private fun keeping(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            is Lease -> lease(command)
            is Overrun -> overrun(command)
            is Gone -> nodes -= command.node
        }
        Behaviors.same()
    }

    private fun lease(lease: Lease) {
        val now = nanos()
        if (nodes.add(lease.replyTo)) context.watchWith(lease.replyTo, Gone(lease.replyTo))
        val budget = budget(lease.budget, now)
        lease.told?.let {
            pace.seen(it.at, now - lease.age)
            budget.told(it, lease.outstanding, lease.age, now)
        }
        val points = budget.grant(lease.wanted, now)
        lease.replyTo.tell(PointLeases.Leased(lease.budget, points, if (points == 0) budget.wait(now) else 0))
    }

    private fun overrun(overrun: Overrun) {
        val now = nanos()
        overrun.told?.let { pace.seen(it.at, now) }
        val budget = budget(overrun.budget, now)
        val isNews = !budget.isClosed(now)
        val closed = budget.refused(overrun.told, now)
        if (isNews) {
            context.log.warn("Twitch said 429 to the budget {}; nobody asks with it for {} ms", overrun.budget, closed / NANOS_PER_MILLI)
        }
        nodes.forEach { it.tell(PointLeases.Closed(overrun.budget, closed)) }
    }

    private fun budget(name: String, now: Long) = budgets.getOrPut(name) { PointBudget(perMinute, pace, now) }

    companion object {
        private const val NANOS_PER_MILLI = 1_000_000
        private val RESTART_AFTER = Duration.ofMillis(200)
        private val RESTART_AT_MOST = Duration.ofSeconds(10)

        /** The keeper itself. [nanos] is a monotonic clock. */
        fun create(perMinute: Int, nanos: () -> Long = System::nanoTime): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(BudgetKeeper::class.java)
            BudgetKeeper(context, perMinute, nanos).keeping()
        }

        /**
         * Sees to it that there is one in the cluster of [system], here or on another node, and gives the way to it.
         *
         * @param role that the nodes have that ask Twitch; null: all
         */
        fun init(system: ActorSystem<*>, perMinute: Int, role: String?): ActorRef<Command> {
            // A restart forgets what was told, which costs a moment of few points.
            val supervised = Behaviors.supervise(create(perMinute))
                .onFailure(SupervisorStrategy.restartWithBackoff(RESTART_AFTER, RESTART_AT_MOST, 0.1))
            val settings = ClusterSingletonSettings.create(system).let { if (role == null) it else it.withRole(role) }
            return ClusterSingleton.get(system).init(SingletonActor.of(supervised, "twitch-budgets").withSettings(settings))
        }
    }
}
