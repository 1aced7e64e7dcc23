package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

/** `import` as a script sees it: its exit code, its JSON document, its lines on stderr, and what is in MariaDB then. */
class ImportIT {
    @Test
    fun `a rejected line is named and makes the exit code 1, the others are in MariaDB, and a second time changes nothing`(
        @TempDir folder: Path,
    ) {
        val streams = folder.resolve("old_streams.csv").apply { writeBytes(STREAMS.toByteArray() + HALF_A_CHARACTER) }
        val categories = folder.resolve("old_categories.csv").apply { writeText(CATEGORIES) }
        val before = streams.readBytes()
        val data = Data(folder.resolve("data"))
        Program.start(listOf("node", "--roles", "ingest,profile", "--data", data.path)).use { node ->
            assertTrue(node.reaches("a node") { data.isReady(node) && "node pekko" in node.news }, node.news)
            val first = import(data, streams, categories, exit = 1)
            val rejected = """[
                {"line":4,"reason":"has the Channel ' + 2 ', which is no login"},
                {"line":5,"reason":"has 5 columns instead of 6"},
                {"line":6,"reason":"has the Viewers 'many', which is no whole number"},
                {"line":7,"reason":"has the Timestamp '2022-02-30 17:19:49': write it as yyyy-MM-dd HH:mm:ss"},
                {"line":8,"reason":"has the time and key of a row that is there already and says something else"},
                {"line":9,"reason":"has a Stream Title that is no UTF-8"}
            ]"""
            val ofCategories = """{"file":"$categories","kind":"categories","rows":2,"new":2,"lines_rejected":0,"rejected":[]}"""
            assertEquals(
                Json.parseToJsonElement(
                    """[{"file":"$streams","kind":"streams","rows":2,"new":3,"lines_rejected":6,"rejected":$rejected},$ofCategories]""",
                ),
                first.getValue("files"),
            )
            assertEquals(setOf("files", "seconds"), first.keys)
            val rows = rows(data)
            assertEquals(EXPECTED, rows)

            val again = import(data, streams, categories, exit = 1)
            assertEquals(listOf(0L, 0L), again.getValue("files").jsonArray.map { it.jsonObject.getValue("new").jsonPrimitive.long })
            assertEquals(rows, rows(data))

            Program.start(listOf("import", categories, "--data", data.path)).use { it.end() }.let {
                assertEquals(0, it.exit, "$it")
                assertEquals("$categories: categories, 2 rows, 0 of them new, 0 lines rejected", it.out.lines().first())
            }
            assertTrue(before.contentEquals(streams.readBytes()))
            node.signal("TERM")
            node.end()
        }
        assertEquals(emptyList<Long>(), data.servers())
    }

    private fun import(data: Data, vararg files: Path, exit: Int): JsonObject {
        val ended = Program.start(listOf("import") + files + listOf("--data", data.path, "--json")).use { it.end() }
        assertEquals(exit, ended.exit, "$ended")
        val document = Json.parseToJsonElement(ended.out).jsonObject
        val named = document.getValue("files").jsonArray.map { it.jsonObject }.flatMap { file ->
            file.getValue("rejected").jsonArray.map { it.jsonObject }.map { line ->
                "rejected ${file.text("file")} line ${line.text("line")}: the line ${line.text("reason")}"
            }
        }
        assertEquals(named, ended.err.lines().filter { it.startsWith("rejected ") })
        return document
    }

    private fun JsonObject.text(member: String) = getValue(member).jsonPrimitive.content

    private fun rows(data: Data): List<List<String>> = data.connect().use { connection ->
        connection.createStatement().use { statement ->
            listOf(
                "SELECT id, timestamp, category, viewers, tags, image_url FROM categories ORDER BY id",
                "SELECT id, timestamp, category, stream_title, channel, viewers, tags FROM streamers ORDER BY id",
            ).flatMap { sql ->
                statement.executeQuery(sql).use { row ->
                    buildList { while (row.next()) add(List(row.metaData.columnCount - 1) { row.getString(it + 2) }) }
                }
            }
        }
    }

    private companion object {
        /** The second one goes over two lines of the file, so the third begins at line 4. */
        const val STREAMS = "Timestamp,Category,Stream Title,Channel,Viewers,Tags\n" +
            "2022-02-23 17:19:49,雀魂 <b>,\"🦇, \"\"quoted\"\"\nСемейный 🙏🏻 <script>\",KaiCenat,74800,\"ADHD, English\"\n" +
            "2022-02-23 17:19:49,Chess,\"x\", + 2 ,3,\n" +
            "2022-02-23 17:19:49,Chess,x,one,3\n" +
            "2022-02-23 17:19:49,Chess,x,one,many,\n" +
            "2022-02-30 17:19:49,Chess,x,one,3,\n" +
            "2022-02-23 17:19:49,雀魂 <b>,changed,kaicenat,74800,\"ADHD, English\"\n"
        val HALF_A_CHARACTER = "2022-02-23 17:19:49,Chess,".toByteArray() + byteArrayOf(-16, -97) +
            ",one,3,\n2022-02-23 17:19:49,Chess,,なつめ (natsume_1),12.0,No Tags\n".toByteArray()

        const val CATEGORIES = "Viewers,Category,Tags,Image_URL,Timestamp,More\r\n" +
            "564000,Just Chatting,IRL,https://x/1-285x380.jpg,2022-02-23 17:00:00,a\r\n" +
            "0,\"Jeux d'échecs, \"\"rapides\"\"\",,,2022-02-23 17:00:01,b\r\n"

        val EXPECTED = listOf(
            listOf("2022-02-23 17:00:00", "Just Chatting", "564000", "IRL", "https://x/1-285x380.jpg"),
            listOf("2022-02-23 17:00:01", "Jeux d'échecs, \"rapides\"", "0", "", ""),
            listOf("2022-02-23 17:19:49", "雀魂 <b>", "🦇, \"quoted\"\nСемейный 🙏🏻 <script>", "kaicenat", "74800", "ADHD, English"),
            listOf("2022-02-23 17:19:49", "Chess", "", "natsume_1", "12", "No Tags"),
        )
    }
}
