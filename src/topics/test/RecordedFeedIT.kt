package twitchactors.topics

import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleFiles
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import twitchactors.services.Topics
import twitchactors.simulator.Answer
import twitchactors.simulator.DayFolder
import twitchactors.simulator.FilePlan
import twitchactors.simulator.World
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.Sample
import java.nio.file.Path
import java.security.MessageDigest
import java.time.Duration
import java.util.HexFormat
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedFeedIT {
    private lateinit var services: Services
    private lateinit var system: ActorSystem<Void>
    private lateinit var files: List<SampleFile>
    private lateinit var answer: Answer.Totals
    private val day = checkNotNull(Day.parse("2022-08-01"))
    private val topics = AtomicInteger()

    @BeforeAll
    fun start(@TempDir folder: Path) {
        services = Services.start(ServiceSettings(startTimeout = Duration.ofMinutes(2)), folder.resolve("data"), System.err::println)
        system = ActorSystem.create(Behaviors.empty(), "feed")
        val worldDay = World(7, 600, 14).day(day)
        answer = DayFolder(worldDay, FilePlan.irregular(worldDay)).write(folder.resolve("day")).answer
        files = SampleFiles.of(folder.resolve("day")).files
    }

    @AfterAll
    fun stop() {
        system.terminate()
        system.whenTerminated.toCompletableFuture().get(30, TimeUnit.SECONDS)
        services.close()
    }

    @Test
    fun `an irregular day arrives as the simulator knows it, and is closed behind all of it`() {
        val topic = topic()
        val summary = feed(topic).start(files, day).done.toCompletableFuture().get(60, TimeUnit.SECONDS)
        assertEquals(answer.files, summary.files)
        assertEquals(answer.rejected.map { it.file }, summary.rejected.map { it.file })
        assertEquals(answer.samples, summary.samples)
        assertEquals(answer.gaps, summary.gaps)
        assertEquals(answer.slotsMissing, summary.slotsMissing)
        assertEquals(answer.namesDropped.toLong(), summary.namesDropped)
        val read = Read(topic)
        assertEquals(answer.digest, read.digest)
        assertEquals(answer.samples, read.sampled.size)
        assertEquals(answer.gaps, (read.gaps - read.sampled).size)
        assertEquals(read.samples.size.toLong(), summary.records)
        assertEquals(read.samples.sumOf { Logins.of(it.logins).count.toLong() }, summary.sightingsOffered)
        assertEquals(List(PARTITIONS) { listOf(it) }, read.closes.map { it.map(DayClosed::getSourcePartition) })
        assertTrue(read.closes.flatten().all { it.day == day.epochDay && it.sourcePartitions == PARTITIONS && it.feed == summary.feed })
        assertTrue(read.lastIsClose.all { it })
    }

    @Test
    fun `in reverse order and twice it is the same day`() {
        val topic = topic()
        feed(topic, windowBytes = 100_000).start(files.reversed(), day).done.toCompletableFuture().get(60, TimeUnit.SECONDS)
        feed(topic).start(files, day).done.toCompletableFuture().get(60, TimeUnit.SECONDS)
        val read = Read(topic)
        assertEquals(answer.digest, read.digest)
        assertTrue(read.closes.all { it.size == 2 })
    }

    @Test
    fun `a feed that is stopped in the middle does not close the day`() {
        val topic = topic()
        val read = AtomicInteger()
        lateinit var running: RecordedFeed.Running
        val feed = feed(topic, windowBytes = 1)
        val begun = CountDownLatch(1)
        running = feed.start(files, day) { count ->
            begun.await()
            if (read.addAndGet(count) == files.size / 2) running.stop()
        }
        begun.countDown()
        assertThrows(ExecutionException::class.java) { running.done.toCompletableFuture().get(60, TimeUnit.SECONDS) }
        val arrived = Read(topic)
        assertTrue(arrived.samples.isNotEmpty())
        assertTrue(arrived.sampled.size < answer.samples)
        assertTrue(arrived.closes.all { it.isEmpty() })
        feed(topic).start(files, day).done.toCompletableFuture().get(60, TimeUnit.SECONDS)
        assertEquals(answer.digest, Read(topic).digest)
    }

    @Test
    fun `a day of which no file is good is not begun`() {
        val topic = topic()
        val failure = assertThrows(ExecutionException::class.java) {
            feed(topic).start(files, Day(100)).done.toCompletableFuture().get(60, TimeUnit.SECONDS)
        }
        assertTrue(generateSequence<Throwable>(failure) { it.cause }.any { it is BadInput }) { "$failure" }
        val read = Read(topic)
        assertTrue(read.samples.isEmpty() && read.closes.all { it.isEmpty() })
    }

    @Test
    fun `the topics are made as they are specified, and cat shows what is in them until their end`() {
        assertEquals(emptyList<String>(), Topics.ensure(services.kafka, TopicSettings().specs))
        val summary = feed(TopicNames.SAMPLES).start(files, day).done.toCompletableFuture().get(60, TimeUnit.SECONDS)
        val lines = ArrayList<String>()
        val cat = TopicCat(services.kafka)
        assertEquals(summary.records + TopicSettings().samplesPartitions, cat.run(TopicNames.SAMPLES, null, Long.MAX_VALUE, lines::add))
        assertEquals(TopicSettings().samplesPartitions, lines.count { "\"type\":\"day_closed\"" in it })
        assertFalse(lines.any { "unreadable" in it })
        assertEquals(5L, cat.run(TopicNames.SAMPLES, 3, 5) { line -> assertTrue("\"offset\":0," !in line) { line } })
        assertEquals(0L, cat.run(TopicNames.SAMPLES, Long.MAX_VALUE, 5) { })
        assertEquals(0L, cat.run(TopicNames.STREAMS, null, 5) { })
        assertTrue("samples" in assertThrows(BadInput::class.java) { cat.run("nothing", null, 5) { } }.message!!)
    }

    private fun topic(): String = "samples-${topics.incrementAndGet()}".also { name ->
        Topics.ensure(services.kafka, listOf(TopicSettings(samplesPartitions = PARTITIONS).specs.first().copy(name = name)))
    }

    private fun feed(topic: String, windowBytes: Long = 1 shl 20) =
        RecordedFeed(system, services.kafka, TopicSettings(), topic, windowBytes)

    /** All of a topic, read by a plain consumer. */
    private inner class Read(topic: String) {
        val samples = ArrayList<Sample>()
        val closes = List(PARTITIONS) { ArrayList<DayClosed>() }
        val lastIsClose = BooleanArray(PARTITIONS)

        init {
            val consumer = KafkaConsumer(services.kafka.clientProperties, ByteArrayDeserializer(), ByteArrayDeserializer())
            consumer.use {
                val partitions = List(PARTITIONS) { TopicPartition(topic, it) }
                val ends = consumer.endOffsets(partitions)
                consumer.assign(partitions)
                consumer.seekToBeginning(partitions)
                while (partitions.any { consumer.position(it) < ends.getValue(it) }) consumer.poll(Duration.ofMillis(500)).forEach(::take)
            }
        }

        private fun take(record: ConsumerRecord<ByteArray, ByteArray>) {
            val decoded = SampleCodec.decode(record.headers(), record.value())
            lastIsClose[record.partition()] = decoded.hasDayClosed()
            if (decoded.hasDayClosed()) closes[record.partition()] += decoded.dayClosed else samples += decoded.sample
        }

        val sampled get() = samples.filter { it.gap.isEmpty() }.map { it.streamer to it.slot }.toSet()
        val gaps get() = samples.filter { it.gap.isNotEmpty() }.map { it.streamer to it.slot }.toSet()

        val digest: String
            get() {
                val triples = samples.filter { !it.logins.isEmpty }
                    .flatMap { sample -> sample.logins.toStringUtf8().split("\n").map { Triple(it, sample.streamer, sample.slot) } }
                    .toSet().sortedWith(compareBy({ it.first }, { it.second }, { it.third }))
                val digest = MessageDigest.getInstance("SHA-256")
                triples.forEach { (viewer, streamer, slot) -> digest.update("$viewer,$streamer,$slot\n".toByteArray()) }
                return HexFormat.of().formatHex(digest.digest())
            }
    }

    private companion object {
        const val PARTITIONS = 3
    }
}
