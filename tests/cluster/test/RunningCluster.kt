package twitchactors.cluster

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import java.net.InetAddress
import java.net.ServerSocket
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.random.Random

/**
 * Nodes on [services], each at an address of its own.
 *
 * @param environment of all nodes
 * @param sharesDisk whether sample files and archives are in one folder for all
 */
class RunningCluster(
    private val folder: Path,
    private val services: OutsideServices,
    places: List<Place>,
    private val environment: Map<String, String>,
    sharesDisk: Boolean = true,
) : AutoCloseable {
    /** Where a node is: its address, and what its process is started by. */
    class Place(val host: String, val within: List<String> = emptyList())

    /** A node is gone, and others have its partitions. */
    data class Takeover(val what: String, val partitions: Int, val seconds: Double)

    private val port = freePort()
    private val join = places.joinToString(",") { "pekko://twitchactors@${it.host}:$port" }

    /** All that there are, whether they run or not. */
    val nodes = places.mapIndexed { at, place ->
        val own = mapOf(
            "TWITCHACTORS_CLUSTER_HOST" to place.host,
            "TWITCHACTORS_CLUSTER_PORT" to "$port",
            "TWITCHACTORS_CLUSTER_JOIN" to join,
            "TWITCHACTORS_WEB_PORT" to "0",
            "TWITCHACTORS_OPS_HOST" to place.host,
            "TWITCHACTORS_LOG_LEVEL" to "INFO",
            "TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "500 ms",
            "TWITCHACTORS_JAVA_OPTS" to "-Dpekko.cluster.sharding.rebalance-interval=1s",
        )
        val data = folder.resolve("node-${at + 1}").createDirectories()
        for (shared in if (sharesDisk) SHARED else emptyList()) {
            Files.createSymbolicLink(data.resolve(shared), folder.resolve(shared).createDirectories())
        }
        ClusterNode(at + 1, place.host, data, ROLES, environment + own, place.within)
    }

    /** A node that is not told to be one of [nodes], at another address, with [others] in place of their settings. */
    fun stranger(others: Map<String, String>): ClusterNode {
        val place = loopback(nodes.size + 1).last()
        val data = folder.resolve("stranger").createDirectories()
        val own = mapOf(
            "TWITCHACTORS_CLUSTER_HOST" to place.host,
            "TWITCHACTORS_CLUSTER_PORT" to "$port",
            "TWITCHACTORS_CLUSTER_JOIN" to join,
        )
        return ClusterNode(nodes.size + 1, place.host, data, "profile", services.environment + own + others).also(::giveKeys)
    }

    /** Sample files of [day]. */
    fun samples(day: String): Path = folder.resolve("samples/$day")

    /** Those that have a process. */
    private val running get() = nodes.filter { it.since > 0 && it.program.alive }

    /** The node that has been in the cluster for the longest. */
    val oldest: ClusterNode get() = running.minBy { it.since }

    /** Starts [those] at once; returns when they work, and have partitions. */
    fun start(those: List<ClusterNode>) {
        enter(those)
        those.forEach(::awaitPartitions)
    }

    /** Starts [those] at once, each with the keys of the first node; returns when they work. */
    fun enter(those: List<ClusterNode>) {
        for (node in those) {
            giveKeys(node)
            node.start()
        }
        those.forEach(::awaitEntry)
        until("all partitions live", those.first()) { services.fences().size == PARTITIONS }
    }

    /** Waits until [node] says that it works. One whose services do not answer for too long ends, and is started again, as by systemd. */
    fun awaitEntry(node: ClusterNode) = await(node, "$node works") { node.entries > 0 }

    /** Waits until [node] has partitions; one that the others shut out meanwhile, and whose process had to end, is started again, too. */
    private fun awaitPartitions(node: ClusterNode) = await(node, "$node has partitions") { owned(node).isNotEmpty() }

    private fun await(node: ClusterNode, what: String, condition: () -> Boolean) {
        repeat(STARTS) {
            if (node.program.reaches(what, condition)) return
            startAgain(node)
        }
        until(what, node, condition)
    }

    private fun startAgain(node: ClusterNode) {
        println("$node is started again: ${node.program.news.takeLast(NEWS)}")
        node.start()
    }

    /**
     * Waits until [node], which had come in so many times ([entries]) before the others shut it out, is back and has partitions. One whose
     * process has ended meanwhile is started again, as by systemd.
     */
    fun awaitReturn(node: ClusterNode, entries: Int) {
        if (!node.program.reaches("$node that was shut out is back") { node.entries > entries }) {
            startAgain(node)
            awaitEntry(node)
        }
        awaitPartitions(node)
    }

    private fun giveKeys(node: ClusterNode) {
        for (key in KEYS) {
            val from = nodes.first().data.resolve(key)
            if (from.exists() && !node.data.resolve(key).exists()) from.copyTo(node.data.resolve(key))
        }
    }

    /** The partitions that [node] owns, as it says itself, and as the database agrees; with its fence. */
    fun owned(node: ClusterNode): Map<Int, Long> {
        val fences = services.fences()
        return node.claims.filter { (partition, fence) -> fences[partition] == fence }
    }

    /** Does [loss] to [those] and waits until others have what they owned. */
    fun takeover(what: String, those: List<ClusterNode>, loss: (ClusterNode) -> Unit): Takeover {
        val lost = those.map { owned(it) }.fold(emptyMap<Int, Long>()) { all, some -> all + some }
        val began = System.nanoTime()
        those.forEach(loss)
        val other = nodes.first { it !in those && it.program.alive }
        until("others own $lost after $what", other) { services.fences().let { now -> lost.all { (p, fence) -> now.getValue(p) > fence } } }
        return Takeover(what, lost.size, (System.nanoTime() - began) / 1e9).also(::println)
    }

    /** Waits for a moment from [random], while the cluster works. */
    fun moment(random: Random) {
        val end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(LATEST_MS))
        until("the moment") { System.nanoTime() > end }
    }

    /** Waits until [condition] holds, while [witness] lives. */
    fun until(what: String, witness: ClusterNode = oldest, condition: () -> Boolean) =
        assertTrue(witness.program.reaches(what, condition), "$what: $witness has ended: ${witness.program.news.takeLast(NEWS)}")

    /** Who is told that a node leaves need not wait until it counts as dead: no node that runs shuts another one out while it [leaves]. */
    fun assertNobodyIsLost(leaves: () -> Unit) {
        val before = running.associateWith { it.decisions }
        leaves()
        for (node in running) {
            assertEquals(before[node], node.decisions) { "$node has lost somebody: ${node.program.news.takeLast(NEWS)}" }
        }
    }

    override fun close() = nodes.forEach { it.close() }

    companion object {
        const val PARTITIONS = 16
        private const val STARTS = 3
        private const val LATEST_MS = 6_000L

        /** A bound against hanging; what is aimed at is 15 s. */
        private const val LONGEST_TAKEOVER = 60.0
        private const val NEWS = 4000
        private const val ROLES = "collect,ingest,profile,archive,web"
        private val SHARED = listOf("samples", "archive")
        private val KEYS = listOf("suppression.key", "tokens.key")

        /** The first of them is not 127.0.0.1, which all programs use. */
        fun loopback(count: Int): List<Place> = List(count) { Place("127.0.0.${it + 2}") }

        /** Prints how long [takeovers] took, none of which may have taken too long. */
        fun assertBounded(takeovers: List<Takeover>) {
            println("takeovers: ${takeovers.joinToString { "%.1f s".format(it.seconds) }}")
            assertTrue(takeovers.all { it.seconds < LONGEST_TAKEOVER }, "$takeovers")
        }

        /** One that all loopback addresses have free now. */
        private fun freePort(): Int = ServerSocket(0, 1, InetAddress.getByName("0.0.0.0")).use { it.localPort }
    }
}
