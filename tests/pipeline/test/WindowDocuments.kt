package twitchactors.pipeline

import com.mongodb.client.MongoClients
import com.mongodb.client.MongoDatabase
import com.mongodb.client.model.Projections.include
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.bson.Document
import org.junit.jupiter.api.Assertions.assertTrue
import java.nio.file.Path
import java.time.LocalDate
import kotlin.io.path.bufferedWriter

/** What is published of several days together, and of where viewers go, as the documents of the viewer database that [data] has. */
class WindowDocuments(private val data: Data) {
    /** Waits until all windows follow from what is sealed now, while [node] lives; returns the revisions by window. */
    fun counted(node: Program, seconds: Long): Map<String, Int> = data.connect().use { connection ->
        MongoClients.create("mongodb://${data.address("mongo")}").use { client ->
            val database = client.getDatabase("twitchactors")
            var wanted = emptyMap<String, Int>()
            val isThere = node.reaches("the windows", seconds) {
                wanted = connection.createStatement().use { statement ->
                    statement.executeQuery("SELECT day, SUM(revision) FROM partition_seals GROUP BY day").use { rows ->
                        revisions(buildMap { while (rows.next()) put(LocalDate.parse(rows.getString(1)), rows.getInt(2)) })
                    }
                }
                // Not as often as could be: the node is at work.
                wanted == found(database) || node.endsWithin(LOOK_EVERY_MS)
            }
            assertTrue(isThere, node.news.takeLast(3000))
            wanted
        }
    }

    /** By window, that of a day alone too, the sum of the revisions of its sealed days. */
    private fun revisions(sealed: Map<LocalDate, Int>): Map<String, Int> = buildMap {
        for (last in sealed.keys) {
            for ((length, name) in listOf(1L to "$last", 7L to "$last|7", 30L to "$last|30")) {
                put(name, sealed.filterKeys { it in last.minusDays(length - 1)..last }.values.sum())
            }
        }
    }

    private fun found(database: MongoDatabase): Map<String, Int> {
        fun of(collection: String) = database.getCollection(collection).find().projection(include("r"))
            .associate { it.getString("_id") to it.getInteger("r") }
        val windows = of("windows")
        // A day alone is no window; its communities are there.
        return of("communities").filter { (id, revision) -> '|' !in id || windows[id] == revision }
    }

    /** Writes all of them to [file], a line each. */
    fun write(file: Path) = MongoClients.create("mongodb://${data.address("mongo")}").use { client ->
        file.bufferedWriter().use { out ->
            for (collection in listOf("windows", "streamer_windows", "overlaps", "flows", "communities")) {
                for (document in client.getDatabase("twitchactors").getCollection(collection).find()) {
                    out.write("${line(collection, document)}\n")
                }
            }
        }
    }

    private fun line(collection: String, document: Document) = buildJsonObject {
        put("collection", collection)
        put("document", Json.parseToJsonElement(document.toJson()))
    }

    private companion object {
        const val LOOK_EVERY_MS = 300L
    }
}
