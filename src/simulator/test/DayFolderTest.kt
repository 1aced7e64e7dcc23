package twitchactors.simulator

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import java.util.HexFormat
import kotlin.io.path.createDirectory
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText

class DayFolderTest {
    @TempDir
    private lateinit var folder: Path

    private fun worldDay(viewers: Int = 300, streamers: Int = 8) = World(1, viewers, streamers).day(checkNotNull(Day.parse("2022-08-01")))

    @Test
    fun `the same arguments give the same bytes on every machine`() {
        // Changing these digests changes what every recorded result and bench of the project was measured on.
        val written = listOf(write(FilePlan.regular(worldDay()), "a"), write(FilePlan.irregular(worldDay()), "b"))
        assertEquals(listOf(REGULAR, IRREGULAR), written.map { digest(it) })
    }

    @Test
    fun `a regular day has a file for every slot, named by its start`() {
        val files = write(FilePlan.regular(worldDay()), "a").listDirectoryEntries("*.json").map { it.name } - "answer.json"
        assertEquals((0 until 288).map { "${1659312000 + it * 300}.json" }.toSet(), files.toSet())
        assertTrue("\"rejected\":[]" in folder.resolve("a/answer.json").readText())
    }

    @Test
    fun `files are in the shape that the contract says we write`() {
        val out = write(FilePlan.regular(worldDay()), "a")
        val text = out.resolve("${1659312000 + 240 * 300}.json").readText()
        val member = Regex(
            """"[a-z0-9_]+":\{"polled_at":"2022-08-01T20:00:\d\dZ","viewer_count":\d+,"title":"(\\.|[^"\\])*","game":"[^"]+",""" +
                """"language":"fr","tags":\["Français"],"stream_id":"\d{11}","started_at":"2022-08-01T\d\d:\d\d:\d\dZ",""" +
                """"source":"simulator","complete":true,"chatters":\[("[a-z0-9_]+"(,"[a-z0-9_]+")*)?]}""",
        )
        assertTrue(Regex("\\{$member(,$member)*}").matches(text), text)
    }

    @Test
    fun `an irregular day has every kind of irregularity, and each shows in the bytes`() {
        for ((viewers, streamers) in listOf(20 to 2, 300 to 8)) {
            val day = worldDay(viewers, streamers)
            val plan = FilePlan.irregular(day)
            assertEquals(Irregularity.entries.toSet(), plan.kinds)
            val out = write(plan, "of-$viewers")
            for (file in plan.files) {
                val bytes = out.resolve(file.name).readBytes()
                val text = String(bytes, Charsets.UTF_8)
                file.kinds.forEach { kind -> assertTrue(shows(kind, file, bytes, text, day), "$kind in ${file.name}: ${text.take(2000)}") }
                if (file.isGood) assertTrue(text.removePrefix("\ufeff").startsWith("{") && text.trimEnd().endsWith("}"))
            }
        }
    }

