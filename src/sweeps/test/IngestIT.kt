package twitchactors.sweeps

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.consumer.ConsumerConfig
import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.kafka.ConsumerSettings
import org.apache.pekko.kafka.javadsl.SendProducer
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.Arrived
import twitchactors.domain.Login
import twitchactors.domain.StreamRow
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import twitchactors.services.Topics
import twitchactors.topics.DeadLetters
import twitchactors.topics.RecordProducer
import twitchactors.topics.TopicNames
import twitchactors.topics.TopicSettings
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport

/** Intakes on a real Kafka, with tables in memory that can be away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestIT {
    private lateinit var services: Services
    private lateinit var system: ActorSystem<Void>
    private lateinit var producer: SendProducer<ByteArray, ByteArray>
    private val at = Instant.parse("2025-02-23T16:58:44Z")
    private val settings = SweepsSettings(batchRows = 50, batchWithin = Duration.ofMillis(50))

    @BeforeAll
    fun start(@TempDir folder: Path) {
        services = Services.start(ServiceSettings(startTimeout = Duration.ofMinutes(3)), folder, System.err::println)
        system = ActorSystem.create(Behaviors.empty(), "ingest")
        Topics.ensure(services.kafka, TopicSettings().specs)
        producer = SendProducer(RecordProducer.settings(system, services.kafka, TopicSettings()), system)
    }

    @AfterAll
    fun stop() {
        producer.close().toCompletableFuture().get(30, TimeUnit.SECONDS)
        system.terminate()
        system.whenTerminated.toCompletableFuture().get(30, TimeUnit.SECONDS)
        services.close()
    }

    private fun row(channel: String, title: String = "hi") = StreamRow(at, "Chess", title, Login.require(channel), 5, "")

    private fun ingest(topic: String, write: (List<Arrived<StreamRow>>) -> CompletableFuture<List<Int>>): Ingest.Running {
        val consumer = ConsumerSettings.create(Adapter.toClassic(system), ByteArrayDeserializer(), ByteArrayDeserializer())
            .withProperties(services.kafka.clientProperties)
            .withProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false")
        val deadLetter = { record: ConsumerRecord<ByteArray, ByteArray>, reason: String ->
            producer.send(DeadLetters.record(record, reason))
        }
        return Ingest(system, consumer, topic, settings, RowRecords::stream, write, deadLetter).start()
    }

    private fun topic(name: String) =
        name.also { Topics.ensure(services.kafka, listOf(TopicSettings().specs.first { it.name == TopicNames.STREAMS }.copy(name = it))) }

    private fun send(topic: String, values: List<ByteArray?>) =
        RowPublisher(system, RecordProducer.settings(system, services.kafka, TopicSettings())).use { publisher ->
            publisher.publish(values.map { ProducerRecord(topic, "k".toByteArray(), it) }).toCompletableFuture().get(30, TimeUnit.SECONDS)
        }

    private fun committed(topic: String): Long = Admin.create(services.kafka.clientProperties).use { admin ->
        admin.listConsumerGroupOffsets(Ingest.GROUP).partitionsToOffsetAndMetadata().get()[TopicPartition(topic, 0)]?.offset() ?: 0
    }

    private fun eventually(what: String, condition: () -> Boolean) {
        val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
        while (!condition()) {
            check(System.nanoTime() < end) { "not within a minute: $what" }
            LockSupport.parkNanos(50_000_000)
        }
    }

    private fun deadLettersOf(topic: String): Map<Long, String> {
        val consumer = KafkaConsumer(services.kafka.clientProperties, ByteArrayDeserializer(), ByteArrayDeserializer())
        return consumer.use {
            val partition = TopicPartition(TopicNames.DEAD_LETTERS, 0)
            val end = consumer.endOffsets(listOf(partition)).getValue(partition)
            consumer.assign(listOf(partition))
            consumer.seekToBeginning(listOf(partition))
            val origins = ArrayList<DeadLetters.Origin>()
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(500)).forEach { origins += DeadLetters.origin(it.headers())!! }
            }
            origins.filter { it.topic == topic }.associate { it.offset to it.reason }
        }
    }

    @Test
    fun `bad records go to the dead letters with their reasons, and the others are taken in`() {
        val topic = topic("bad")
        val taken = ConcurrentLinkedQueue<StreamRow>()
        val running = ingest(topic) { rows ->
            taken += rows.map { it.row }
            CompletableFuture.completedFuture(rows.indices.filter { rows[it].row.title == "other" })
        }
        val good = Streams.titles.mapIndexed { index, title -> row("c$index", title) } + row("z", "other")
        val values = good.map { RowRecords.of(it).value() } + listOf(null, "{}".toByteArray(), byteArrayOf(-1))
        val sent = send(topic, values.reversed())
        eventually("all are committed") { committed(topic) == values.size.toLong() }
        assertEquals(values.size - 1L, sent.getValue(TopicPartition(topic, 0)))
        assertEquals(good.reversed(), taken.toList())
        assertEquals(
            mapOf(0L to "is no UTF-8", 1L to "has no Timestamp", 2L to "has no value", 3L to Ingest.ANOTHER_ROW),
            deadLettersOf(topic),
        )
        running.stop().toCompletableFuture().get(30, TimeUnit.SECONDS)
    }

    @Test
    fun `nothing is committed before it is in, and while the database is away it waits`() {
        val topic = topic("away")
        var isAway = true
        val tries = ConcurrentLinkedQueue<Int>()
        val taken = ConcurrentLinkedQueue<String>()
        val write = { rows: List<Arrived<StreamRow>> ->
            tries += rows.size
            if (isAway) {
                CompletableFuture.failedFuture(java.sql.SQLException("is away"))
            } else {
                taken += rows.map { it.row.channel.name }
                CompletableFuture.completedFuture(emptyList<Int>())
            }
        }
        val first = ingest(topic, write)
        val names = List(120) { "c$it" }
        send(topic, names.map { RowRecords.of(row(it)).value() })
        eventually("it is tried again") { tries.size >= 2 }
        assertEquals(0, committed(topic))
        // What waits for the database at the end is not committed, and comes again.
        first.stop().toCompletableFuture().handle { _, _ -> }.get(30, TimeUnit.SECONDS)
        assertEquals(0, committed(topic))
        val second = ingest(topic, write)
        eventually("the next tries, too") { tries.size >= 5 }
        isAway = false
        eventually("all are committed") { committed(topic) == names.size.toLong() }
        assertEquals(names, taken.toList())
        assertTrue(tries.all { it <= settings.batchRows })
        second.stop().toCompletableFuture().get(30, TimeUnit.SECONDS)
    }
}
