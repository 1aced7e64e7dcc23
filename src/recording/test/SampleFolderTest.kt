package twitchactors.recording

import com.google.protobuf.ByteString
import io.kotest.property.Arb
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.archive.SampleFiles
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.Day
import twitchactors.domain.LoginFilter
import twitchactors.domain.Slot
import twitchactors.restructure.Restructure
import twitchactors.topics.wire.Sample
import java.io.IOException
import java.io.OutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.relativeTo
import kotlin.random.Random

class SampleFolderTest {
    @TempDir
    lateinit var temporary: Path
    private var folders = 0

    @Test
    fun `any order, any cut into lives, any kill and any second owner give the files that the records say`() = runBlocking<Unit> {
        checkAll(300, Arb.long()) { seed ->
            val topic = RandomTopic(Random(seed))
            val first = recorded(topic, Random(seed))
            assertTruth(topic, first)
            val second = recorded(topic, Random(seed + 1))
            assertEquals(contents(first), contents(second))
            first.toFile().deleteRecursively()
            second.toFile().deleteRecursively()
        }
    }

    @Test
    fun `a file says what the contract says, in the same bytes always`() {
        val folder = SampleFolder(newFolder())
        folder.claim()
        val sample = sample("zerator", "b\na").setPolledAt(START + 5).setLiveViewers(123).setTitle("L'été \"ici\"").setCategory("Chess")
            .setLanguage("fr").addTags("A").addTags("B").setStreamId("9").setStartedAt(START - 60).setSource("chatters").setComplete(true)
        val gap = sample("antoine", "").setGap("timeout").setSource("chatters")
        folder.settle(plan(sample.build(), gap.build()))
        val file = temporary.resolve("$folders/2022-08-01/$START.json")
        assertEquals(
            """{"antoine":{"polled_at":null,"viewer_count":null,"title":"","game":"","language":"","tags":[],"stream_id":"",""" +
                """"started_at":null,"source":"chatters","complete":false,"gap":"timeout","chatters":null},""" +
                """"zerator":{"polled_at":"2022-08-01T00:00:05Z","viewer_count":123,"title":"L'été \"ici\"","game":"Chess",""" +
                """"language":"fr","tags":["A","B"],"stream_id":"9","started_at":"2022-07-31T23:59:00Z","source":"chatters",""" +
                """"complete":true,"chatters":["a","b"]}}""",
            file.readText(),
        )
        folder.settle(plan(sample.build()))
        assertEquals(1, folder.filesWritten)
        val summary = restructured(file.parent)
        assertEquals(Triple(1, 1, 2L), Triple(summary.samples, summary.gaps, summary.sightings))
    }

    @Test
    fun `what is larger than a file may be goes on in another file of the slot`() {
        val union = SlotUnion(partBytes = 400)
        val names = List(90) { "viewer_$it" }
        union.clear()
        union.add(sample("one", names.joinToString("\n")).build())
        union.add(sample("two", "solo").build())
        val parts = union.write(LoginFilter.All)
        assertTrue(parts.size > 2)
        val said = parts.flatMap { part ->
            Json.parseToJsonElement(part.decodeToString()).jsonObject.flatMap { (streamer, value) ->
                value.jsonObject.getValue("chatters").jsonArray.map { streamer to it.jsonPrimitive.content }
            }
        }
        assertEquals((names.map { "one" to it } + ("two" to "solo")).toSet(), said.toSet())
        assertEquals(said.size, said.toSet().size)
        // Read back and written again they are the same.
        val folder = newFolder()
        val files = parts.mapIndexed { i, part -> folder.resolve("${START + i}.json").also { Files.write(it, part) } }
        union.clear()
        files.forEach(union::add)
        assertEquals(parts.map { it.decodeToString() }, union.write(LoginFilter.All).map { it.decodeToString() })
    }

