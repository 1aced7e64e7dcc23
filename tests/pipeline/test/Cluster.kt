package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertTrue
import java.nio.file.Path
import kotlin.io.path.createDirectory

/**
 * Nodes in processes of their own, on the services of the first of them, whose data folder is below [folder].
 *
 * @param own settings of the first node that the others do not have
 */
class Cluster(private val folder: Path, own: Map<String, String> = emptyMap()) : AutoCloseable {
    val data = Data(folder.resolve("data"), SETTINGS + own)
    val first = Program.start(listOf("node", "--data", data.path), SETTINGS + own)
    private val others = ArrayList<Program>()

    init {
        try {
            until("the first node") { data.isReady(first) && UP in first.news }
            until("all partitions") { fences().size == PARTITIONS }
        } catch (failure: Throwable) {
            close()
            throw failure
        }
    }

    /** Starts [count] more nodes at once and waits until they are up. */
    fun more(count: Int, settings: Map<String, String> = emptyMap()): List<Program> {
        val nodes = List(count) { start(settings) }
        nodes.forEach { node -> assertTrue(node.reaches("a node") { UP in node.news }, node.news.takeLast(3000)) }
        return nodes
    }

    /** The data folder of the [n]th node, the first being 1. */
    fun folderOf(n: Int): Path = if (n == 1) data.path else folder.resolve("node-$n")

    private fun start(settings: Map<String, String>): Program {
        val own = folderOf(others.size + 2).createDirectory()
        return Program.start(listOf("node", "--data", own), SETTINGS + data.joining(own) + settings).also { others += it }
    }

    /**
     * Asks [node] to end, and waits until it has and others own its partitions: two that go at once could leave the first node in
     * the minority, which then begins a cluster of its own.
     */
    fun end(node: Program) {
        val owned = ownedBy(node)
        node.signal("TERM")
        node.end()
        until("others that own $owned") { fences().let { now -> owned.all { (partition, fence) -> now.getValue(partition) > fence } } }
    }

    /** Waits until [condition] holds, while the first node lives. */
    fun until(what: String, condition: () -> Boolean) = assertTrue(first.reaches(what, condition), first.news.takeLast(3000))

    /** By partition: how many owners it has had. */
    fun fences(): Map<Int, Long> = rows("SELECT `partition`, fence FROM partition_checkpoints").toMap { it.toInt() }

    /** By partition: the record of `sightings` behind its last checkpoint. */
    fun checkpoints(): Map<Int, Long> = rows("SELECT `partition`, next_offset FROM partition_checkpoints").toMap { it.toInt() }

    /** By partition: how many writes of former owners were refused. */
    fun refused(): Map<Int, Long> = rows("SELECT `partition`, SUM(attempts) FROM fenced_writes GROUP BY `partition`").toMap { it.toInt() }

    /** The partitions that [node] owns, as it says itself, and as the database agrees; with its fence. */
    fun ownedBy(node: Program): Map<Int, Long> {
        val said = CLAIM.findAll(node.news).associate { it.groupValues[1].toInt() to it.groupValues[2].toLong() }
        val fences = fences()
        return said.filter { (partition, fence) -> fences[partition] == fence }
    }

    private fun rows(query: String): List<Pair<Long, Long>> = data.connect().use { connection ->
        connection.createStatement().use { statement ->
            statement.executeQuery(query).use { rows -> buildList { while (rows.next()) add(rows.getLong(1) to rows.getLong(2)) } }
        }
    }

    private fun <K> List<Pair<Long, Long>>.toMap(key: (Long) -> K): Map<K, Long> = associate { (a, b) -> key(a) to b }

    override fun close() {
        others.forEach { it.close() }
        first.close()
        data.clear()
    }

    companion object {
        const val PARTITIONS = 16
        private const val UP = "node pekko://"
        private val CLAIM = Regex("partition ([0-9]+) is here: fence ([0-9]+)")

        /** Viewer partitions only, checkpoints and moves of them at every turn, and each claim told. */
        private val SETTINGS = mapOf(
            "TWITCHACTORS_CLUSTER_ROLES" to "profile",
            "TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "500 ms",
            "TWITCHACTORS_LOG_LEVEL" to "INFO",
            "TWITCHACTORS_JAVA_OPTS" to "-Dpekko.cluster.sharding.rebalance-interval=1s",
        )
    }
}
