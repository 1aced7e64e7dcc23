package twitchactors.cluster

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.Program
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.createDirectory
import kotlin.random.Random

/**
 * A day flows through three nodes while the clock of the oldest is set half a minute ahead, which are 50 minutes of this day, and later
 * two minutes back. Each time it hands over, ends and says why; with a clock that is off it does not start, with one that is right again
 * it works. What is stored is what was served.
 */
class ClockIT {
    private val random = Random(System.getenv("TWITCHACTORS_TEST_SEED")?.toInt() ?: 1)
    private val takeovers = ArrayList<RunningCluster.Takeover>()

    @Test
    fun `a node whose clock is set leaves, does not start until it is right, and the day is exact`(@TempDir folder: Path) {
        SettableClock.assumeThere()
        val clock = SettableClock(folder.resolve("machine").createDirectory())
        val places = RunningCluster.loopback(3).mapIndexed { at, place ->
            if (at == 0) RunningCluster.Place(place.host, clock.within) else place
        }
        FlowingDay.run(folder, FlowingDay.QUICK, "21:00", places) { day ->
            val cluster = day.cluster
            day.begin(cluster.nodes)
            val node = cluster.nodes.first()
            assertEquals(node, cluster.oldest)
            cluster.moment(random)
            // Within the day: what a wrong clock puts into a later slot is compared with what is served then.
            leaves(cluster, node, HALF_A_MINUTE, "ahead of") { clock.set(HALF_A_MINUTE) }
            clock.set(TWO_MINUTES)
            doesNotStart(node)
            clock.set(Duration.ZERO)
            cluster.start(listOf(node))
            cluster.moment(random)
            leaves(cluster, node, TWO_MINUTES, "behind") { clock.set(TWO_MINUTES.negated()) }
            day.compare()
        }
        RunningCluster.assertBounded(takeovers)
    }

    private fun leaves(cluster: RunningCluster, node: ClusterNode, off: Duration, way: String, set: () -> Unit) {
        cluster.assertNobodyIsLost {
            takeovers += cluster.takeover("the clock of $node is $way the others'", listOf(node)) { set() }
            assertIsOff(node.program.end(), off, way)
        }
    }

    private fun doesNotStart(node: ClusterNode) {
        node.start()
        assertIsOff(node.program.end(), TWO_MINUTES, "ahead of")
        assertEquals(0, node.entries, "how often it came into the cluster")
        assertEquals(emptyMap<Int, Long>(), node.claims)
    }

    private fun assertIsOff(ended: Program.Ended, off: Duration, way: String) {
        assertEquals(NO_SERVICE, ended.exit, "$ended")
        val said = SAID.find(ended.err)
        assertTrue(said != null && said.groupValues[2] == way, "$ended")
        // So much at least: the time that the question took counts for the node.
        assertTrue(said!!.groupValues[1].toLong() in off.toSeconds() - SLOWEST_ANSWER..off.toSeconds(), "$ended")
    }

    private companion object {
        val HALF_A_MINUTE: Duration = Duration.ofSeconds(30)
        val TWO_MINUTES: Duration = Duration.ofMinutes(2)
        const val SLOWEST_ANSWER = 15L

        /** As docs/contract.md numbers it: started again, it may work. */
        const val NO_SERVICE = 3
        val SAID = Regex("^twitchactors: this machine's clock is ([0-9]+) s (behind|ahead of) MariaDB's", RegexOption.MULTILINE)
    }
}
