package twitchactors.cluster

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.SeparateServices
import java.nio.file.Path
import kotlin.concurrent.thread
import kotlin.io.path.createDirectories

/**
 * A whole day flows through three nodes while Kafka, MariaDB and the document store are away, one after the other, each for the seconds
 * of TWITCHACTORS_TEST_OUTAGE_SECONDS. It takes its time, so it only runs when it is named. Meanwhile the nodes say that they are not
 * ready, stay one cluster and take no more memory than a bounded buffer; what is stored in the end is what was served.
 */
class LongOutage {
    @Test
    fun `a service is away for long under a cluster, which waits and goes on by itself`(@TempDir folder: Path) {
        val separate = SeparateServices(folder.resolve("services").createDirectories())
        val services = OutsideServices(separate)
        FlowingDay.run(folder, FlowingDay.SLOW, "00:00", RunningCluster.loopback(3), on = services) { day ->
            val cluster = day.cluster
            day.begin(cluster.nodes)
            for ((name, service) in listOf("Kafka" to separate.kafka, "MariaDB" to separate.mariaDb, "MongoDB" to separate.mongo)) {
                val before = cluster.nodes.map { it.program.residentMiB }
                val away = thread(name = "outage") { service.away(SeparateServices.AWAY) }
                for (node in cluster.nodes) cluster.until("$node says that it is not ready without $name", node) { !node.isReady }
                away.join()
                val after = cluster.nodes.map { it.program.residentMiB }
                println("$name away for ${SeparateServices.AWAY.toSeconds()} s: MiB of the nodes $before before, $after after")
                for (node in cluster.nodes) cluster.until("$node is ready with $name back", node) { node.isReady }
                assertTrue(before.zip(after).all { (was, now) -> now < was + GROWTH_MIB }, "$before MiB, then $after")
            }
            assertEquals(List(3) { 0 }, cluster.nodes.map { it.shutOut }, "how often each node was shut out of the cluster")
            day.compare()
        }
    }

    private companion object {
        /** A node that has just begun still takes what its heap may be. */
        const val GROWTH_MIB = 400
    }
}
