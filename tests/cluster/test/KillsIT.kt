package twitchactors.cluster

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.random.Random

/**
 * A day flows through three nodes, which speak by mutual TLS and are killed at seeded moments, the oldest first; one is paused until the
 * others have shut it out; in the end all are killed at once. What is stored is what was served. Two kills and the last hours of a day;
 * with a number of kills in TWITCHACTORS_TEST_NODE_KILLS the day is a whole one, and every fifth time two of five nodes go at once.
 * TWITCHACTORS_TEST_SEED sets other moments.
 */
class KillsIT {
    private val kills = System.getenv("TWITCHACTORS_TEST_NODE_KILLS")?.toIntOrNull()
    private val random = Random(System.getenv("TWITCHACTORS_TEST_SEED")?.toInt() ?: 1)
    private val takeovers = ArrayList<RunningCluster.Takeover>()

    @Test
    fun `nodes are killed and paused while a day flows, and what is stored is what was served`(@TempDir folder: Path) {
        val others = mapOf("TWITCHACTORS_CLUSTER_TLS_FOLDER" to "${Certificates(folder.resolve("tls")).node()}")
        val (speed, at) = if (kills == null) FlowingDay.QUICK to "21:00" else FlowingDay.SLOW to "00:00"
        FlowingDay.run(folder, speed, at, RunningCluster.loopback(if (kills == null) 3 else 5), others) { day ->
            val cluster = day.cluster
            day.begin(cluster.nodes.take(3))
            val wrong = Certificates(folder.resolve("wrong-tls")).node()
            cluster.stranger(mapOf("TWITCHACTORS_CLUSTER_TLS_FOLDER" to "$wrong")).use { stranger ->
                stranger.start()
                cluster.awaitEntry(stranger)
                disturb(cluster, day.services)
                refuses(cluster, day.services, stranger)
            }
            allKilled(cluster)
            day.compare()
        }
        RunningCluster.assertBounded(takeovers)
    }

    /** Its certificate is of another authority. */
    private fun refuses(cluster: RunningCluster, services: OutsideServices, stranger: ClusterNode) {
        cluster.until("a certificate that is refused", stranger) { REFUSED in stranger.program.news }
        assertTrue(
            services.hasSeen(cluster.oldest.host) && !services.hasSeen(stranger.host),
            "the cluster took a node in that has a wrong certificate",
        )
        assertEquals(emptyMap<Int, Long>(), stranger.claims)
    }

    private fun disturb(cluster: RunningCluster, services: OutsideServices) {
        repeat(kills ?: SHORT) { at ->
            cluster.moment(random)
            when {
                at == 0 -> killed(cluster, listOf(cluster.oldest))
                kills != null && at % 5 == 4 -> twoOfFive(cluster)
                else -> killed(cluster, listOf(cluster.nodes.take(3).random(random)))
            }
        }
        cluster.moment(random)
        paused(cluster, services, cluster.nodes.take(3).filter { it != cluster.oldest }.random(random))
    }

    private fun killed(cluster: RunningCluster, those: List<ClusterNode>) {
        takeovers += cluster.takeover("$those killed", those) { it.kill() }
        cluster.start(those)
    }

    /** Those who come back begin a cluster without the one that is named first, who joins them later. */
    private fun allKilled(cluster: RunningCluster) {
        val three = cluster.nodes.take(3)
        three.forEach { it.kill() }
        cluster.start(three.drop(1))
        cluster.start(three.take(1))
    }

    private fun twoOfFive(cluster: RunningCluster) {
        val more = cluster.nodes.drop(3)
        cluster.start(more)
        val two = cluster.nodes.shuffled(random).take(2)
        takeovers += cluster.takeover("$two of five killed", two) { it.kill() }
        cluster.start(two)
        // One after the other: what remains is always the majority.
        for (node in more) {
            takeovers += cluster.takeover("$node leaves", listOf(node)) {
                it.signal("TERM")
                it.program.end()
            }
        }
    }

    /** It comes back as a former owner of its partitions that does not know it: what it writes is refused, and counted. */
    private fun paused(cluster: RunningCluster, services: OutsideServices, node: ClusterNode) {
        val entries = node.entries
        val refused = services.refused()
        val counted = node.metric(FENCED) ?: 0.0
        takeovers += cluster.takeover("$node paused", listOf(node)) { it.signal("STOP") }
        node.signal("CONT")
        cluster.until("a write of a former owner that is refused", node) { services.refused() > refused }
        cluster.until("the same in the metrics of $node", node) { (node.metric(FENCED) ?: 0.0) > counted }
        cluster.awaitReturn(node, entries)
    }

    private companion object {
        const val SHORT = 2

        /** The metric of writes that were refused, for their node has lost its partitions to others. */
        const val FENCED = "twitchactors_fenced_writes_total"

        /** What Java's TLS says of a certificate whose authority it does not know. */
        const val REFUSED = "PKIX path"
    }
}
