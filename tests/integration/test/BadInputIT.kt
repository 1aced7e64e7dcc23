package twitchactors.integration

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.createDirectory
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlin.random.Random

/** What is refused: the contract's exit code, one line on stderr, nothing half-written. */
class BadInputIT {
    @TempDir
    private lateinit var folder: Path

    /** Where a run writes, and with what it must be left. */
    private val target get() = folder.resolve("target").createDirectories()

    private fun source(vararg files: Pair<String, ByteArray>): Path {
        val source = Files.createTempDirectory(folder, "source")
        for ((name, bytes) in files) source.resolve(name).writeBytes(bytes)
        return source
    }

    private fun good(text: String = """{"s":["a"]}""") = GOOD to text.toByteArray()

    private fun assertRefused(ran: Ran, exit: Int = 2) {
        assertEquals(exit, ran.exit, ran.toString())
        assertEquals("", ran.outText)
        assertTrue(ran.errors.single().startsWith("twitchactors: ") && ran.err.endsWith("\n"), ran.toString())
        assertEquals(emptyMap<String, String>(), ran.rejected)
        assertTrue("Exception" !in ran.err && "\tat " !in ran.err, ran.toString())
        assertEquals(emptyList<Path>(), target.listDirectoryEntries())
    }

    private fun restructure(source: Path, vararg options: Any) =
        Program.twitchactors("restructure", source, "--out", target.resolve("a.csv"), *options)

    private fun csv(vararg rows: String) = "viewer,streamer,samples,first_slot,last_slot\n" + rows.joinToString("") { "$it\n" }

