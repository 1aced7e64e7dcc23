package twitchactors.pipeline

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.OffsetSpec
import org.apache.kafka.common.TopicPartition
import java.sql.Connection
import java.sql.SQLException
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import kotlin.random.Random

/** What a replay is doing, in the order in which it happens, and at which moment in it a kill is to come. */
enum class Phase {
    STARTING,
    PUBLISHING,
    SPLITTING,
    FOLDING,
    CHECKPOINTING,
    SEALING,
    STORING,
}

/** Looks at a running replay of [day] from outside: at its topics and at its tables. */
class Watch(private val data: Data, private val day: RecordedDay) : AutoCloseable {
    private val admin = Admin.create(
        mapOf<String, Any>("bootstrap.servers" to data.address("kafka"), "default.api.timeout.ms" to 5000, "request.timeout.ms" to 4000),
    )
    private val connection: Connection = data.connect()
    private val partitions = mutableMapOf<String, List<TopicPartition>>()
    private val ends = mutableMapOf<String, Long>()
    private val samplesBefore = end("samples")
    private val sightingsBefore = end("sightings")
    private var offsets = checkpointed()

    val samples: Long get() = end("samples") - samplesBefore
    val sightings: Long get() = end("sightings") - sightingsBefore
    val sealed: Int get() = count("SELECT COUNT(*) FROM partition_seals WHERE day = '${day.date}'").toInt()
    val published: Int get() = count("SELECT COUNT(*) FROM partition_seals WHERE published AND day = '${day.date}'").toInt()

    /** Checkpoints that were seen to be written. */
    var checkpoints = 0
        private set

    fun lookForCheckpoints(): Int {
        val now = checkpointed()
        if (now != offsets) checkpoints++
        offsets = now
        return checkpoints
    }

    /** Sum of what the checkpoints have behind them; 0 before there are any. */
    private fun checkpointed() = count("SELECT COALESCE(SUM(next_offset), 0) FROM partition_checkpoints")

    private fun count(query: String): Long = try {
        connection.createStatement().use { statement -> statement.executeQuery(query).use { if (it.next()) it.getLong(1) else 0 } }
    } catch (_: SQLException) {
        0 // The table is not there yet, or the server is not there any more.
    }

    private fun end(topic: String): Long = try {
        val all = partitions.getOrPut(topic) {
            val description = admin.describeTopics(listOf(topic)).allTopicNames().get(5, TimeUnit.SECONDS).getValue(topic)
            description.partitions().map { TopicPartition(topic, it.partition()) }
        }
        admin.listOffsets(all.associateWith { OffsetSpec.latest() }).all().get(5, TimeUnit.SECONDS).values.sumOf { it.offset() }.also {
            ends[topic] =
                it
        }
    } catch (_: ExecutionException) {
        ends[topic] ?: 0
    } catch (_: TimeoutException) {
        ends[topic] ?: 0
    }

    override fun close() {
        connection.close()
        admin.close()
    }
}

/** One kill: where, by [random] when exactly, and of what. */
class Crash(val phase: Phase, private val group: Boolean, private val random: Random) {
    private val fraction = random.nextDouble(0.02, 0.8)
    private val partitions = random.nextInt(1, 15)
    private val checkpoint = random.nextInt(1, 12)
    private val millis = random.nextLong(0, 6000)

    /** Waits for the moment in [replay] and kills it; false when the moment never came. [say] gets a line about it. */
    fun hit(replay: Program, data: Data, day: RecordedDay, say: (String) -> Unit): Boolean {
        val began = System.nanoTime()
        val moment = (if (phase == Phase.STARTING) starting(replay, data) else working(replay, data, day)) ?: return false
        val servers = data.servers()
        if (!replay.alive) return false
        if (group) {
            replay.killGroup()
            // One that an earlier kill had left behind belongs to that one's group.
            data.clear()
        } else {
            replay.kill()
        }
        val left = data.servers()
        val seconds = "%.1f".format((System.nanoTime() - began) / 1e9)
        val what = if (group) "the whole group" else "the JVM alone"
        val alive = if (servers.isEmpty()) "the JVM" else "the JVM and MariaDB"
        say("$what while ${phase.name.lowercase()}, $moment, $seconds s after the start; alive were $alive, after it ${left.size} MariaDB")
        return true
    }

    private fun starting(replay: Program, data: Data): String? {
        if (!replay.reaches("the data folder's owner") { data.isOwnedBy(replay) }) return null
        val end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)
        // A start that is over before is hit right then.
        if (!replay.reaches("the moment") { System.nanoTime() > end || data.isReady(replay) }) return null
        return if (data.isReady(replay)) "just ready" else "$millis ms in"
    }

    private fun working(replay: Program, data: Data, day: RecordedDay): String? {
        if (!replay.reaches("ready services") { data.isReady(replay) }) return null
        val watch = try {
            Watch(data, day)
        } catch (_: SQLException) {
            return null
        }
        return watch.use { if (replay.reaches("$phase") { come(it, day) }) words(it) else null }
    }

    private fun come(watch: Watch, day: RecordedDay): Boolean = when (phase) {
        Phase.STARTING -> true
        Phase.PUBLISHING -> watch.samples >= day.samples * fraction
        Phase.SPLITTING -> watch.samples > 0 && watch.sightings >= day.samples * fraction * LISTS_OF_A_SAMPLE
        Phase.FOLDING -> watch.samples > day.samples
        Phase.CHECKPOINTING -> watch.lookForCheckpoints() >= checkpoint
        Phase.SEALING -> watch.sealed in partitions..LAST
        Phase.STORING -> watch.published in partitions..LAST
    }

    private fun words(watch: Watch): String = "${watch.samples} samples and ${watch.sightings} sightings in Kafka, " +
        "${watch.sealed} partitions sealed, ${watch.published} published"

    private companion object {
        const val LISTS_OF_A_SAMPLE = 10
        const val LAST = 15
    }
}
