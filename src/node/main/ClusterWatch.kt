package twitchactors.node

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.apache.pekko.cluster.Member
import org.apache.pekko.cluster.typed.Cluster
import org.slf4j.LoggerFactory
import twitchactors.dashboard.ClusterState
import twitchactors.ops.NodeSystem
import twitchactors.ops.ShardingCommands
import twitchactors.profile.ViewerPartitions
import twitchactors.services.ServiceUnavailable
import twitchactors.store.NodeVitals
import twitchactors.topics.TopicNames
import java.sql.SQLException
import java.time.Duration
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicBoolean

/**
 * What the page of the cluster shows. Who is in it is known here at all times; where partitions live, what nodes say and how far readers
 * are has to be asked, which takes seconds while a node is lost: so the page gets what was known last, and has it asked again.
 */
internal class ClusterWatch(private val running: Running, private val nanoTime: () -> Long = System::nanoTime) : AutoCloseable {
    private class Asked(val places: Map<Int, String>, val said: Map<String, NodeVitals.Said>, val lag: List<KafkaLag.Row>?, val at: Long)

    private val log = LoggerFactory.getLogger(ClusterWatch::class.java)
    private val system = NodeSystem { running.node?.system }
    private val sharding = ShardingCommands(system, listOf(PARTITIONS))
    private val lag = KafkaLag(running)
    private val isAsking = AtomicBoolean()
    private val asker = Executors.newSingleThreadExecutor { Thread(it, "cluster-watch").apply { isDaemon = true } }

    @Volatile
    private var asked = Asked(emptyMap(), emptyMap(), null, 0)

    /** Null while this node is in no cluster. */
    fun now(): ClusterState? = try {
        val cluster = Cluster.get(system.typed)
        ask()
        state(cluster, asked)
    } catch (_: ServiceUnavailable) {
        null
    }

    private fun ask() {
        if (asked.at != 0L && nanoTime() - asked.at < AGAIN_NANOS || !isAsking.compareAndSet(false, true)) return
        asker.execute {
            try {
                asked = Asked(places(), said(), lagRows(), nanoTime())
            } catch (failure: Exception) {
                log.warn("the page of the cluster shows what was known before: {}", failure.toString())
            } finally {
                isAsking.set(false)
            }
        }
    }

    /** By partition the address of the node that it lives on. */
    private fun places(): Map<Int, String> = sharding.entitiesOf(PARTITIONS).json.jsonObject.getValue("entities").jsonArray
        .map { it.jsonObject }
        .mapNotNull { entity -> text(entity, "entity").toIntOrNull()?.let { it to text(entity, "node") } }.toMap()

    private fun text(row: JsonObject, key: String) = row.getValue(key).jsonPrimitive.content

    private fun said(): Map<String, NodeVitals.Said> = try {
        running.stores.nodeVitals.said(OF_LATE)
    } catch (_: SQLException) {
        emptyMap()
    }

    private fun lagRows(): List<KafkaLag.Row>? = try {
        lag.rows()
    } catch (_: ServiceUnavailable) {
        null
    }

    private fun state(cluster: Cluster, asked: Asked): ClusterState {
        val state = cluster.state()
        val members = state.members.sortedBy { it.address().toString() }
        val there = members.filter { it !in state.unreachable }.map { it.address().toString() }.toSet()
        val ofSightings = asked.lag?.filter { it.topic == SIGHTINGS }?.associate { it.partition to it.lag }.orEmpty()
        return ClusterState(
            self = cluster.selfMember().address().toString(),
            leader = state.leader?.toString(),
            members = members.map { member(it, it.address().toString() in there, asked) },
            partitions = (0 until running.stores.partitions.partitions.count).map { number ->
                ClusterState.Place(number, asked.places[number]?.takeIf { it in there }, ofSightings[number])
            },
            lag = asked.lag?.groupBy { it.topic }?.map { (topic, rows) ->
                val readers = if (topic == SIGHTINGS) "viewer partitions" else rows.first().reader
                ClusterState.Lag(topic, readers, rows.sumOf { it.end }, rows.sumOf { it.lag })
            },
        )
    }

    private fun member(member: Member, isReachable: Boolean, asked: Asked) = ClusterState.Member(
        address = member.address().toString(),
        // Without the one that Pekko gives to all for its data centre.
        roles = member.getRoles().filter { !it.startsWith("dc-") }.sorted(),
        status = member.status().toString().lowercase(),
        isReachable = isReachable,
        version = member.appVersion().toString(),
        said = asked.said[member.address().toString()],
    )

    override fun close() {
        asker.shutdownNow()
        lag.close()
    }

    private companion object {
        val PARTITIONS: String = ViewerPartitions.TYPE.name()
        const val SIGHTINGS = TopicNames.SIGHTINGS
        const val AGAIN_NANOS = 1_000_000_000L
        val OF_LATE: Duration = Duration.ofMinutes(1)
    }
}