    @Test
    fun `who is kept out is in no file that is written`() {
        var keptOut = ""
        val root = newFolder()
        val folder = SampleFolder(root) { LoginFilter { bytes, from, to -> String(bytes, from, to - from) != keptOut } }
        folder.claim()
        folder.settle(plan(sample("s", "a\nb").build()))
        keptOut = "a"
        folder.settle(plan(sample("s", "c\na").build()))
        assertEquals(setOf("b", "c"), chatters(root.resolve("2022-08-01/$START.json"), "s"))
    }

    @Test
    fun `a disk that does not take a file changes nothing, and it is as if it had when it does again`() {
        val root = newFolder()
        val folder = SampleFolder(root)
        folder.claim()
        folder.settle(plan(sample("s", "a").build(), offset = 1))
        val before = contents(root)
        // A file where the next day's folder is to be.
        val inTheWay = Files.createFile(root.resolve("2022-08-02"))
        val tomorrow = plan(sample("s", "b").setDay(RandomTopic.DAY.epochDay + 1).build(), offset = 2)
        assertThrows(IOException::class.java) { folder.settle(tomorrow) }
        Files.delete(inTheWay)
        assertEquals(before, contents(root))
        assertEquals(1L, Position.parse(root.resolve(SampleFolder.POSITION).readText())!!.second.offsets[0])
        folder.settle(tomorrow)
        assertEquals(setOf("b"), chatters(root.resolve("2022-08-02/${START + 86_400}.json"), "s"))
        assertEquals(2L, Position.parse(root.resolve(SampleFolder.POSITION).readText())!!.second.offsets[0])
    }

