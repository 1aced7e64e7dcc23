package twitchactors.integration

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import java.nio.file.Files
import java.nio.file.Path
import java.sql.DriverManager
import java.util.Arrays
import java.util.Locale
import kotlin.io.path.createDirectory
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.random.Random

/** Simulated days through `restructure`, compared with their answers, with the independent checker and with DuckDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedDayIT {
    private lateinit var folder: Path

    /** The day of the first line of issue and README: 20,000 viewers, 40 streamers, everything that can go wrong. */
    private val day get() = folder.resolve("day")

    @BeforeAll
    fun simulate(@TempDir folder: Path) {
        this.folder = folder
        val ran = Program.twitchactors("simulate-day", "--out", day, "--irregular", "--viewers", 20_000, "--streamers", 40)
        assertEquals(0, ran.exit, ran.toString())
    }

    private fun json(text: String) = Json.parseToJsonElement(text).jsonObject

    private fun JsonObject.rejectedFiles() = getValue("rejected").jsonArray.map { it.jsonObject.getValue("file").jsonPrimitive.content }

    private fun assertSameBytes(expected: Path, actual: Path) {
        val (wanted, found) = expected.readBytes() to actual.readBytes()
        val at = Arrays.mismatch(wanted, found)
        if (at < 0) return
        fun around(bytes: ByteArray) = bytes.copyOfRange(minOf(maxOf(0, at - 60), bytes.size), minOf(at + 60, bytes.size)).decodeToString()
        assertEquals(around(wanted), around(found), "$actual (${found.size} bytes) and $expected (${wanted.size} bytes) at byte $at")
    }

    /** Restructures [source] and returns the file. */
    private fun restructured(source: Path, name: String, exit: Int): Path {
        val out = folder.resolve(name)
        val ran = Program.twitchactors("restructure", source, "--out", out)
        assertEquals(exit, ran.exit, ran.toString())
        assertEquals(emptyList<String>(), ran.errors)
        return out
    }

    @Test
    fun `the answer's rows, exit code 1 and every rejected file by name`() {
        val out = folder.resolve("a.csv")
        val ran = Program.twitchactors("restructure", day, "--out", out)
        assertEquals(1, ran.exit, ran.toString())
        assertSameBytes(day.resolve("answer.csv"), out)
        val answer = json(day.resolve("answer.json").readText())
        assertEquals(answer.rejectedFiles().toSet(), ran.rejected.keys)
        assertTrue(ran.rejected.size > 10)
        assertEquals(emptyList<String>(), ran.errors)
        assertTrue("2022-08-01: %,d viewers".format(Locale.ROOT, answer.getValue("viewers").jsonPrimitive.int) in ran.outText, ran.outText)
    }

    @Test
    fun `the checker's JSON lines`() {
        val expected = folder.resolve("checker.jsonl")
        val checked = Program.outside("python3", "tests/checker/check.py", "restructure", day, "--out", expected)
        assertEquals(0, checked.exit, checked.toString())
        assertSameBytes(expected, restructured(day, "a.jsonl", exit = 1))
    }

    @Test
    fun `Parquet that DuckDB reads as the answer's rows, with exact runs`() {
        val out = restructured(day, "a.parquet", exit = 1)
        val rows = DriverManager.getConnection("jdbc:duckdb:").use { connection ->
            val runsAsText = "[r.first || '-' || r.last for r in runs].array_to_string(' ')"
            val columns = "viewer, streamer, samples, first_slot, last_slot, minutes, $runsAsText"
            connection.createStatement().executeQuery("SELECT $columns FROM '$out'").use { found ->
                generateSequence { if (found.next()) (1..7).map(found::getString) else null }.toList()
            }
        }
        assertEquals(day.resolve("answer.csv").readLines().drop(1), rows.map { it.take(5).joinToString(",") })
        for (row in rows) {
            val runs = row[6].split(' ').map { run -> run.split('-').map { it.toInt() } }
            assertEquals(row[2].toInt(), runs.sumOf { (first, last) -> last - first + 1 })
            assertEquals(row[2].toInt() * 5, row[5].toInt())
            assertEquals(row[3].toInt() to row[4].toInt(), runs.first()[0] to runs.last()[1])
            assertTrue(runs.zipWithNext().all { (a, b) -> b[0] > a[1] + 1 }, row.toString())
        }
        // The runs say the same as the JSON lines, time by time.
        val lines = restructured(day, "b.jsonl", exit = 1).readLines().map { json(it) }
        val fromLines = lines.flatMap { line ->
            line.getValue("slots").jsonObject.flatMap { (start, streamers) ->
                streamers.jsonArray.map { "${line.getValue("viewer").jsonPrimitive.content} ${it.jsonPrimitive.content} $start" }
            }
        }
        val fromRuns = rows.flatMap { row ->
            row[6].split(' ').flatMap { run -> run.substringBefore('-').toInt()..run.substringAfter('-').toInt() }
                .map { slot -> "${row[0]} ${row[1]} ${1659312000 + slot * 300}" }
        }
        assertEquals(fromLines.sorted(), fromRuns.sorted())
    }

    @ParameterizedTest
    @CsvSource("20000, 40, 1, true", "300, 5, 7, true", "2000, 12, 99, true", "1, 1, 3, true", "700, 150, 5, true", "1000, 10, 2, false")
    fun `the document's counts are those of the answer and of the checker`(viewers: Int, streamers: Int, seed: Int, irregular: Boolean) {
        val source = if (viewers == 20_000) day else folder.resolve("day-$seed")
        if (source != day) {
            val oddities = if (irregular) listOf("--irregular") else emptyList()
            val arguments = listOf("--viewers", viewers, "--streamers", streamers, "--seed", seed) + oddities
            val simulated = Program.twitchactors("simulate-day", "--out", source, *arguments.map { it.toString() }.toTypedArray())
            assertEquals(0, simulated.exit, simulated.toString())
        }
        val out = folder.resolve("day-$seed.csv")
        val ran = Program.twitchactors("restructure", source, "--out", out, "--json")
        assertEquals(if (irregular) 1 else 0, ran.exit, ran.toString())
        assertSameBytes(source.resolve("answer.csv"), out)

        val document = json(ran.outText)
        val checked = Program.outside("python3", "tests/checker/check.py", "summary", source)
        assertEquals(0, checked.exit, checked.toString())
        val summary = json(checked.outText)
        val answer = json(source.resolve("answer.json").readText())
        assertEquals(KEYS, document.keys.toList())
        for (key in KEYS - "rejected" - "seconds") {
            assertEquals(summary[key], document[key], key)
            assertEquals(answer[key], document[key], key)
        }
        assertEquals(summary.rejectedFiles(), document.rejectedFiles())
        assertEquals(answer.rejectedFiles().toSet(), document.rejectedFiles().toSet())
        assertEquals(ran.rejected.keys, document.rejectedFiles().toSet())
    }

    @Test
    fun `a 7z of the folder, packed by the stock program, gives the same bytes`() {
        for ((name, what) in listOf("inside.7z" to ".", "around.7z" to "../day")) {
            val archive = folder.resolve(name)
            val packed = Program.outside("7z", "a", "-mx=1", "-bd", archive, what, folder = day)
            assertEquals(0, packed.exit, packed.toString())
            assertSameBytes(day.resolve("answer.csv"), restructured(archive, "$name.csv", exit = 1))
        }
    }

    @Test
    fun `shuffled lists and pretty-printed files give the same bytes`() {
        val regular = folder.resolve("regular")
        assertEquals(0, Program.twitchactors("simulate-day", "--out", regular, "--viewers", 3000, "--streamers", 12, "--seed", 4).exit)
        val copy = folder.resolve("copy").createDirectory()
        val random = Random(4)
        val pretty = Json { prettyPrint = true }
        for (file in regular.listDirectoryEntries("[0-9]*.json").shuffled(random)) {
            val text = pretty.encodeToString(JsonElement.serializer(), shuffled(Json.parseToJsonElement(file.readText()), random))
            copy.resolve(file.name).writeText(text)
        }
        assertSameBytes(regular.resolve("answer.csv"), restructured(regular, "regular.csv", exit = 0))
        assertSameBytes(regular.resolve("answer.csv"), restructured(copy, "copy.csv", exit = 0))
    }

    private fun shuffled(value: JsonElement, random: Random): JsonElement = when (value) {
        is JsonObject -> JsonObject(value.entries.shuffled(random).associate { it.key to shuffled(it.value, random) })
        is JsonArray -> JsonArray(value.shuffled(random))
        else -> value
    }

    @Test
    fun `the same arguments simulate the same bytes, another seed does not`() {
        val arguments = arrayOf("--irregular", "--viewers", "400", "--streamers", "6", "--day", "2024-02-29", "--seed")
        val (one, two, other) = listOf(11, 11, 12).mapIndexed { i, seed ->
            val target = folder.resolve("same-$i")
            assertEquals(0, Program.twitchactors("simulate-day", "--out", target, *arguments, seed).exit)
            target.listDirectoryEntries().associate { it.name to it.readBytes().contentHashCode() }
        }
        assertEquals(one, two)
        assertNotEquals(one, other)
    }

    @Test
    fun `all days go to a file each, and each is as if asked for alone`() {
        val two = folder.resolve("two").createDirectory()
        for (file in day.listDirectoryEntries("[0-9]*.json")) Files.createSymbolicLink(two.resolve(file.name), file)
        two.resolve("1659400000.json").writeText("""{"s":["only_here"]}""")
        val ran = Program.twitchactors("restructure", two, "--all-days", "--out", folder.resolve("all.csv"))
        assertEquals(1, ran.exit, ran.toString())
        assertSameBytes(day.resolve("answer.csv"), folder.resolve("all.2022-08-01.csv"))
        assertEquals(1, Program.twitchactors("restructure", two, "--day", "2022-08-02", "--out", folder.resolve("alone.csv")).exit)
        assertSameBytes(folder.resolve("alone.csv"), folder.resolve("all.2022-08-02.csv"))
        assertTrue(folder.resolve("alone.csv").readText().contains("\nonly_here,s,1,"))
        assertTrue(!folder.resolve("all.csv").exists())
    }

    @Test
    fun `the user's files are left as they are`() {
        val before = day.listDirectoryEntries().associate { it.name to it.readBytes() }
        restructured(day, "unchanged.csv", exit = 1)
        val after = day.listDirectoryEntries().associate { it.name to it.readBytes() }
        assertEquals(before.keys, after.keys)
        for ((name, bytes) in before) assertArrayEquals(bytes, after[name])
    }

    private companion object {
        /** As docs/contract.md lists them. */
        val KEYS = listOf(
            "day", "files", "rejected", "samples", "gaps", "slots_missing", "names_dropped", "sightings",
            "viewers", "pairs", "digest", "seconds",
        )
    }
}
