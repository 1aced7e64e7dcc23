package twitchactors.node

import org.apache.pekko.actor.AddressFromURIString
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.cluster.Cluster
import org.apache.pekko.cluster.MemberStatus
import org.slf4j.LoggerFactory
import twitchactors.store.ClusterNodes
import java.time.Duration
import java.util.concurrent.Executor
import java.util.concurrent.atomic.AtomicBoolean

/**
 * How a node comes into its cluster: through the [seeds] and through all nodes that say in MariaDB that they live. When nobody lives, one
 * of those that look for a cluster begins it: the first that claims so in MariaDB. Pekko alone would let just the first seed begin one,
 * and that also when it only reaches nobody, as after a partition of the network: then two clusters would take the viewer partitions from
 * each other, and without the first seed nobody would ever begin one.
 *
 * @param seeds none: the node is brought in by [ClusterDiscovery], and only says here that it lives
 */
internal class ClusterEntry(private val system: ActorSystem<*>, private val seeds: List<String>, private val nodes: ClusterNodes) {
    private val cluster = Cluster.get(Adapter.toClassic(system))
    private val self = cluster.selfAddress().toString()
    private val isLooking = AtomicBoolean()
    private var asked = emptyList<String>()

    /** Looks now and every second, by [blocking]. */
    fun keep(blocking: Executor) {
        system.scheduler().scheduleWithFixedDelay(Duration.ZERO, LOOK_EVERY, {
            // MariaDB may be away for longer than until the next look.
            if (isLooking.compareAndSet(false, true)) {
                blocking.execute {
                    try {
                        look()
                    } catch (failure: Exception) {
                        log.warn("MariaDB does not tell which nodes live: {}", failure.message)
                    } finally {
                        isLooking.set(false)
                    }
                }
            }
        }, system.executionContext())
    }

    private fun look() {
        if (cluster.isTerminated) return
        when (cluster.selfMember().status()) {
            MemberStatus.up(), MemberStatus.weaklyUp() -> nodes.lives(self)
            MemberStatus.removed() -> if (seeds.isNotEmpty()) enter()
            else -> Unit
        }
    }

    private fun enter() {
        val living = nodes.others(self, LIVES_FOR)
        val beginner = if (living.isEmpty()) nodes.beginner(self, LIVES_FOR) else null
        val others = (living + listOfNotNull(beginner) + seeds).distinct() - self
        // One that is first in its own list begins a cluster when none of the others answers within some seconds.
        val through = if (beginner == self) listOf(self) + others else others
        if (through == asked) return
        asked = through
        log.info("joins through {}{}", others, if (beginner == self) ", or begins a cluster" else "")
        cluster.joinSeedNodes(through.map { AddressFromURIString.parse(it) })
    }

    companion object {
        private val log = LoggerFactory.getLogger(ClusterEntry::class.java)
        private val LOOK_EVERY: Duration = Duration.ofSeconds(1)

        /** Longer than the others take to shut out one that does not answer. */
        val LIVES_FOR: Duration = Duration.ofSeconds(15)
    }
}