    private fun shows(kind: Irregularity, file: PlannedFile, bytes: ByteArray, text: String, day: WorldDay): Boolean {
        val victim = if (file.victim < 0) null else day.world.names[file.victim]
        val ofVictim = victim?.let { text.substringAfter("\"$it\":", "") }.orEmpty()
        return when (kind) {
            Irregularity.CUT -> bytes.isNotEmpty() && !text.endsWith("}")
            Irregularity.EMPTY -> bytes.isEmpty()
            Irregularity.NUL_BYTES -> bytes.isNotEmpty() && bytes.all { it.toInt() == 0 }
            Irregularity.ARRAY -> text.startsWith("[") && text.endsWith("]")
            Irregularity.NUMBER -> text.toLong() in 1659312000..1659398399
            Irregularity.HTML -> text.startsWith("<!DOCTYPE html>")
            Irregularity.TWO_OBJECTS -> text.split("\n").size == 2
            Irregularity.BAD_UTF8 -> '\ufffd' in text
            Irregularity.NOT_A_NUMBER -> "NaN" in text
            Irregularity.OTHER_DAY -> file.name.substringBefore('.').toLong() !in 1659312000..1659398399
            Irregularity.OTHER_NAME -> !Regex("""\d+\.json""").matches(file.name)
            Irregularity.NAMED_LATE -> file.name.substringBefore('.').toLong() % 300 > 0
            Irregularity.PRETTY -> "\r\n \t" in text
            Irregularity.BYTE_ORDER_MARK -> text.startsWith("\ufeff{")
            Irregularity.VIEWERS_API -> "\"viewers_api\":" in text.filterNot { it == ' ' }
            Irregularity.OLD_ENDPOINT -> "\"moderators\":[" in text && "\"viewer_count\"" !in text
            Irregularity.BARE -> ofVictim.startsWith("[") && "chatters" !in text
            Irregularity.UNKNOWN_KEYS -> "not_this_one" in text
            Irregularity.ESCAPED_TEXT, Irregularity.ESCAPED_NAMES -> "\\u00" in text
            Irregularity.UPPER_CASE_NAMES -> Regex("\"[A-Z0-9_a-z]*[A-Z][A-Z0-9_a-z]*\"").containsMatchIn(text) || day.viewers < 50
            Irregularity.UPPER_CASE_STREAMERS, Irregularity.KEYS_FOLD_TOGETHER, Irregularity.GAP_KEY_BESIDE_GOOD ->
                Irregularity.ESCAPED_NAMES in file || (victim != null && "\"${victim.uppercase()}\"" in text)
            Irregularity.SAME_KEY_TWICE -> victim != null && text.split("\"$victim\":").size == 3
            Irregularity.NULL_STREAMER -> ofVictim.startsWith("null")
            Irregularity.NUMBER_FOR_STREAMER -> ofVictim.startsWith("17")
            Irregularity.STRING_FOR_STREAMER -> ofVictim.startsWith("\"offline\"")
            Irregularity.NULL_CHATTERS -> chatters(ofVictim).startsWith("null")
            Irregularity.NUMBER_FOR_LIST -> chatters(ofVictim).first().isDigit()
            Irregularity.STRING_FOR_LIST -> chatters(ofVictim).startsWith("\"")
            Irregularity.OBJECT_FOR_LIST -> chatters(ofVictim).startsWith("{")
            Irregularity.NUMBER_IN_LIST -> ",12," in chatters(ofVictim).substringBefore(']')
            Irregularity.EMPTY_LIST -> chatters(ofVictim).startsWith("[]")
            Irregularity.ABSENT_STREAMER -> ofVictim.isEmpty()
            Irregularity.NAMES_NO_LOGIN -> "two words" in text
            Irregularity.STREAMER_NO_LOGIN -> "\"not a login!\":" in text.filterNot { it == '\r' || it == '\n' }
            Irregularity.NAMES_TWICE -> true
            Irregularity.SECOND_POLL, Irregularity.IDENTICAL_COPY, Irregularity.CUT_BESIDE_GOOD, Irregularity.GAP_BESIDE_GOOD,
            Irregularity.GAP_IN_BOTH,
            -> FilePlan.irregular(day).files.count { it.slot == file.slot && kind in it } == 2
            Irregularity.MIXED_SHAPES -> true
            Irregularity.MISSING -> false
        }
    }

    private fun chatters(ofStreamer: String) = ofStreamer.substringAfter("\"chatters\":")

    @Test
    fun `two polls of a slot together have everybody, each alone has not`() {
        val day = worldDay(3_000)
        val plan = FilePlan.irregular(day)
        val out = write(plan, "a")
        val polls = plan.files.filter { Irregularity.SECOND_POLL in it }.groupBy { it.slot }
        assertEquals(2, polls.size)
        for ((slot, files) in polls) {
            val found = files.map { file -> names(out.resolve(file.name).readText()) }
            val all = (0 until day.streamers).filter { plan.says(files[0], it) == FilePlan.Says.NAMES }
                .flatMap { day.chatters(it, slot).asList() }.mapTo(HashSet()) { day.world.names[day.nameOfViewer(it)] }
            assertEquals(all, found[0] + found[1])
            found.forEach { assertTrue(it.size < all.size && it.size > all.size * 8 / 10) }
        }
    }

