package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.int
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

/** A day is archived by a node that runs, brought back, and looked at; what somebody changes in the viewer database is found. */
class ArchiveIT {
    private lateinit var data: Data

    @Test
    fun `a sealed day is archived by itself, comes back as it was, and is verified`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 1, viewers = 1000, streamers = 8)
        data = Data(folder.resolve("data"))
        val settings = mapOf("TWITCHACTORS_ARCHIVER_LOOK_EVERY" to "200 ms", "TWITCHACTORS_ARCHIVER_RETRY_AFTER" to "200 ms")
        Program.start(listOf("node", "--data", data.path, "--roles", "profile,archive"), settings).use { node ->
            assertTrue(node.reaches("the services") { data.isReady(node) }, node.news)
            assertEquals(day.digest, data.replay(day.source, day.date).digest)
            val archive = data.path.resolve("archive/${day.date}.7z")
            assertTrue(node.reaches("the archive") { isArchived(day.date) }, node.news)
            assertOpensWithStock7z(archive)
            for (packed in listOf(archive, data.path.resolve("archive/${day.date}.parquet"))) {
                val csv = folder.resolve("from-archive.csv")
                Program.run("restructure", packed, "--out", csv)
                assertArrayEquals(day.expected().readBytes(), csv.readBytes(), "from $packed")
            }
            assertEquals(0, verify("all", exit = 0).getValue("findings").jsonPrimitive.int)
            changeViewerDays(day)
            val found = verify(day.date, exit = 1)
            assertTrue("1 viewer-days are missing" in "$found" && "1 are other than sealed" in "$found", "$found")
            verify(day.date, exit = 1, "--mend")
            assertEquals(0, verify(day.date, exit = 0).getValue("findings").jsonPrimitive.int)
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

    /** Removes one viewer-day, of a viewer of one partition, and gives another slot to a viewer of another one. */
    private fun changeViewerDays(day: RecordedDay) {
        val date = checkNotNull(Day.parse(day.date))
        val (gone, altered) = day.expected().readLines().drop(1).map { it.split(',') }.let { rows ->
            rows.first() to rows.last()
        }
        ViewerDatabase.connect("mongodb://${data.address("mongo")}", "twitchactors").use { database ->
            val viewerDays = database.viewerDays
            viewerDays.delete(listOf(ViewerDayId(Login.require(gone[0]), date))).toCompletableFuture().get()
            val documents = ViewerDayDocuments(date, revision = 1, listOf(Login.require(altered[1])))
            val name = altered[0].toByteArray().copyOf(Login.MAX_LENGTH)
            documents.row(name, altered[0].length, 0, intArrayOf(SlotSets.run(0, 287)), 1)
            documents.batches().forEach { viewerDays.write(it).toCompletableFuture().get() }
        }
    }
}
