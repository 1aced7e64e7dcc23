package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.sql.Connection
import java.sql.SQLException
import kotlin.io.path.readLines

/** Viewers are removed, and days begin anew, while processes are killed: what is left is exact. */
class RightsIT {
    private fun exported(data: Data, day: RecordedDay): List<String> {
        val file = data.path.resolveSibling("rights-${day.date}.csv")
        Program.run("export", day.date, "--data", data.path, "--out", file)
        return file.readLines()
    }

    /** The simulator's own answer, which no code under test has made, without those who are [gone]. */
    private fun answer(day: RecordedDay, gone: List<String>): List<String> =
        day.source.resolve("answer.csv").readLines().filter { it.substringBefore(',') !in gone }

    private fun number(data: Data, query: String): Long = try {
        data.connect().use { number(it, query) }
    } catch (_: SQLException) {
        0 // The table is not there yet, or the server is not there any more.
    } catch (_: IllegalStateException) {
        0 // Nobody owns the folder any more.
    }

    private fun number(connection: Connection, query: String): Long = connection.createStatement().use { statement ->
        statement.executeQuery(query).let { if (it.next()) it.getLong(1) else 0 }
    }

    private fun erase(data: Data, login: String, vararg options: String) =
        Program.start(listOf("erase", login, "--data", data.path, "--debug") + options, QUICK)

    @Test
    fun `viewers who are erased in the middle of a day and after its seal are gone from it, whatever was killed meanwhile`(
        @TempDir folder: Path,
    ) {
        val day = RecordedDay(folder, "2022-08-01", seed = 31)
        val data = Data(folder.resolve("data"), QUICK)
        val viewers = answer(day, emptyList()).drop(1).map { it.substringBefore(',') }.distinct()
        val gone = List(GONE) { viewers[(it + 1) * viewers.size / (GONE + 1)] }
        try {
            eraseWhileFed(data, day, gone[0])
            assertEquals(answer(day, gone.take(1)).sorted(), exported(data, day).sorted())
            gone.drop(1).zip(MOMENTS).forEach { (login, moment) -> eraseKilled(data, login, moment) }
            assertEquals(answer(day, gone).sorted(), exported(data, day).sorted())
            // What the document store's file holds of removed records goes with --now only.
            erase(data, gone.last(), "--now").use { erase -> erase.end().let { assertEquals(0, it.exit, "$it") } }
            erase(data, gone.last(), "--prove").use { prove -> prove.end().let { assertEquals(0, it.exit, "$it") } }
            val left = viewers.first { it !in gone }
            erase(data, left, "--prove").use { prove -> assertEquals(1, prove.end().exit) }
        } finally {
            data.clear()
        }
    }

    /** Kills the owner of the services when the list has changed while [day] comes in; both commands go on without it. */
    private fun eraseWhileFed(data: Data, day: RecordedDay, login: String) =
        Program.start(listOf("node", "--roles", "profile", "--data", data.path), QUICK).use { node ->
            assertTrue(node.reaches("a node") { data.isReady(node) && "node pekko://" in node.news })
            val erase = erase(data, login)
            val replay = data.startReplay(day.source, "--day", day.date)
            try {
                Watch(data, day).use { watch ->
                    assertTrue(node.reaches("samples and the list") { watch.samples > 0 && number(data, LIST_VERSION) > 0 })
                }
                node.killGroup()
                // One of the two has services of its own from now on, the other uses them.
                data.replayed(replay.end())
                erase.end().let { assertEquals(0, it.exit, "$it") }
            } finally {
                replay.close()
                erase.close()
            }
        }

    /** Kills it when what [moment] asks has grown; then runs it again. */
    private fun eraseKilled(data: Data, login: String, moment: String) {
        erase(data, login).use { erase ->
            assertTrue(erase.reaches("ready services") { data.isReady(erase) })
            val before = number(data, moment)
            erase.reaches(moment) { number(data, moment) > before }
            erase.killGroup()
        }
        erase(data, login).use { erase -> erase.end().let { assertEquals(0, it.exit, "$it") } }
    }

    @Test
    fun `a fresh day is what was replayed last, whatever was there and whenever it was killed`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 32)
        val data = Data(folder.resolve("data"), QUICK)
        val late = day.parts(2)[1]
        val alone = folder.resolve("late.csv")
        val wanted = Program.run("restructure", late, "--day", day.date, "--out", alone, "--json").out
        val digest = Json.parseToJsonElement(wanted).jsonObject.getValue("digest").jsonPrimitive.content
        try {
            assertEquals(day.digest, data.replay(day.source, day.date).digest)
            data.startReplay(late, "--day", day.date, "--fresh").use { replay ->
                assertTrue(replay.reaches("ready services") { data.isReady(replay) })
                Watch(data, day).use { watch -> assertTrue(replay.reaches("samples") { watch.samples > day.samples / 4 }) }
                replay.killGroup()
            }
            val fresh = data.startReplay(late, "--day", day.date, "--fresh").use { data.replayed(it.end()) }
            assertEquals(digest to 2, fresh.digest to fresh.revision)
            assertEquals(alone.readLines(), exported(data, day))
            val again = data.startReplay(late, "--day", day.date, "--fresh").use { data.replayed(it.end()) }
            assertEquals(digest to 2, again.digest to again.revision)
            assertEquals(day.digest, data.replay(day.source, day.date).digest, "what comes after it is joined with it")
            data.assertHolds(day)
            assertTrue("replay --fresh" in Program.run("audit", "--data", data.path, environment = QUICK).out)
        } finally {
            data.clear()
        }
    }

    private companion object {
        const val GONE = 3
        const val LIST_VERSION = "SELECT version FROM suppression_version WHERE id = 1"

        /** The list has changed; the next seal is there. */
        val MOMENTS = listOf(
            LIST_VERSION,
            "SELECT SUM(revision) FROM partition_seals",
        )
        val QUICK = mapOf("TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "300 ms")
    }
}
