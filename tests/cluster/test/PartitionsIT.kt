package twitchactors.cluster

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.random.Random

/**
 * A day flows through three nodes in network namespaces of their own, between which the network is cut: whoever is left alone ends its own
 * node, the others take over, and when the network is whole again all three work. What is stored is what was served. With a number in
 * TWITCHACTORS_TEST_PARTITIONS the day is a whole one that has so many cuts, at moments and between nodes by TWITCHACTORS_TEST_SEED.
 */
class PartitionsIT {
    private val cuts = System.getenv("TWITCHACTORS_TEST_PARTITIONS")?.toInt()
    private val random = Random(System.getenv("TWITCHACTORS_TEST_SEED")?.toInt() ?: 1)
    private val takeovers = ArrayList<RunningCluster.Takeover>()

    @Test
    fun `the network is cut between nodes while a day flows, and what is stored is what was served`(@TempDir folder: Path) {
        Namespaces.assumePossible()
        Namespaces(3).use { network ->
            val (speed, at) = if (cuts == null) FlowingDay.QUICK to "20:30" else FlowingDay.SLOW to "00:00"
            FlowingDay.run(folder, speed, at, network.places) { day ->
                day.begin(day.cluster.nodes)
                Cuts(day, network).make()
                day.compare()
            }
        }
        RunningCluster.assertBounded(takeovers)
    }

    private inner class Cuts(private val day: FlowingDay, private val network: Namespaces) {
        private val cluster = day.cluster
        private val nodes = cluster.nodes

        fun make() {
            cluster.moment(random)
            isolated(cluster.oldest)
            if (cuts == null) {
                separated(nodes.random(random))
                unheard(nodes.random(random))
                return
            }
            repeat(cuts - 1) {
                cluster.moment(random)
                val node = nodes.random(random)
                when (random.nextInt(4)) {
                    0 -> isolated(node)
                    1 -> separated(node)
                    2 -> unheard(node)
                    else -> unheardByOne(node, (nodes - node).random(random))
                }
            }
        }

        /** Two and one do not hear each other; the services hear all. */
        private fun separated(node: ClusterNode) = cut("$node is cut off", listOf(node)) { network.cut(node, nodes - node) }

        /** It hears the others, and they do not hear it. */
        private fun unheard(node: ClusterNode) = cut("$node is not heard", listOf(node)) { network.lose(node, nodes - node) }

        /** Who is right cannot be told: both end, and the third goes on. */
        private fun unheardByOne(node: ClusterNode, other: ClusterNode) =
            cut("$node is not heard by $other", listOf(node, other)) { network.lose(node, listOf(other)) }

        /**
         * It hears nobody, the services neither, and has to end nevertheless. What it was about to write then comes to MariaDB when the
         * network is whole again, and others own its partitions.
         */
        private fun isolated(node: ClusterNode) = cut("$node is alone", listOf(node), asksServices = false) { network.isolate(node) }

        private fun cut(what: String, minority: List<ClusterNode>, asksServices: Boolean = true, action: () -> Unit) {
            val other = (nodes - minority.toSet()).first()
            val before = minority.associateWith { it.entries to it.shutOut }
            val begun = begun(minority.first())
            val began = System.nanoTime()
            takeovers += cluster.takeover(what, minority) { if (it == minority.first()) action() }
            for (node in minority) {
                cluster.until("$node ends its own node", other) { node.shutOut > before.getValue(node).second || !node.program.alive }
                println("$node has ended its own after %.1f s".format((System.nanoTime() - began) / 1e9))
            }
            if (minority.size == 1 && asksServices) staysOut(minority.single(), other, begun)
            network.heal(minority.first())
            for (node in minority) {
                cluster.awaitReturn(node, before.getValue(node).first)
                cluster.until("$node is ready", node) { node.isReady }
            }
        }

        /** It says that it is not ready, and neither begins a cluster, as it has [begun] so many times, nor owns a partition. */
        private fun staysOut(node: ClusterNode, other: ClusterNode, begun: Int) {
            cluster.until("$node says that it is not ready", other) { !node.isReady }
            cluster.until("$other is ready", other) { other.isReady }
            assertEquals(emptyMap<Int, Long>(), cluster.owned(node))
            assertEquals(begun, begun(node), "clusters that $node began")
        }

        private fun begun(node: ClusterNode) = BEGINS.findAll(node.program.news).count()
    }

    private companion object {
        val BEGINS = Regex("or begins a cluster")
    }
}
