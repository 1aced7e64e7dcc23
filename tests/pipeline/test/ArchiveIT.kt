package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.SlotSets
import twitchactors.store.ViewerDatabase
import twitchactors.store.ViewerDayDocuments
import twitchactors.store.ViewerDayId
import java.io.IOException
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readBytes
import kotlin.io.path.readLines
import kotlin.io.path.writeBytes

/** A day is archived by a node that runs, brought back, and looked at; what somebody changes in the viewer database is found. */
class ArchiveIT {
    private lateinit var data: Data

    @Test
    fun `a sealed day is archived by itself, comes back as it was, and is verified`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 1, viewers = 1000, streamers = 8)
        val other = RecordedDay(folder, "2022-08-02", seed = 2, viewers = 60, streamers = 2)
        data = Data(folder.resolve("data"))
        val settings = mapOf("TWITCHACTORS_ARCHIVER_LOOK_EVERY" to "200 ms", "TWITCHACTORS_ARCHIVER_RETRY_AFTER" to "200 ms")
        Program.start(listOf("node", "--data", data.path, "--roles", "profile,archive"), settings).use { node ->
            assertTrue(node.reaches("the services") { data.isReady(node) }, node.news)
            assertEquals(day.digest, data.replay(day.source, day.date).digest)
            val archive = data.path.resolve("archive/${day.date}.7z")
            data.replay(other.source, other.date)
            assertTrue(node.reaches("the archives") { isArchived(day.date) && isArchived(other.date) }, node.news)
            assertOpensWithStock7z(archive)
            for (packed in listOf(archive, data.path.resolve("archive/${day.date}.parquet"))) {
                val csv = folder.resolve("from-archive.csv")
                Program.run("restructure", packed, "--out", csv)
                assertArrayEquals(day.expected().readBytes(), csv.readBytes(), "from $packed")
            }
            assertEquals(0, verify("all", exit = 0).getValue("findings").jsonPrimitive.int)
            changeViewerDays(day, other)
            val bytes = archive.readBytes()
            archive.writeBytes(bytes.clone().also { it[it.size / 2] = (it[it.size / 2].toInt() xor 1).toByte() })
            assertFound(verify(day.date, exit = 1), MISSING, ALTERED, STRAY, FLIPPED)
            archive.writeBytes(bytes)
            database { add(NEVER, NOBODY, rows(day).last()[1]) }
            assertFound(verify("all", exit = 1, "--mend"), MISSING, ALTERED, STRAY, STRAY_DAY, OTHER)
            assertEquals(0, verify("all", exit = 0).getValue("findings").jsonPrimitive.int)
            assertTrue("verify --mend" in Program.run("audit", "--data", data.path).out)
            data.assertHolds(day)
            val restored = Program.run("restore", day.date, "--data", data.path, "--json").out
            assertEquals(day.digest, Json.parseToJsonElement(restored).jsonObject.getValue("digest").jsonPrimitive.content)
            node.signal("TERM")
            node.end()
        }
        data.clear()
    }

    private fun isArchived(date: String) = data.path.resolve("archive/$date.json").exists() &&
        data.path.resolve("samples/$date").listDirectoryEntries("*.json").isEmpty()

    private fun verify(what: String, exit: Int, vararg options: String): JsonObject =
        Program.start(listOf("verify", what, "--data", data.path, "--json") + options).use { it.end() }.let { ended ->
            assertEquals(exit, ended.exit, "$ended")
            Json.parseToJsonElement(ended.out).jsonObject
        }

    /** Just these are found. */
    private fun assertFound(said: JsonObject, vararg words: String) {
        for (word in words) assertTrue(word in "$said", "nothing says '$word': $said")
        val findings = said.getValue("days").jsonArray.flatMap { it.jsonObject.getValue("findings").jsonArray }
        // A viewer-day that is missing and one that is altered are of one partition, or of two.
        assertTrue(findings.size + said.getValue("others").jsonArray.size in words.size - 1..words.size, "$said")
    }

    private fun assertOpensWithStock7z(archive: Path) {
        val process = try {
            ProcessBuilder("7z", "t", "$archive").redirectErrorStream(true).start()
        } catch (absent: IOException) {
            check(System.getenv("CI") != "true") { "7z is not installed: $absent" }
            assumeTrue(false, "7z is not installed")
            return
        }
        val said = process.inputStream.readAllBytes().decodeToString()
        assertEquals(0, process.waitFor(), said)
    }

    /**
     * Removes one viewer-day, gives other slots to another, and adds one of somebody who was never seen. One is removed of the [other] day,
     * too: in all there are as many as there would be if one of [day] were missing and none too many.
     */
    private fun changeViewerDays(day: RecordedDay, other: RecordedDay) = database {
        val (first, last) = rows(day).let { it.first() to it.last() }
        remove(day, first[0])
        remove(other, rows(other).first()[0])
        for (viewer in listOf(last[0], NOBODY)) add(date(day), viewer, last[1])
    }

    private fun rows(day: RecordedDay) = day.expected().readLines().drop(1).map { it.split(',') }

    private fun date(day: RecordedDay) = checkNotNull(Day.parse(day.date))

    private fun database(change: ViewerDatabase.() -> Unit) =
        ViewerDatabase.connect("mongodb://${data.address("mongo")}", "twitchactors").use(change)

    private fun ViewerDatabase.remove(day: RecordedDay, viewer: String) {
        val removed = viewerDays.delete(listOf(ViewerDayId(Login.require(viewer), date(day)))).toCompletableFuture().get()
        assertEquals(1L, removed)
    }

    /** The viewer-day of somebody who was with [streamer] all day. */
    private fun ViewerDatabase.add(day: Day, viewer: String, streamer: String) {
        val documents = ViewerDayDocuments(day, revision = 1, listOf(Login.require(streamer)))
        documents.row(viewer.toByteArray().copyOf(Login.MAX_LENGTH), viewer.length, 0, intArrayOf(SlotSets.run(0, 287)), 1)
        documents.batches().forEach { viewerDays.write(it).toCompletableFuture().get() }
    }

    private companion object {
        const val NOBODY = "never_in_any_chat"
        val NEVER = checkNotNull(Day.parse("2031-01-01"))
        const val MISSING = "1 viewer-days are missing"
        const val ALTERED = "1 are other than sealed"
        const val STRAY = "viewer_days of 2022-08-01\",\"wrong\":\"1 viewer-days are sealed by nobody"
        const val STRAY_DAY = "viewer_days of 2031-01-01\",\"wrong\":\"1 viewer-days are sealed by nobody"
        const val OTHER = "viewer_days of 2022-08-02, partition"
        const val FLIPPED = "2022-08-01.7z\",\"wrong\":\"is not the file that its description names"
    }
}
