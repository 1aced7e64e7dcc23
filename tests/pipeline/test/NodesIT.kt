package twitchactors.pipeline

import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.apache.kafka.common.serialization.ByteArraySerializer
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.Duration

/** Three JVMs as one cluster on the services of the first of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesIT {
    private lateinit var folder: Path
    private lateinit var cluster: Cluster
    private val data get() = cluster.data

    @BeforeAll
    fun open(@TempDir folder: Path) {
        this.folder = folder
        cluster = Cluster(folder)
    }

    @AfterAll
    fun close() {
        if (::cluster.isInitialized) cluster.close()
    }

    @Test
    fun `partitions move under load to nodes that come and from nodes that go, and the day is exact`() {
        val day = RecordedDay(folder, "2022-08-01", seed = 21)
        val (a, b) = day.parts(2)
        val before = cluster.fences()
        data.startReplay(a, "--day", day.date).use { replay ->
            val nodes = cluster.more(2)
            nodes.forEach { node -> cluster.until("partitions that have moved") { cluster.ownedBy(node).isNotEmpty() } }
            assertTrue(cluster.fences().any { (partition, fence) -> fence > before.getValue(partition) })
            data.replayed(replay.end())
            data.startReplay(b, "--day", day.date).use { next ->
                Watch(data, day).use { watch -> assertTrue(next.reaches("samples") { watch.samples > 0 }) }
                cluster.end(nodes[0])
                data.replayed(next.end())
            }
            assertEquals(day.digest, data.replay(day.source, day.date).digest)
            cluster.end(nodes[1])
        }
        data.assertHolds(day)
    }

    @Test
    fun `an owner that was paused until others have its partitions writes nothing old over anything new`() {
        val day = RecordedDay(folder, "2022-08-02", seed = 22)
        val (a, b) = day.parts(2)
        val (paused) = cluster.more(1, WITHOUT_CHECKPOINTS)
        val (other) = cluster.more(1)
        cluster.until("partitions of the one that is to be paused") { cluster.ownedBy(paused).isNotEmpty() }
        data.replay(a, day.date)
        // What it has had already, once more: it changes nothing, but no checkpoint has it behind itself.
        val ends = repeat(cluster.ownedBy(paused).keys)
        val checkpoints = cluster.checkpoints()
        val owned = cluster.ownedBy(paused).filterKeys { it in ends }
        assertTrue(owned.isNotEmpty(), "partitions have left the one that is to be paused: ${cluster.fences()}")
        for (partition in owned.keys) assertTrue(checkpoints.getValue(partition) < ends.getValue(partition), "unsaved in $partition")

        paused.signal("STOP")
        val refused = cluster.refused()
        try {
            cluster.until("others that take over") { cluster.fences().let { now -> owned.all { (p, fence) -> now.getValue(p) > fence } } }
            data.replay(b, day.date)
        } finally {
            paused.signal("CONT")
        }

        for (partition in owned.keys) {
            assertTrue(
                paused.reaches("a refused write to partition $partition of $owned") {
                    cluster.refused().getOrDefault(partition, 0) > refused.getOrDefault(partition, 0)
                },
            )
        }
        assertTrue(paused.reaches("partitions again") { cluster.ownedBy(paused).any { (p, fence) -> fence != owned[p] } })
        assertEquals(day.digest, data.replay(day.source, day.date).digest)
        data.assertHolds(day)
        listOf(paused, other).forEach(cluster::end)
    }

    /** Writes all sightings in [partitions] there once more, without the closes of days; returns the ends of those that have any. */
    private fun repeat(partitions: Set<Int>): Map<Int, Long> {
        val topic = partitions.map { TopicPartition("sightings", it) }
        val settings = mapOf<String, Any>("bootstrap.servers" to data.address("kafka"))
        val records = KafkaConsumer(settings, ByteArrayDeserializer(), ByteArrayDeserializer()).use { consumer ->
            consumer.assign(topic)
            consumer.seekToBeginning(topic)
            val ends = consumer.endOffsets(topic)
            buildList {
                while (ends.any { (at, end) -> consumer.position(at) < end }) addAll(consumer.poll(Duration.ofSeconds(1)))
            }
        }
        return KafkaProducer(settings, ByteArraySerializer(), ByteArraySerializer()).use { producer ->
            records.filter { it.value()[0] == SIGHTINGS_TAG }
                .map { producer.send(ProducerRecord(it.topic(), it.partition(), null, it.key(), it.value(), it.headers())) }
                .map { it.get() }.groupBy({ it.partition() }, { it.offset() + 1 }).mapValues { it.value.max() }
        }
    }

    private companion object {
        /** The first byte of a record whose field 1 is set. */
        const val SIGHTINGS_TAG: Byte = 0x0a

        /** None by time, and none by the number of records that these days have. */
        val WITHOUT_CHECKPOINTS = mapOf("TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "1 h")
    }
}
