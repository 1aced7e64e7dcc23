package twitchactors.recording

import com.google.protobuf.ByteString
import com.typesafe.config.ConfigFactory
import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.RecordsToDelete
import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArraySerializer
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.cluster.typed.Cluster
import org.apache.pekko.cluster.typed.Join
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import twitchactors.archive.SampleFiles
import twitchactors.archive.ViewerDayFormat
import twitchactors.restructure.Restructure
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import twitchactors.services.Topics
import twitchactors.simulator.Answer
import twitchactors.simulator.DayFolder
import twitchactors.simulator.FilePlan
import twitchactors.simulator.World
import twitchactors.topics.RecordedFeed
import twitchactors.topics.SampleCodec
import twitchactors.topics.TopicSettings
import twitchactors.topics.wire.DayDropped
import twitchactors.topics.wire.Sample
import java.io.OutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.random.Random

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleRecorderIT {
    private lateinit var folder: Path
    private lateinit var services: Services
    private lateinit var system: ActorSystem<Void>
    private lateinit var day: SampleFiles
    private lateinit var answer: Answer.Totals
    private val numbers = AtomicInteger()

    @BeforeAll
    fun start(@TempDir temporary: Path) {
        folder = temporary
        services = Services.start(ServiceSettings(startTimeout = Duration.ofMinutes(2)), folder.resolve("data"), System.err::println)
        system = ActorSystem.create(
            Behaviors.empty(),
            "recorders",
            ConfigFactory.parseString(CLUSTER).withFallback(ConfigFactory.load()),
        )
        val worldDay = World(7, 600, 14).day(RandomTopic.DAY)
        answer = DayFolder(worldDay, FilePlan.irregular(worldDay)).write(folder.resolve("day")).answer
        day = SampleFiles.of(folder.resolve("day"))
    }

    @AfterAll
    fun stop() {
        system.terminate()
        system.whenTerminated.toCompletableFuture().get(30, TimeUnit.SECONDS)
        services.close()
    }

    @Test
    fun `a day that comes twice in any order is in the files, whenever the recorder is killed`() {
        val topic = topic()
        val random = Random(20221123)
        val samples = folder.resolve("killed")
        val feeding = feed(topic).start(day.files.shuffled(random), RandomTopic.DAY).done
            .thenCompose { feed(topic).start(day.files, RandomTopic.DAY).done }
        // 64 kB: files are written again and again, so that most kills come while one is.
        repeat(5) {
            val written = samples.resolve(SampleFolder.POSITION)
            Recorder(topic, samples, memory = 64 shl 10).use { recorder ->
                val before = if (written.exists()) written.readText() else ""
                // Its own claim, and then one or more pieces of work.
                recorder.until("it works") { written.exists() && written.readText() != before }
                val changes = random.nextInt(1, 4)
                repeat(changes) {
                    val seen = written.readText()
                    recorder.until("it works on") { written.readText() != seen || isThrough(samples, topic) }
                }
                recorder.kill()
            }
        }
        feeding.toCompletableFuture().get(60, TimeUnit.SECONDS)
        Recorder(topic, samples, memory = 1 shl 20).use { it.until("all is written") { isThrough(samples, topic) } }
        assertAnswer(samples)
        // The same by one life that nobody disturbs, in the same bytes.
        val undisturbed = folder.resolve("undisturbed")
        Recorder(topic, undisturbed, memory = 64 shl 20).use { it.until("all is written") { isThrough(undisturbed, topic) } }
        assertEquals(contents(undisturbed), contents(samples))
    }

    @Test
    fun `a dropped day begins anew, and a topic that is made anew is added to the files`() {
        val topic = topic()
        val samples = folder.resolve("dropped")
        send(topic, sample("gone", 0, "a"), sample("gone", 5, "a"))
        drop(topic)
        send(topic, sample("there", 5, "b"))
        Recorder(topic, samples, memory = 1 shl 20).use { it.until("all is written") { isThrough(samples, topic) } }
        assertEquals(
            listOf("${RandomTopic.DAY.startsAt + 1500}.json"),
            Files.list(samples.resolve("2022-08-01")).use { files ->
                files.map { it.fileName.toString() }.toList()
            },
        )
        Admin.create(services.kafka.clientProperties).use { it.deleteTopics(listOf(topic)).all().get() }
        make(topic)
        send(topic, sample("there", 5, "c"))
        Recorder(topic, samples, memory = 1 shl 20).use { it.until("all is written") { isThrough(samples, topic) } }
        val text = samples.resolve("2022-08-01/${RandomTopic.DAY.startsAt + 1500}.json").readText()
        assertTrue("\"chatters\":[\"b\",\"c\"]" in text) { text }
        assertTrue("gone" !in text) { text }
    }

    @Test
    fun `in the cluster there is one recorder, and it goes on behind what Kafka has lost`() {
        val topic = topic()
        val samples = folder.resolve("cluster")
        send(topic, sample("early", 0, "a"))
        Recorder(topic, samples, memory = 1 shl 20).use { it.until("all is written") { isThrough(samples, topic) } }
        send(topic, sample("early", 1, "lost"))
        Admin.create(services.kafka.clientProperties).use { admin ->
            admin.deleteRecords(partitions(topic).associateWith { RecordsToDelete.beforeOffset(-1) }).all().get()
        }
        send(topic, sample("early", 2, "c"))
        val cluster = Cluster.get(system)
        cluster.manager().tell(Join.create(cluster.selfMember().address()))
        val settings = RecordingSettings(quiet = Duration.ofMillis(100), lookEvery = Duration.ofMillis(100))
        SampleRecorder.init(system, SampleRecorder.Outside(services.kafka, samples, topic = topic), settings)
        val last = samples.resolve("2022-08-01/${RandomTopic.DAY.startsAt + 600}.json")
        eventually("the last file is there") { last.exists() }
        assertTrue("\"chatters\":[\"c\"]" in last.readText())
    }

    /** Slots in which nobody was live leave no record, so they have no file here. */
    private fun assertAnswer(samples: Path) {
        val folder = samples.resolve("2022-08-01")
        val summary = Restructure(2)
            .run(SampleFiles.of(folder).files, RandomTopic.DAY, ViewerDayFormat.CSV, OutputStream.nullOutputStream(), withDigest = true)
        assertEquals(answer.digest, summary.digest)
        assertEquals(answer.samples, summary.samples)
        assertEquals(answer.gaps, summary.gaps)
        assertEquals(answer.sightings, summary.sightings)
        assertEquals(emptyList<Any>(), summary.rejected)
        assertEquals(emptyList<String>(), summary.badValues)
    }

    /** True when the position is at the end of all partitions. */
    private fun isThrough(samples: Path, topic: String): Boolean {
        val file = samples.resolve(SampleFolder.POSITION)
        if (!file.exists()) return false
        val position = Position.parse(file.readText())!!.second
        return position.offsets.isNotEmpty() && position.offsets == ends(topic)
    }

    private fun ends(topic: String): Map<Int, Long> = Admin.create(services.kafka.clientProperties).use { admin ->
        admin.listOffsets(partitions(topic).associateWith { org.apache.kafka.clients.admin.OffsetSpec.latest() }).all().get()
            .entries.associate { (partition, end) -> partition.partition() to end.offset() }
    }

    private fun partitions(topic: String) = List(PARTITIONS) { TopicPartition(topic, it) }

    private fun contents(samples: Path): Map<String, String> = Files.list(samples.resolve("2022-08-01")).use { files ->
        files.toList().filter { it.toString().endsWith(".json") }.associate { it.fileName.toString() to it.readText() }
    }

    private fun topic(): String = "samples-${numbers.incrementAndGet()}".also(::make)

    private fun make(topic: String) {
        val spec = TopicSettings(samplesPartitions = PARTITIONS).specs.first().copy(name = topic)
        // A topic that has just been deleted is in the way for a moment.
        eventually("the topic is made") { runCatching { Topics.ensure(services.kafka, listOf(spec)) }.isSuccess }
    }

    private fun feed(topic: String) = RecordedFeed(system, services.kafka, TopicSettings(), topic, windowBytes = 1 shl 20)

    private fun sample(streamer: String, slot: Int, logins: String) = SampleCodec.encode(
        Sample.newBuilder().setStreamer(streamer).setDay(RandomTopic.DAY.epochDay).setSlot(slot).setSource("chatters").setChunks(1)
            .setLogins(ByteString.copyFromUtf8(logins)).build(),
    )

    private fun send(topic: String, vararg samples: ByteArray) = producer().use { producer ->
        val key: ByteArray? = null
        samples.forEach { bytes ->
            producer.send(
                ProducerRecord<ByteArray, ByteArray>(topic, 1, key, bytes).also {
                    it.headers().add("v", "1".toByteArray())
                },
            ).get()
        }
    }

    private fun drop(topic: String) = producer().use { producer ->
        val dropped = DayDropped.newBuilder().setDay(RandomTopic.DAY.epochDay).setId("drop").build()
        repeat(PARTITIONS) { producer.send(SampleCodec.record(topic, it, dropped)).get() }
    }

    private fun producer() =
        KafkaProducer<ByteArray, ByteArray>(services.kafka.clientProperties, ByteArraySerializer(), ByteArraySerializer())

    /** A process that records. */
    private inner class Recorder(topic: String, samples: Path, memory: Int) : AutoCloseable {
        private val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        private val process = ProcessBuilder(
            java, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
            RecorderProcess::class.java.name, services.kafka.bootstrapServers, topic, "$samples", "$memory",
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()

        fun until(what: String, condition: () -> Boolean) = eventually(what) {
            check(process.isAlive) { "the recorder has ended" }
            condition()
        }

        /** Without a chance to do anything more. */
        fun kill() {
            process.destroyForcibly().waitFor()
        }

        override fun close() {
            process.outputStream.close()
            if (!process.waitFor(30, TimeUnit.SECONDS)) kill()
        }
    }

    private fun eventually(what: String, condition: () -> Boolean) {
        val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90)
        while (!condition()) {
            check(System.nanoTime() < end) { "not within 90 s: $what" }
            TimeUnit.MILLISECONDS.sleep(20)
        }
    }

    private companion object {
        const val PARTITIONS = 3
        const val CLUSTER = """
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster { roles = ["archive"], jmx.enabled = off }
        """
    }
}