    @Test
    fun `a damaged file is set aside and told of, not written over`() {
        val root = newFolder()
        val folder = SampleFolder(root)
        folder.claim()
        Files.createDirectory(root.resolve("2022-08-01"))
        Files.writeString(root.resolve("2022-08-01/$START.json"), """{"s":["a"""")
        folder.settle(plan(sample("s", "b").build()))
        assertEquals(setOf("b"), chatters(root.resolve("2022-08-01/$START.json"), "s"))
        val aside = Files.list(root.resolve("2022-08-01")).use { files -> files.toList().single { "damaged" in it.name } }
        assertEquals("""{"s":["a"""", aside.readText())
    }

    @Test
    fun `while another process writes, nobody else does`() {
        val root = newFolder()
        val folder = SampleFolder(root)
        folder.claim()
        java.nio.channels.FileChannel.open(root.resolve(FolderLock.NAME), java.nio.file.StandardOpenOption.WRITE).use { channel ->
            channel.lock()
            assertThrows(IOException::class.java) { folder.settle(plan(sample("s", "a").build())) }
            assertThrows(IOException::class.java) { SampleFolder(root).claim() }
        }
        folder.settle(plan(sample("s", "a").build()))
        val next = SampleFolder(root)
        assertEquals(mapOf(0 to 1L), next.claim()!!.offsets)
        assertThrows(FormerOwner::class.java) { folder.settle(plan(sample("s", "b").build())) }
        assertEquals(setOf("a"), chatters(root.resolve("2022-08-01/$START.json"), "s"))
    }

    private fun sample(streamer: String, logins: String): Sample.Builder = Sample.newBuilder().setStreamer(streamer)
        .setDay(RandomTopic.DAY.epochDay).setSlot(0).setSource("chatters").setChunks(1).setLogins(ByteString.copyFromUtf8(logins))

    private fun plan(vararg samples: Sample, offset: Long = 1): OpenSlots.Plan {
        val slots = samples.groupBy { it.day }.map { (day, of) ->
            OpenSlot(Day(day), Slot(0), false, 1).also { slot -> of.forEach { slot.add(it, 0, 0, 0) } }
        }
        return OpenSlots.Plan(emptySet(), slots, Position("topic", mapOf(0 to offset)))
    }

    /** A folder into which all of [topic] is brought, in the lives of several owners, most of which end in the middle of their work. */
    private fun recorded(topic: RandomTopic, random: Random): Path {
        val root = newFolder()
        var former: Life? = null
        repeat(random.nextInt(6)) {
            val life = Life(topic, random, root)
            life.run(random.nextInt(1, 30))
            former?.comesBack()
            life.run(random.nextInt(1, 30))
            former = life
        }
        val last = Life(topic, random, root)
        former?.comesBack()
        last.run(Int.MAX_VALUE)
        return root
    }

    private class Life(private val topic: RandomTopic, private val random: Random, root: Path) {
        private val folder = SampleFolder(root)
        private var noted = folder.claim() ?: Position("topic", topic.partitions.indices.associateWith { 0L })
        private val settings = RecordingSettings(
            grace = Duration.ofSeconds(random.nextLong(400)),
            quiet = Duration.ofSeconds(random.nextLong(100)),
            memory = if (random.nextInt(3) == 0) 5000 else 1L shl 20,
        )
        private val open = OpenSlots(settings, OpenSlots.Start(noted))
        private val next = LongArray(topic.partitions.size) { noted.offsets.getValue(it) }
        private var now = RandomTopic.DAY.startsAt * 1000

        fun run(steps: Int) {
            var left = steps
            while (left-- > 0) {
                val partition = topic.partitions.indices.filter { next[it] < topic.partitions[it].size }.randomOrNull(random) ?: break
                val entry = topic.partitions[partition][next[partition].toInt()]
                open.take(partition, next[partition]++, entry.appendedAt, entry.record, now)
                now += random.nextLong(30_000)
                if (random.nextInt(6) == 0 || open.isFull) open.plan(now)?.let(::settle)
            }
            if (left > 0) open.plan(Long.MAX_VALUE / 2)?.let(::settle)
        }

        /** It was paused while another one took over, and goes on as if nothing had been. */
        fun comesBack() {
            try {
                run(random.nextInt(1, 20))
            } catch (_: FormerOwner) {
                // That is how it is to end.
            }
        }

        private fun settle(plan: OpenSlots.Plan) {
            // A kill in the middle: some of it is done, and the position still says what it said.
            if (random.nextInt(4) == 0) {
                val some = plan.slots.shuffled(random).take(random.nextInt(plan.slots.size + 1))
                folder.settle(OpenSlots.Plan(plan.dropped, some, noted))
            }
            folder.settle(plan)
            if (random.nextInt(5) == 0) folder.settle(plan)
            noted = plan.position
        }
    }

    private fun newFolder(): Path = Files.createDirectories(temporary.resolve("${++folders}"))

    private fun contents(root: Path): Map<String, String> = Files.walk(root).use { paths ->
        paths.filter { Files.isRegularFile(it) && it.name != SampleFolder.POSITION }.toList()
            .associate { it.relativeTo(root).toString() to it.readText() }
    }

    private fun chatters(file: Path, streamer: String): Set<String>? =
        when (val found = Json.parseToJsonElement(file.readText()).jsonObject.getValue(streamer).jsonObject.getValue("chatters")) {
            is JsonNull -> null
            else -> (found as JsonArray).map { it.jsonPrimitive.content }.toSet()
        }

    private fun restructured(folder: Path) = Restructure(1)
        .run(SampleFiles.of(folder).files, RandomTopic.DAY, ViewerDayFormat.CSV, OutputStream.nullOutputStream(), withDigest = true)

    private fun assertTruth(topic: RandomTopic, root: Path) {
        val truth = topic.truth()
        val files = contents(root).filterKeys { it != FolderLock.NAME }
        val expected = truth.keys.map { (day, slot) -> "${Day(day)}/${Slot(slot).startsAt(Day(day))}.json" }.toSet()
        assertEquals(expected, files.keys)
        for ((key, streamers) in truth) {
            val file = root.resolve("${Day(key.first)}/${Slot(key.second).startsAt(Day(key.first))}.json")
            val said = Json.parseToJsonElement(file.readText()).jsonObject
            assertEquals(streamers.keys.sorted(), said.keys.toList())
            for ((streamer, expectation) in streamers) {
                assertEquals(expectation.chatters, chatters(file, streamer))
                assertTrue(said.getValue(streamer).jsonObject.getValue("title").jsonPrimitive.content in expectation.titles)
            }
        }
    }

    private companion object {
        val START = RandomTopic.DAY.startsAt
    }
}
