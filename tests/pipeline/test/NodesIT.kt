package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.Properties
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectory
import kotlin.io.path.inputStream

/** Three JVMs as one cluster on the services of the first of them. */
class NodesIT {
    private class Cluster(val data: Data, val first: Program, private val folder: Path) : AutoCloseable {
        private val others = ArrayList<Program>()

        /** Starts one more node and waits until it is up. */
        fun another(): Program {
            val own = folder.resolve("node-${others.size + 2}").createDirectory()
            // Under another key everybody who has opted out would be let in.
            data.path.resolve("suppression.key").copyTo(own.resolve("suppression.key"))
            val credentials = Properties().apply { data.path.resolve("mariadb/credentials").inputStream().use { load(it) } }
            val environment = mapOf(
                "TWITCHACTORS_KAFKA_BOOTSTRAP_SERVERS" to data.address("kafka"),
                "TWITCHACTORS_MARIADB_URL" to "jdbc:mariadb://${data.address("mariadb")}/streamers?sslMode=disable",
                "TWITCHACTORS_MARIADB_USER" to credentials.getProperty("user"),
                "TWITCHACTORS_MARIADB_PASSWORD" to credentials.getProperty("password"),
                "TWITCHACTORS_MONGO_URI" to "mongodb://${data.address("mongo")}",
                "TWITCHACTORS_CLUSTER_JOIN" to data.address("node"),
            )
            val node = Program.start(listOf("node", "--data", own), environment + QUICK)
            others += node
            assertTrue(node.reaches("a node") { "node pekko://" in node.news }, "${node.news.takeLast(3000)}")
            return node
        }

        override fun close() {
            others.forEach { it.close() }
            first.close()
            data.clear()
        }
    }

    private fun cluster(folder: Path): Cluster {
        val data = Data(folder.resolve("data"), QUICK)
        val first = Program.start(listOf("node", "--data", data.path), QUICK)
        val cluster = Cluster(data, first, folder)
        try {
            assertTrue(
                first.reaches("the first node") {
                    data.isReady(first) && "node pekko://" in first.news
                },
                "${first.news.takeLast(3000)}",
            )
        } catch (failure: Throwable) {
            cluster.close()
            throw failure
        }
        return cluster
    }

    /** How many partitions have been claimed so far, each time counted. */
    private fun claims(data: Data): Long = number(data, "SELECT COALESCE(SUM(fence), 0) FROM partition_checkpoints")

    private fun refused(data: Data): Long = number(data, "SELECT COALESCE(SUM(attempts), 0) FROM fenced_writes")

    private fun number(data: Data, query: String) = data.connect().use { connection ->
        connection.createStatement().use { statement -> statement.executeQuery(query).use { if (it.next()) it.getLong(1) else 0 } }
    }

    @Test
    fun `partitions move under load to nodes that come and from nodes that go, and the day is exact`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 21)
        cluster(folder).use { cluster ->
            val data = cluster.data
            assertTrue(cluster.first.reaches("all partitions") { claims(data) >= PARTITIONS })
            val (a, b) = day.parts(2)
            data.startReplay(a, "--day", day.date).use { replay ->
                val second = cluster.another()
                cluster.another()
                assertTrue(cluster.first.reaches("partitions that have moved") { claims(data) > PARTITIONS })
                data.replayed(replay.end())
                data.startReplay(b, "--day", day.date).use { next ->
                    Watch(data, day).use { watch -> assertTrue(next.reaches("samples") { watch.samples > 0 }) }
                    second.signal("TERM")
                    data.replayed(next.end())
                }
            }
            assertEquals(day.digest, data.replay(day.source, day.date).digest)
            data.assertHolds(day)
        }
    }

    @Test
    fun `an owner that was paused until others have its partitions writes nothing old over anything new`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 22)
        cluster(folder).use { cluster ->
            val data = cluster.data
            val second = cluster.another()
            cluster.another()
            assertTrue(cluster.first.reaches("partitions that have moved") { claims(data) > PARTITIONS })
            data.startReplay(day.source, "--day", day.date).use { replay ->
                Watch(data, day).use { watch ->
                    assertTrue(replay.reaches("sightings") { watch.sightings > day.samples })
                }
                second.signal("STOP")
                try {
                    val before = claims(data)
                    assertTrue(cluster.first.reaches("others that take over") { claims(data) > before })
                    data.replayed(replay.end())
                } finally {
                    second.signal("CONT")
                }
            }
            assertTrue(cluster.first.reaches("a refused write of the one that was paused") { refused(data) > 0 })
            assertEquals(day.digest, data.replay(day.source, day.date).digest)
            data.assertHolds(day)
        }
    }

    private companion object {
        const val PARTITIONS = 16
        val QUICK = mapOf("TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "500 ms")
    }
}
