package twitchactors.cluster

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.Program
import java.nio.file.Path
import kotlin.random.Random

/**
 * While a day flows, three nodes of the previous version, from its tarball, are restarted one by one as the new one; each hands over
 * before it ends. Then one of the previous version joins the new ones, and leaves again. What is stored is what was served.
 *
 * Without a tarball in TWITCHACTORS_TEST_PREVIOUS the previous version is that of these sources with another number. That shows how nodes
 * of two versions share the work and hand it over, not that the words of a really older program are understood.
 */
class RollingIT {
    private val handOvers = ArrayList<RunningCluster.Takeover>()
    private val random = Random(System.getenv("TWITCHACTORS_TEST_SEED")?.toInt() ?: 1)

    @Test
    fun `nodes are upgraded one by one while a day flows, an old one comes and goes, and the day is exact`(@TempDir folder: Path) {
        Tarball.assumeThere()
        val previous = Tarball.previous(folder.resolve("previous"), PREVIOUS)
        FlowingDay.run(folder, FlowingDay.QUICK, "21:00", RunningCluster.loopback(4)) { day ->
            val cluster = day.cluster
            val three = cluster.nodes.take(3)
            val fourth = cluster.nodes.last()
            cluster.nodes.forEach { it.distribution = previous }
            day.begin(three)
            val old = versions(three.last()).values.distinct().single()
            for (node in three) {
                cluster.moment(random)
                handOver(cluster, node)
                if (node == three[1]) {
                    for (one in three - node) cluster.until("both versions have partitions", one) { cluster.owned(one).isNotEmpty() }
                }
                node.distribution = Unpacked.SOURCES
                cluster.enter(listOf(node))
            }
            for (node in three) cluster.until("$node has partitions", node) { cluster.owned(node).isNotEmpty() }
            val new = versions(three.last()).values.distinct().single()
            assertEquals(listOf(old, new).sorted(), listOf(old, new), "versions, the older one first")
            cluster.enter(listOf(fourth))
            assertEquals(three.associate { it.host to new } + (fourth.host to old), versions(fourth), "as the one of the old version says")
            cluster.moment(random)
            handOver(cluster, fourth)
            day.compare()
        }
        RunningCluster.assertBounded(handOvers)
    }

    private fun handOver(cluster: RunningCluster, node: ClusterNode) = cluster.assertNobodyIsLost {
        val began = System.nanoTime()
        handOvers += cluster.takeover("$node is asked to end", listOf(node)) { it.signal("TERM") }
        val ended = node.program.end()
        println("$node has ended after %.1f s".format((System.nanoTime() - began) / 1e9))
        assertEquals(TERMINATED, ended.exit, "$ended")
    }

    /** By host: the version of each member of the cluster, as [node] tells by pbm. */
    private fun versions(node: ClusterNode): Map<String, String> {
        val words = listOf(node.ops, "--data", node.data, "--json", "cluster", "show")
        val shown = Program.start(words, launcher = Program.root.resolve("pbm")).use { it.end() }
        assertEquals(0, shown.exit, "$shown")
        return Json.parseToJsonElement(shown.out).jsonObject.getValue("members").jsonArray.map { it.jsonObject }.associate {
            it.getValue("address").jsonPrimitive.content.substringAfter('@').substringBefore(':') to
                it.getValue("app_version").jsonPrimitive.content
        }
    }

    private companion object {
        /** Lower than any that there will be. */
        const val PREVIOUS = "0.0.1"

        /** How the shell tells that a program has ended because it was asked to. */
        const val TERMINATED = 143
    }
}
