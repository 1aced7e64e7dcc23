package twitchactors.restructure

import io.kotest.property.Arb
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleFileName
import twitchactors.archive.SampleFiles
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.OutputStream
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.writeText
import kotlin.random.Random

/** Small strange days against a brute force with plain sets, by any number of threads and in any order of files. */
class RestructureTest {
    @TempDir
    private lateinit var folder: Path

    private val day = Day.parse("2022-08-01")!!

    private fun written(files: Map<String, String>): List<SampleFile> {
        val home = Files.createTempDirectory(folder, "day")
        files.forEach { (name, text) -> home.resolve(name).writeText(text) }
        return SampleFiles.of(home).files
    }

    private class Result(val summary: Summary, val text: String)

    private fun run(files: List<SampleFile>, threads: Int, format: ViewerDayFormat = ViewerDayFormat.CSV): Result {
        val out = ByteArrayOutputStream()
        val summary = Restructure(threads).run(files, day, format, out, withDigest = true)
        assertEquals(out.size().toLong(), summary.bytes)
        return Result(summary, out.toString(Charsets.UTF_8))
    }

    private fun restructure(vararg files: Pair<String, String>) = run(written(mapOf(*files)), threads = 2)

    private fun assertWorld(world: RandomWorld, result: Result) {
        val summary = result.summary
        assertEquals(world.expectedRejected, summary.rejected.map { it.file }.toSet())
        assertEquals(world.expected, summary.copy(rejected = emptyList(), badValues = emptyList(), badValueCount = 0, bytes = 0))
    }

    @Test
    fun `gives what a brute force gives`() = runBlocking<Unit> {
        checkAll(60, Arb.long()) { seed ->
            val random = Random(seed)
            val world = RandomWorld(random)
            val files = written(world.files)
            for (threads in listOf(1, 2, 5)) {
                val result = run(files.shuffled(random), threads)
                assertEquals(world.csv(), result.text)
                assertWorld(world, result)
            }
            val lines = run(files.shuffled(random), random.nextInt(1, 6), ViewerDayFormat.JSONL)
            assertEquals(world.jsonl(), lines.text)
            assertWorld(world, lines)
        }
    }

    @Test
    fun `gives what a brute force gives with many streamers, who share their bots`() = runBlocking<Unit> {
        checkAll(6, Arb.long()) { seed ->
            val world = RandomWorld(Random(seed), streamerCount = 300, viewerCount = 60)
            for (threads in listOf(1, 2, 5)) {
                val result = run(written(world.files), threads)
                assertEquals(world.csv(), result.text)
                assertWorld(world, result)
            }
        }
    }

    @Test
    fun `copies of files in the same slots change nothing that is seen`() = runBlocking<Unit> {
        checkAll(20, Arb.long()) { seed ->
            val random = Random(seed)
            val world = RandomWorld(random)
            val copies = world.files.mapKeys { (name, _) ->
                val at = name.removeSuffix(".json").toLong()
                generateSequence { "${at / 300 * 300 + random.nextInt(300)}.json" }.first { it !in world.files }
            }
            val summary = run(written(world.files + copies), threads = 2).summary
            assertEquals(world.expected.digest, summary.digest)
            assertEquals(world.expected.sightings, summary.sightings)
            assertEquals(world.expected.samples, summary.samples)
            assertEquals(world.expected.gaps, summary.gaps)
            assertEquals(world.expected.slotsMissing, summary.slotsMissing)
        }
    }

    @Test
    fun `a viewer seen in every other slot has 144 runs, beside one who is always there`() {
        val files = (0 until 288).associate { slot ->
            val names = if (slot % 2 == 0) "\"always\",\"every_other\"" else "\"always\""
            "${day.startsAt + slot * 300}.json" to """{"s":[$names],"t":["every_other"]}"""
        }
        val result = run(written(files), threads = 2)
        val rows = listOf("always,s,288,0,287", "every_other,s,144,0,286", "every_other,t,288,0,287")
        assertEquals(rows, result.text.lines().drop(1).dropLast(1))
        assertEquals(0, result.summary.slotsMissing)
        assertEquals(720, result.summary.sightings)
    }

    @Test
    fun `lists in another order in each slot are read as well as continued ones`() {
        val names = List(3000) { "viewer_$it" }
        val files = (0 until 6).associate { slot ->
            "${day.startsAt + slot * 300}.json" to names.shuffled(Random(slot)).joinToString(",", "{\"s\":[", "]}") { "\"$it\"" }
        }
        assertEquals(names.sorted().map { "$it,s,6,0,5" }, run(written(files), threads = 1).text.lines().drop(1).dropLast(1))
    }

