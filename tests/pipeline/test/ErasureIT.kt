package twitchactors.pipeline

import com.mongodb.client.MongoClients
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.bson.Document
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readLines
import kotlin.io.path.writeText

/** After `erase --now` nothing but Kafka holds the viewer, and nothing brings them back; a search of its own looks. */
class ErasureIT {
    @Test
    fun `an erased viewer is in no table, document, archive, file or log, and does not come back`(@TempDir folder: Path) {
        val days = listOf("2022-08-01", "2022-08-02", "2022-08-03").map { RecordedDay(folder, it, seed = 41, viewers = 600, streamers = 6) }
        val login = viewerOf(days)
        val data = Data(folder.resolve("data"), SETTINGS)
        val hunt = LoginHunt(data, login)
        try {
            Program.start(listOf("node", "--data", data.path, "--roles", "profile,archive"), SETTINGS).use { node ->
                assertTrue(node.reaches("the services") { data.isReady(node) }, node.news)
                days.take(2).forEach { data.replay(it.source, it.date) }
                // The first day is an archive, the second still sample files.
                run(data, "archive", days[0].date)
                assertTrue(
                    node.reaches("sample files") {
                        data.path.resolve("samples/${days[1].date}").let {
                            it.isDirectory() &&
                                it.listDirectoryEntries("*.json").isNotEmpty()
                        }
                    },
                )
                assertTrue(node.reaches("what is known over all days") { isKnown(data, login) }, node.news)
                plant(data, login)
                assertFound(hunt.places())
                assertEquals(1, prove(data, login))
                val receipt = run(data, "erase", login, "--now")
                assertTrue(Regex("samples: gone by 20\\d\\d-").containsMatchIn(receipt), receipt)
                assertTrue("archived again without the viewer: ${days[0].date}" in receipt, receipt)
                assertTrue("its tokens are removed" in receipt, receipt)
                assertEquals(emptyList<String>(), hunt.places())
                assertEquals(0, prove(data, login))
                // What they were in is fed again, restored, and new days have them.
                data.replay(days[0].source, days[0].date)
                run(data, "restore", days[0].date)
                data.replay(days[2].source, days[2].date)
                days.forEach { assertExported(data, it, login, folder) }
                assertTrue(node.reaches("sample files") { data.path.resolve("samples/${days[2].date}").isDirectory() })
                assertAudited(run(data, "audit", "--json"), login)
                node.signal("TERM")
                assertFalse(hunt.isIn(node.end().let { it.out + it.err }), "the node's log names the viewer")
            }
            // Another process has the services now: what the first one wrote at its end is looked at, too.
            Program.start(listOf("node", "--data", data.path, "--roles", "profile"), SETTINGS).use { node ->
                assertTrue(node.reaches("the services") { data.isReady(node) }, node.news)
                assertEquals(emptyList<String>(), hunt.places())
                node.signal("TERM")
                node.end()
            }
        } finally {
            data.clear()
        }
    }

    /** Somebody of all days with a long name that is in no other name. */
    private fun viewerOf(days: List<RecordedDay>): String {
        val viewers = days.map { day -> day.source.resolve("answer.csv").readLines().drop(1).map { it.substringBefore(',') }.toSet() }
        val all = viewers.flatten().distinct()
        return viewers.reduce { a, b -> a intersect b }.first { name -> name.length >= 12 && all.count { name in it } == 1 }
    }

    /** What is known over all days follows some time after the seals. */
    private fun isKnown(data: Data, login: String): Boolean = MongoClients.create("mongodb://${data.address("mongo")}").use { client ->
        client.getDatabase("twitchactors").getCollection("viewers").find(Document("_id", login)).first() != null
    }

    /** What no recorded day brings: a damaged sample file that was put aside, and that the viewer has authorized us. */
    private fun plant(data: Data, login: String) {
        data.path.resolve(
            "samples/2022-08-02",
        ).createDirectories().resolve("1659398400.json.damaged-1").writeText("{\"x\":{\"chatters\":[\"$login\"")
        data.connect().use { connection ->
            val columns = "user_id, login, scopes, secret, expires_at_ms, version, withdrawn"
            connection.prepareStatement("INSERT INTO user_tokens ($columns) VALUES ('7', ?, '', 'x', 0, 1, TRUE)").use {
                it.setString(1, login)
                it.executeUpdate()
            }
        }
    }

    /** Whatever was done stands in the audit trail, and the viewer does not. */
    private fun assertAudited(printed: String, login: String) {
        assertFalse(login in printed, "the audit trail names the viewer")
        val actions = Json.parseToJsonElement(printed).jsonObject.getValue("entries").jsonArray
            .map { it.jsonObject.getValue("action").jsonPrimitive.content }
        assertEquals(listOf("archive", "erase", "restore", "export", "export", "export"), actions.reversed())
    }

    /** The look finds the viewer wherever they are known to be: else it would prove nothing. */
    private fun assertFound(places: List<String>) {
        val wanted = listOf(
            "of partition_seals", "of partition_checkpoints", "of user_tokens", "of viewer_days", "of viewers", "mongo/store.mv",
            "archive/2022-08-01.7z", "archive/2022-08-01.parquet", "samples/2022-08-02/", "json.damaged-1",
        )
        for (place in wanted) assertTrue(places.any { place in it }, "nothing found in $place: $places")
    }

    private fun run(data: Data, vararg arguments: Any): String =
        Program.run(*arguments, "--data", data.path, environment = SETTINGS).also { assertTrue(it.exit in 0..1, "$it") }.out

    private fun prove(data: Data, login: String): Int =
        Program.start(listOf("erase", "--prove", login, "--data", data.path), SETTINGS).use { it.end().exit }

    private fun assertExported(data: Data, day: RecordedDay, login: String, folder: Path) {
        val file = folder.resolve("exported-${day.date}.csv")
        run(data, "export", day.date, "--out", file)
        val wanted = day.source.resolve("answer.csv").readLines().filter { it.substringBefore(',') != login }
        assertEquals(wanted.sorted(), file.readLines().sorted())
    }

    private companion object {
        val SETTINGS = mapOf(
            "TWITCHACTORS_ARCHIVER_NIGHTLY" to "false",
            "TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "300 ms",
            "TWITCHACTORS_RECORDING_QUIET" to "1 s",
        )
    }
}
