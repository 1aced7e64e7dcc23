package twitchactors.cluster

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.CollectedDay
import twitchactors.pipeline.Program
import twitchactors.pipeline.ServedDay
import twitchactors.pipeline.SimulatedTwitch
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.createDirectory
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.random.Random

/**
 * A day flows through three nodes, which speak by mutual TLS and are killed at seeded moments, the oldest first; one is paused until the
 * others have shut it out. What is stored is what was served. Two kills and the last hours of a day; with a number of kills in
 * TWITCHACTORS_TEST_NODE_KILLS the day is a whole one, and every fifth time two of five nodes go at once. TWITCHACTORS_TEST_SEED sets
 * other moments.
 */
class KillsIT {
    private val kills = System.getenv("TWITCHACTORS_TEST_NODE_KILLS")?.toIntOrNull()
    private val random = Random(System.getenv("TWITCHACTORS_TEST_SEED")?.toInt() ?: 1)
    private val takeovers = ArrayList<RunningCluster.Takeover>()

    @Test
    fun `nodes are killed and paused while a day flows, and what is stored is what was served`(@TempDir folder: Path) {
        OutsideServices(folder.resolve("services").createDirectory()).use { services ->
            val size = listOf("--viewers", 3_000, "--streamers", 60, "--day", DAY)
            val pace = if (kills == null) {
                listOf("--speed", SHORT_SPEED, "--at", "21:00")
            } else {
                listOf("--speed", LONG_SPEED, "--at", "00:00")
            }
            SimulatedTwitch.start(size + pace, folder.resolve("served.jsonl")).use { twitch ->
                val environment = mapOf(
                    "TWITCHACTORS_SIMULATION_TWITCH" to twitch.url,
                    "TWITCHACTORS_ARCHIVER_NIGHTLY" to "false",
                    "TWITCHACTORS_CLUSTER_TLS_FOLDER" to "${Certificates(folder.resolve("tls")).node()}",
                )
                RunningCluster(folder, services, if (kills == null) 3 else 5, environment).use { cluster ->
                    twitch.authorize(cluster.nodes.first().data, services.environment + environment)
                    twitch.begin()
                    cluster.start(cluster.nodes.take(3))
                    val wrong = Certificates(folder.resolve("wrong-tls")).node()
                    cluster.stranger(mapOf("TWITCHACTORS_CLUSTER_TLS_FOLDER" to "$wrong")).use { stranger ->
                        stranger.start()
                        cluster.awaitEntry(stranger)
                        disturb(cluster)
                        refuses(cluster, services, stranger)
                    }
                    val last = cluster.oldest
                    cluster.until("the sealed day", last) { services.published(DAY) == RunningCluster.PARTITIONS.toLong() }
                    println("writes of former owners that were refused: ${services.refused()}")
                    compare(folder, cluster, last, services, environment, ServedDay(twitch.served, DAY))
                }
            }
        }
        println("takeovers: ${takeovers.joinToString { "%.1f s".format(it.seconds) }}")
        assertTrue(takeovers.all { it.seconds < LONGEST_TAKEOVER }, "$takeovers")
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

    private fun disturb(cluster: RunningCluster) {
        repeat(kills ?: SHORT) { at ->
            moment(cluster)
            when {
                at == 0 -> killed(cluster, listOf(cluster.oldest))
                kills != null && at % 5 == 4 -> twoOfFive(cluster)
                else -> killed(cluster, listOf(cluster.nodes.take(3).random(random)))
            }
        }
        moment(cluster)
        paused(cluster, cluster.nodes.take(3).filter { it != cluster.oldest }.random(random))
    }

    /** A moment from the seed, while the cluster works. */
    private fun moment(cluster: RunningCluster) {
        val end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(LATEST_MS))
        cluster.until("the moment") { System.nanoTime() > end }
    }

    private fun killed(cluster: RunningCluster, those: List<ClusterNode>) {
        takeovers += cluster.takeover("$those killed", those) { it.kill() }
        cluster.start(those)
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

    private fun paused(cluster: RunningCluster, node: ClusterNode) {
        val entries = node.entries
        takeovers += cluster.takeover("$node paused", listOf(node)) { it.signal("STOP") }
        node.signal("CONT")
        cluster.until("$node that was shut out is back", node) { node.entries > entries }
        cluster.until("$node has partitions again", node) { cluster.owned(node).isNotEmpty() }
    }

    /** The stored day against what was served, and its digest by four ways. */
    private fun compare(
        folder: Path,
        cluster: RunningCluster,
        node: ClusterNode,
        services: OutsideServices,
        environment: Map<String, String>,
        served: ServedDay,
    ) {
        val all = services.environment + environment
        val exported = folder.resolve("collected.jsonl")
        cluster.until("all sample files") { recorded(folder, cluster) == digest("export", exported, node, all) }
        val day = CollectedDay(cluster.samples(DAY), exported)
        val found = day.assertIs(served)
        println(found)
        assertTrue(found.samples > LEAST_SAMPLES, "$found")
        val replayed = Program.run("replay", cluster.samples(DAY), "--day", DAY, "--data", folder.resolve("one"), "--json")
        val alone = Json.parseToJsonElement(replayed.out).jsonObject.getValue("digest").jsonPrimitive.content
        // Sample files go when the archive is there.
        val ofFiles = recorded(folder, cluster)
        Program.run("archive", DAY, "--data", node.data, environment = all)
        val archived = restructured(folder, folder.resolve("archive/$DAY.7z"))
        assertEquals(List(3) { day.digest }, listOf(ofFiles, alone, archived), "of sample files, one node, the archive")
    }

    /** The digest of the sample files; null while the recorder has not written any. */
    private fun recorded(folder: Path, cluster: RunningCluster): String? = cluster.samples(DAY).let { files ->
        if (files.isDirectory() && files.listDirectoryEntries("*.json").isNotEmpty()) restructured(folder, files) else null
    }

    /** The digest of what is stored, after it was exported. */
    private fun digest(command: String, exported: Path, node: ClusterNode, environment: Map<String, String>): String {
        Program.run(command, DAY, "--data", node.data, "--out", exported, environment = environment)
        return CollectedDay(node.data, exported).digest
    }

    private fun restructured(folder: Path, source: Path): String {
        val ran = Program.run("restructure", source, "--day", DAY, "--out", folder.resolve("again.csv"), "--json")
        return Json.parseToJsonElement(ran.out).jsonObject.getValue("digest").jsonPrimitive.content
    }

    private companion object {
        const val DAY = "2022-08-01"
        const val SHORT = 2

        /** What Java's TLS says of a certificate whose authority it does not know. */
        const val REFUSED = "PKIX path"

        /** Times real time: a slot in 3 s, and in 4 s. */
        const val SHORT_SPEED = 100
        const val LONG_SPEED = 75
        const val LATEST_MS = 6_000L

        /** The day goes on by the clock while nodes start and are away: a busy machine has few samples of it. */
        const val LEAST_SAMPLES = 20

        /** A bound against hanging; what is aimed at is 15 s. */
        const val LONGEST_TAKEOVER = 60.0
    }
}