    @Test
    fun `more files than are held open`() {
        val files = (0 until 600).associate { "${day.startsAt + it * 7}.json" to """{"s":["viewer_${it % 10}"]}""" }
        assertEquals(10, run(written(files), threads = 2).summary.pairs)
    }

    @Test
    fun `the slots of a day begin and end where the contract says`() {
        val result = restructure(
            "1659312000.json" to """{"s":["a"]}""",
            "1659312299.json" to """{"s":["b"]}""",
            "1659312300.json" to """{"s":["c"]}""",
            "1659398399.json" to """{"s":["d"]}""",
            "1659398400.json" to """{"s":["e"]}""",
            "1659311999.json" to """{"s":["f"]}""",
        )
        assertEquals("viewer,streamer,samples,first_slot,last_slot\na,s,1,0,0\nb,s,1,0,0\nc,s,1,1,1\nd,s,1,287,287\n", result.text)
        assertEquals(listOf("1659311999.json", "1659398400.json"), result.summary.rejected.map { it.file })
        assertEquals(285, result.summary.slotsMissing)
    }

    @Test
    fun `a gap beside a good list is a sample, and a gap beside a gap is one gap`() {
        val summary = restructure(
            "1659312000.json" to """{"s":null,"t":null,"u":5}""",
            "1659312001.json" to """{"s":["a"],"t":null,"U":null}""",
        ).summary
        assertEquals(listOf(1, 2, 1), listOf(summary.samples, summary.gaps, summary.badValueCount))
        assertEquals(listOf("1659312000.json: u: its value is neither an object nor a list"), summary.badValues)
    }

    @Test
    fun `a day of nothing but empty lists has samples and no viewers`() {
        val result = restructure("1659312000.json" to """{"s":[],"t":{"chatters":{"viewers":[]}}}""")
        assertEquals("viewer,streamer,samples,first_slot,last_slot\n", result.text)
        assertEquals(listOf<Any>(2, 0, 0L), listOf(result.summary.samples, result.summary.gaps, result.summary.viewers))
    }

    @Test
    fun `a file that cannot be read is rejected by name`() {
        val good = written(mapOf("1659312000.json" to """{"s":["a"]}"""))
        val name = SampleFileName.parse("1659312300.json")!!
        Files.createDirectory(folder.resolve("1659312300.json"))
        val bad = listOf("1659312300.json", "gone.json").map { SampleFile(folder.resolve(it), name) }
        val summary = run(good + bad, threads = 2).summary
        assertEquals(2, summary.rejected.size)
        assertTrue(summary.rejected.all { it.reason.startsWith("cannot be read") && '\n' !in it.reason })
    }

    @Test
    fun `a file above 64 MiB is rejected, one of just that size is not`() {
        val files = written(mapOf("1659312000.json" to "", "1659312300.json" to ""))
        for ((file, size) in files.zip(listOf(SampleFile.MAX_BYTES, SampleFile.MAX_BYTES + 1))) {
            Files.newOutputStream(file.path).use { out ->
                out.write("""{"s":["a"]}""".toByteArray())
                val spaces = ByteArray(1 shl 20) { ' '.code.toByte() }
                var left = size - 11
                while (left > 0) left -= minOf(left, spaces.size.toLong()).also { out.write(spaces, 0, it.toInt()) }
            }
        }
        val summary = run(files, threads = 1).summary
        assertEquals(listOf("1659312300.json"), summary.rejected.map { it.file })
        assertEquals(1, summary.pairs)
    }

    @Test
    fun `no good file is bad input that says why`() {
        for (files in listOf(mapOf("1659312000.json" to "{"), mapOf("1659398400.json" to "{}"), mapOf("253402300800.json" to "{}"))) {
            val refused = assertThrows(BadInput::class.java) { run(written(files), threads = 2) }
            assertTrue(files.keys.single() in refused.message!!, refused.message)
        }
    }

    @Test
    fun `a failure to write ends the work with just that failure`() {
        val full = object : OutputStream() {
            override fun write(byte: Int) = throw IOException("No space left on device")
        }
        val files = written(RandomWorld(Random(8)).files)
        for (format in ViewerDayFormat.entries) {
            val failure = assertThrows(IOException::class.java) { Restructure(3).run(files, day, format, full, withDigest = true) }
            assertEquals("No space left on device", failure.message)
        }
    }
}
