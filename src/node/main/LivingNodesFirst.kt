package twitchactors.node

import org.apache.pekko.actor.ActorSystem
import org.apache.pekko.actor.setup.Setup
import org.apache.pekko.cluster.Cluster
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrapSettings
import org.apache.pekko.management.cluster.bootstrap.JoinDecision
import org.apache.pekko.management.cluster.bootstrap.JoinSelf
import org.apache.pekko.management.cluster.bootstrap.KeepProbing
import org.apache.pekko.management.cluster.bootstrap.LowestAddressJoinDecider
import org.apache.pekko.management.cluster.bootstrap.SeedNodesInformation
import org.slf4j.LoggerFactory
import scala.concurrent.Future
import scala.jdk.javaapi.FutureConverters
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Who may begin a cluster among nodes that have discovered each other: the one with the lowest address, when enough of them answer and
 * none knows a cluster, as Pekko has it; and only when no other node says in MariaDB that it lives. A list of names that has lost some of
 * them, or a partition of the network, thus makes no second cluster, which would take the viewer partitions from the first one.
 */
internal class LivingNodesFirst(private val system: ActorSystem, settings: ClusterBootstrapSettings) :
    LowestAddressJoinDecider(system, settings) {
    /** What an actor system is given so that its decider can ask. */
    class Living(val others: (address: String) -> List<String>) : Setup()

    private val living = system.settings().setup().get(Living::class.java).get()
    private val self = Cluster.get(system).selfAddress().toString()
    private var told = emptyList<String>()

    override fun decide(info: SeedNodesInformation): Future<JoinDecision> =
        FutureConverters.asScala(FutureConverters.asJava(super.decide(info)).thenCompose(::unlessOthersLive))

    private fun unlessOthersLive(decision: JoinDecision): CompletionStage<JoinDecision> {
        if (decision != JoinSelf.getInstance()) return CompletableFuture.completedFuture(decision)
        val blocking = system.dispatchers().lookup(BLOCKING)
        return CompletableFuture.supplyAsync({ living.others(self) }, blocking).handle { others, failure ->
            when {
                failure != null -> {
                    log.warn("begins no cluster while MariaDB does not tell which nodes live: {}", failure.message)
                    KeepProbing.getInstance()
                }
                others.isNotEmpty() -> {
                    if (others != told) log.warn("begins no cluster, for {} live, and none that was discovered is in theirs", others)
                    told = others
                    KeepProbing.getInstance()
                }
                else -> decision
            }
        }
    }

    private companion object {
        const val BLOCKING = "pekko.actor.default-blocking-io-dispatcher"
        val log = LoggerFactory.getLogger(LivingNodesFirst::class.java)
    }
}