    @Test
    fun `names twice and in upper case are the same viewers`() {
        val day = worldDay(3_000)
        val plan = FilePlan.irregular(day)
        val out = write(plan, "a")
        for (kind in listOf(Irregularity.NAMES_TWICE, Irregularity.UPPER_CASE_NAMES, Irregularity.SAME_KEY_TWICE)) {
            val file = plan.files.first { it.kinds == setOf(kind) }
            val text = out.resolve(file.name).readText()
            val all = (0 until day.streamers).filter { plan.says(file, it) == FilePlan.Says.NAMES }
                .flatMap { day.chatters(it, file.slot).asList() }.map { day.world.names[day.nameOfViewer(it)] }
            assertEquals(all.toSet(), names(text).mapTo(HashSet()) { it.lowercase() })
            assertTrue(kind == Irregularity.UPPER_CASE_NAMES || text.split(",\"").size > all.size)
        }
    }

    private fun names(text: String): Set<String> = Regex("\"chatters\":\\[([^]]*)]").findAll(text)
        .flatMap { list -> list.groupValues[1].split(',') }.filter { it.isNotEmpty() }.map { it.trim('"') }.toSet()

    @Test
    fun `a folder that cannot be used is refused and nothing changes`() {
        val day = worldDay(3, 1)
        val full = folder.resolve("full").createDirectory()
        full.resolve("mine").writeText("x")
        val file = folder.resolve("file").also { it.writeText("x") }
        for (bad in listOf(full, file, folder.resolve("no/such"))) {
            val refusal = assertThrows(BadInput::class.java) { DayFolder(day, FilePlan.regular(day)).write(bad) }
            assertFalse('\n' in refusal.message.orEmpty())
            assertTrue(bad.toString() in refusal.message.orEmpty())
        }
        assertEquals(setOf("full", "file"), folder.listDirectoryEntries().map { it.name }.toSet())
        assertEquals(listOf("mine"), full.listDirectoryEntries().map { it.name })
    }

    @Test
    fun `a run that fails midway leaves nothing, in a new folder and in an empty one`() {
        val day = worldDay(30, 2)
        val empty = folder.resolve("empty").createDirectory()
        for (out in listOf(empty, folder.resolve("new"))) {
            assertThrows(IllegalStateException::class.java) {
                DayFolder(day, FilePlan.regular(day)).write(out, { done -> check(done < 100) { "enough" } })
            }
        }
        assertEquals(listOf(empty), folder.listDirectoryEntries())
        assertEquals(emptyList<Path>(), empty.listDirectoryEntries())
    }

    @Test
    fun `an empty folder is filled in place`() {
        val empty = folder.resolve("empty").createDirectory()
        val day = worldDay(30, 2)
        DayFolder(day, FilePlan.regular(day)).write(empty)
        assertEquals(290, empty.listDirectoryEntries().size)
        assertTrue(empty.resolve("answer.csv").exists())
    }

    private fun write(plan: FilePlan, name: String): Path {
        val out = folder.resolve(name)
        DayFolder(plan.day, plan).write(out)
        return out
    }

    /** Over names and contents, in order of names. */
    private fun digest(out: Path): String {
        val digest = MessageDigest.getInstance("SHA-256")
        out.listDirectoryEntries().sortedBy { it.name }.forEach { file ->
            digest.update(file.name.encodeToByteArray())
            digest.update(Files.readAllBytes(file))
        }
        return HexFormat.of().formatHex(digest.digest())
    }

    private companion object {
        const val REGULAR = "940da54d6bdf9c31e17ceb6b9a35067b9fd4e032fe6ea8a64e1c2d6e97c00b93"
        const val IRREGULAR = "d73b5be29da7426e9dfb46188eddf5f4dfaa81bc8996921f930f5db1f71faba9"
    }
}
