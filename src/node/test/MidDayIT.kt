package twitchactors.node

import com.google.protobuf.ByteString
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.apache.kafka.clients.producer.Producer
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import twitchactors.archive.SampleFiles
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.simulator.DayFolder
import twitchactors.simulator.FilePlan
import twitchactors.simulator.World
import twitchactors.store.Claim
import twitchactors.store.SuppressionKind
import twitchactors.topics.RecordProducer
import twitchactors.topics.SampleCodec
import twitchactors.topics.TopicNames
import twitchactors.topics.wire.Sample
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import kotlin.io.path.readText
import kotlin.random.Random

/** A node in the middle of a day that nobody has closed: what it knows of a viewer is what the sample files say so far. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MidDayIT {
    private data class Seen(val viewer: String, val streamer: String, val slot: Int)

    private class Chat(val streamer: String, val slot: Int, val chatters: List<String>)

    private lateinit var running: Running
    private lateinit var node: PipelineNode
    private lateinit var producer: Producer<ByteArray, ByteArray>
    private lateinit var chats: List<Chat>
    private val day = checkNotNull(Day.parse("2022-08-01"))
    private val random = Random(5)

    @BeforeAll
    fun start(@TempDir folder: Path) {
        val worldDay = World(9, 800, 12).day(day)
        DayFolder(worldDay, FilePlan.regular(worldDay)).write(folder.resolve("day"))
        chats = SampleFiles.of(folder.resolve("day")).files.filter { it.name.slot.index in SLOTS }.flatMap { file ->
            Json.parseToJsonElement(file.path.readText()).jsonObject.map { (streamer, sample) ->
                Chat(streamer, file.name.slot.index, sample.jsonObject.getValue("chatters").jsonArray.map { it.jsonPrimitive.content })
            }
        }
        running = Running.start(folder.resolve("data"), setOf(NodeRole.PROFILE))
        node = running.node!!
        producer = RecordProducer.settings(node.system, running.services.kafka, running.configuration.topics).createKafkaProducer()
    }

    @AfterAll
    fun stop() {
        producer.close()
        running.close()
    }

    private fun feed(chats: List<Chat>) {
        val sent = chats.map { chat ->
            val sample = Sample.newBuilder().setStreamer(chat.streamer).setDay(day.epochDay).setSlot(chat.slot).setSource("recorded")
                .setPoll("${chat.streamer}/${chat.slot}").setChunks(1)
                .setLogins(ByteString.copyFromUtf8(chat.chatters.joinToString("\n")))
            producer.send(SampleCodec.record(TopicNames.SAMPLES, sample.build()))
        }
        sent.forEach { it.get(30, TimeUnit.SECONDS) }
    }

    /** By viewer, from the files alone. */
    private fun answer(chats: List<Chat>): Map<String, Set<Seen>> = chats.flatMap { chat ->
        chat.chatters.map { Seen(it, chat.streamer, chat.slot) }
    }.groupBy { it.viewer }.mapValues { it.value.toSet() }

    private fun profile(viewer: String): Set<Seen>? = try {
        val profile = node.profileOf(Login.require(viewer)).toCompletableFuture().get()
        assertEquals(viewer, profile.login)
        profile.days[day.toString()].orEmpty().flatMap { (streamer, text) ->
            text.split(',').flatMap { run ->
                (run.substringBefore('-').toInt()..run.substringAfter('-').toInt()).map { Seen(viewer, streamer, it) }
            }
        }.toSet()
    } catch (_: ExecutionException) {
        null // While the partition begins again.
    }

    private fun patience() = Patience(Duration.ofMinutes(2))

    /** Waits until the node says of [viewers] what [expected] says. */
    private fun assertKnows(viewers: Collection<String>, expected: Map<String, Set<Seen>>) {
        for (viewer in viewers) {
            var found: Set<Seen>? = null
            runCatching { patience().until(viewer) { profile(viewer).also { found = it } == expected[viewer].orEmpty() } }
            assertEquals(expected[viewer].orEmpty(), found, viewer)
        }
    }

    private fun keepingOut(viewer: String) = KeepingOut(running, Login.require(viewer), Steps(), patience())

    @Test
    fun `what is asked in the middle of a day is what the files say, and those who are removed are gone from it`() {
        val first = chats.filter { it.slot < HALF }
        feed(first.shuffled(random) + first.take(50))
        val viewers = answer(chats).keys.sorted().shuffled(random)
        val some = viewers.take(40) + "nobody_at_all"
        assertKnows(some, answer(first))

        val (erased, optedOut) = some
        assertTrue(keepingOut(erased).begin(SuppressionKind.ERASED).isNew)
        keepingOut(optedOut).begin(SuppressionKind.OPTED_OUT)
        assertFalse(keepingOut(optedOut).begin(SuppressionKind.OPTED_OUT).isNew)
        feed(chats)
        assertKnows(some, answer(chats) - erased - optedOut)
        for (gone in listOf(erased, optedOut)) {
            assertEquals(emptyMap<String, List<Day>>(), ViewerTraces.of(running.stores, Login.require(gone)).places)
        }

        assertTrue(keepingOut(optedOut).lift())
        val later = Chat("later", 287, listOf(optedOut, erased, some[2]))
        feed(listOf(later))
        assertKnows(some, answer(chats + later) - erased + (optedOut to setOf(Seen(optedOut, "later", 287))))
        assertKnows(listOf("nobody_at_all"), emptyMap())

        begunAnew(some.drop(2), answer(chats + later))
    }

    /** Partitions whose checkpoints cannot be gone on from: they stand still until somebody has them begin anew. */
    private fun begunAnew(viewers: List<String>, expected: Map<String, Set<Seen>>) {
        val checkpoints = running.stores.checkpoints
        val partitions = viewers.map { running.stores.partitions.partitions.of(Login.require(it)) }.distinct().take(3)
        spoil(partitions[0]) { claim, state -> checkpoints.write(partitions[0], claim.fence, claim.nextOffset, "another topic", state) }
        spoil(partitions[1]) { claim, state -> checkpoints.write(partitions[1], claim.fence, 1L shl 40, claim.topicId!!, state) }
        spoil(partitions[2]) { claim, _ ->
            checkpoints.write(partitions[2], claim.fence, claim.nextOffset, claim.topicId!!, byteArrayOf(9))
        }
        val said = LostPartitions(running).revive()
        assertEquals(partitions.sorted(), said.map { it.removePrefix("partition ").substringBefore(' ').toInt() }, "$said")
        assertKnows(viewers, expected)
        assertEquals(emptyList<String>(), LostPartitions(running).revive())
    }

    /** Waits for a checkpoint before it claims the partition, which would keep its owner from writing one. */
    private fun spoil(partition: Int, write: (Claim, ByteArray) -> Boolean) {
        val checkpoints = running.stores.checkpoints
        patience().until("a checkpoint") { checkpoints.read(partition)?.state != null }
        patience().until("a spoiled checkpoint") { checkpoints.claim(partition).let { write(it, it.state!!) } }
    }

    private companion object {
        val SLOTS = 150..200
        const val HALF = 175
    }
}