    @TestFactory
    fun `sources that are none`(): List<DynamicTest> = mapOf<String, () -> Path>(
        "an empty folder" to { source() },
        "a folder without sample files" to { source("notes.txt" to ByteArray(3), "latest.json" to "{}".toByteArray()) },
        "a folder that is missing" to { folder.resolve("missing") },
        "an archive that is missing" to { folder.resolve("missing.7z") },
        "a file that is no folder" to { source(good()).resolve(GOOD) },
        "a link to nothing" to { Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere")) },
        "a link to no archive" to { Files.createSymbolicLink(folder.resolve("link.7z"), folder.resolve("nowhere")) },
        "an empty archive" to { source("a.7z" to ByteArray(0)).resolve("a.7z") },
        "an archive that is none" to { source("a.7z" to "<html>".repeat(999).toByteArray()).resolve("a.7z") },
        "only a file of year 10000" to { source("253402300800.json" to good().second) },
    ).map { (name, source) -> dynamicTest(name) { assertRefused(restructure(source())) } }

    @Test
    fun `a file that is cut, alone, is refused by name and what stood there before stays`() {
        val source = source(GOOD to """{"s":["a",""".toByteArray())
        val out = folder.resolve("before.csv").apply { writeText("before") }
        val ran = Program.twitchactors("restructure", source, "--out", out)
        assertRefused(ran)
        assertTrue(GOOD in ran.err, ran.toString())
        assertEquals("before", out.readText())
        assertRefused(Program.twitchactors("restructure", source, "--out", out, "--json"))
        assertEquals(emptyList<String>(), folder.listDirectoryEntries(".*").map { it.name })
    }

    /** Alone each is refused; beside a good file each is named, and the good one counts. */
    @Test
    fun `every kind of bad file, alone and beside a good one`() {
        val kinds = linkedMapOf(
            "cut" to """{"s":["a"]""", "empty" to "", "NUL bytes" to "\u0000".repeat(4096), "NUL behind" to "{}\u0000",
            "array" to """["a"]""", "number" to "5",
            "two objects" to """{"s":["a"]}{"s":["b"]}""",
            "deep nesting" to "{\"s\":" + "[".repeat(2_000_000) + "]".repeat(2_000_000) + "}",
            "NaN" to """{"s":{"viewer_count":NaN,"chatters":["a"]}}""", "HTML" to "<html><body>502 Bad Gateway</body></html>",
        ).mapValues { it.value.toByteArray() } + mapOf(
            "bad UTF-8" to "{\"\u00e9\":5}".toByteArray(Charsets.ISO_8859_1),
            "a line of 200 MB" to longLine(),
        )
        val names = kinds.keys.withIndex().associate { (i, kind) -> "${1659312300 + i * 300}.json" to kind }
        val files = names.map { (name, kind) -> name to kinds.getValue(kind) }.toTypedArray()

        val alone = restructure(source(*files))
        assertRefused(alone)
        assertTrue("and ${kinds.size - 1} more" in alone.err, alone.toString())

        val unreadable = source(good(), *files, "1659398400.json" to good().second, "253402300800.json" to good().second)
        unreadable.resolve("1659394800.json").createDirectory()
        Files.createSymbolicLink(unreadable.resolve("1659395100.json"), Path.of("nowhere"))
        val others = setOf("1659398400.json", "253402300800.json", "1659394800.json", "1659395100.json")
        val ran = restructure(unreadable)
        assertEquals(1, ran.exit, ran.toString())
        assertEquals(names.keys + others, ran.rejected.keys)
        assertEquals(emptyList<String>(), ran.errors)
        assertEquals(csv("a,s,1,0,0"), target.resolve("a.csv").readText())
        assertEquals(listOf("a.csv"), target.listDirectoryEntries().map { it.name })
    }

    private fun longLine() = ByteArray(200_000_000) { 'a'.code.toByte() }.also { bytes ->
        "{\"s\":[\"".toByteArray().copyInto(bytes)
        "\"]}".toByteArray().copyInto(bytes, bytes.size - 3)
    }

    @Test
    fun `a line of 60 MB is read`() {
        val names = (1..100_000).joinToString(",") { "\"name_$it\"" }
        val file = List(45) { names }.joinToString(",", "{\"s\":[", "]}")
        assertTrue(file.length in 55_000_000..67_108_864, "${file.length}")
        val ran = restructure(source(good(file)), "--json")
        assertEquals(0, ran.exit, ran.toString())
        assertEquals("100000", Json.parseToJsonElement(ran.outText).jsonObject.getValue("viewers").jsonPrimitive.content)
    }

    @Test
    fun `a name of 26 characters is dropped and counted, one of 25 is not`() {
        val ran = restructure(source(good("""{"s":["${"a".repeat(26)}","${"b".repeat(25)}"]}""")), "--json")
        assertEquals(0, ran.exit, ran.toString())
        assertEquals("1", Json.parseToJsonElement(ran.outText).jsonObject.getValue("names_dropped").jsonPrimitive.content)
        assertEquals(csv("${"b".repeat(25)},s,1,0,0"), target.resolve("a.csv").readText())
    }

    @Test
    fun `two files in a slot are a union`() {
        val ran = restructure(source(good("""{"s":["a","b"]}"""), "1659312299.json" to """{"S":["B","c"],"t":["a"]}""".toByteArray()))
        assertEquals(0, ran.exit, ran.toString())
        assertEquals("", ran.err)
        assertEquals(csv("a,s,1,0,0", "a,t,1,0,0", "b,s,1,0,0", "c,s,1,0,0"), target.resolve("a.csv").readText())
    }

    @Test
    fun `a bad value is a gap that is named, on one line whatever it holds`() {
        val ran = restructure(source(good("""{"s":{"chatters":{"x\nrejected 7.json: forged\u001b[2J":5,"viewers":["b"]}},"t":["a"]}""")))
        assertEquals(0, ran.exit, ran.toString())
        assertEquals(1, ran.err.lines().count { it.isNotEmpty() }, ran.toString())
        assertTrue(ran.err.startsWith("gap in $GOOD: s: ") && '\u001b' !in ran.err, ran.toString())
    }

    @TestFactory
    fun `bad use`(): List<DynamicTest> = mapOf<String, (Path) -> List<Any>>(
        "an unknown command" to { listOf("restructur", it) },
        "an unknown option" to { listOf("restructure", it, "--out", target.resolve("a.csv"), "--fast") },
        "no --out" to { listOf("restructure", it) },
        "no SOURCE" to { listOf("restructure", "--out", target.resolve("a.csv")) },
        "a SOURCE too many" to { listOf("restructure", it, it, "--out", target.resolve("a.csv")) },
        "an unknown format" to { listOf("restructure", it, "--out", target.resolve("a.xlsx")) },
        "no format" to { listOf("restructure", it, "--out", target.resolve("a")) },
        "a missing output folder" to { listOf("restructure", it, "--out", target.resolve("missing/a.csv")) },
        "a day that has no files" to { listOf("restructure", it, "--out", target.resolve("a.csv"), "--day", "2022-08-02") },
        "a day that is none" to { listOf("restructure", it, "--out", target.resolve("a.csv"), "--day", "2022-02-30") },
        "a day in another shape" to { listOf("restructure", it, "--out", target.resolve("a.csv"), "--day", "1.8.2022") },
        "a day and all days" to { listOf("restructure", it, "--out", target.resolve("a.csv"), "--day", "2022-08-01", "--all-days") },
        "no viewers" to { listOf("simulate-day", "--out", target.resolve("day"), "--viewers", 0) },
        "viewers without number" to { listOf("simulate-day", "--out", target.resolve("day"), "--viewers", "many") },
        "too many streamers" to { listOf("simulate-day", "--out", target.resolve("day"), "--streamers", 2_000_000_000) },
        "a day to simulate that is none" to { listOf("simulate-day", "--out", target.resolve("day"), "--day", "2022-13-01") },
        "a fault that is none" to { listOf("simulate-twitch", "--faults", "earthquake") },
        "a time of day that is none" to { listOf("simulate-twitch", "--at", "25:00") },
        "a log where nothing can be written" to
            { listOf("simulate-twitch", "--port", 0, "--irc-port", 0, "--served", target.resolve("missing/log")) },
        "a folder that is not empty" to { listOf("simulate-day", "--out", it) },
        "a missing folder above" to { listOf("simulate-day", "--out", target.resolve("missing/day")) },
    ).map { (name, arguments) ->
        dynamicTest(name) {
            val source = source(good())
            assertRefused(Program.twitchactors(*arguments(source).toTypedArray()))
            assertEquals(listOf(GOOD), source.listDirectoryEntries().map { it.name })
        }
    }

    @Test
    fun `an output that is a folder is refused`() {
        val out = folder.resolve("out.csv").createDirectory()
        assertRefused(Program.twitchactors("restructure", source(good()), "--out", out))
        assertEquals(emptyList<Path>(), out.listDirectoryEntries())
    }

    @Test
    fun `an archive cut in the middle is refused`() {
        val source = source(*Array(20) { "${1659312000 + it * 300}.json" to """{"s":["viewer_${it * 7919}"]}""".toByteArray() })
        val archive = folder.resolve("day.7z")
        assertEquals(0, Program.outside("7z", "a", "-bd", archive, ".", folder = source).exit)
        val whole = Files.readAllBytes(archive)
        archive.writeBytes(whole.copyOf(whole.size / 2))
        assertRefused(restructure(archive))
        archive.writeBytes(whole.copyOf().also { it[40] = (it[40].toInt() xor 0x55).toByte() })
        assertRefused(restructure(archive))
    }

    @Test
    fun `a full disk leaves nothing half-written, and what stood there before stays`() {
        // At random, for Parquet would make the disk's room do with regular ones.
        val random = Random(1)
        val source = source(good((1..20_000).joinToString(",", "{\"s\":[", "]}") { "\"v${random.nextLong(Long.MAX_VALUE)}\"" }))
        onSmallDisk { disk ->
            val out = disk.resolve("a.csv").apply { writeText("before") }
            val ran = Program.twitchactors("restructure", source, "--out", out)
            assertRefused(ran, exit = 5)
            assertEquals("before", out.readText())
            assertRefused(Program.twitchactors("restructure", source, "--out", disk.resolve("b.parquet")), exit = 5)
            assertRefused(Program.twitchactors("simulate-day", "--out", disk.resolve("day"), "--viewers", 2000, "--streamers", 5), exit = 5)
            assertEquals(listOf("a.csv"), disk.listDirectoryEntries().map { it.name })
        }
    }

    /** Calls [use] with a file system of 64 KiB; making one takes root. */
    private fun onSmallDisk(use: (Path) -> Unit) {
        val disk = folder.resolve("disk").createDirectory()
        val mounted = Program.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk)
        if (mounted.exit != 0) Program.absent("no small disk can be mounted here: ${mounted.err.trim()}")
        try {
            use(disk)
        } finally {
            assertEquals(0, Program.run("umount", disk).exit)
        }
    }

    private companion object {
        const val GOOD = "1659312000.json"
    }
}
