package twitchactors.services

import com.mongodb.MongoWriteException
import com.mongodb.client.MongoClients
import com.mongodb.client.MongoCollection
import com.mongodb.client.model.Filters.and
import com.mongodb.client.model.Filters.eq
import com.mongodb.client.model.Filters.gt
import com.mongodb.client.model.Filters.`in`
import com.mongodb.client.model.Filters.lte
import com.mongodb.client.model.Filters.regex
import com.mongodb.client.model.ReplaceOptions
import com.mongodb.client.model.Updates.set
import org.bson.Document
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.util.Date

class DocumentsTest {
    @TempDir
    lateinit var folder: Path

    private fun <T> collection(use: (MongoCollection<Document>) -> T): T =
        EmbeddedMongo.start(folder.resolve("mongo"), Ports(folder.resolve("ports.properties")), 8L shl 20).use { server ->
            MongoClients.create(server.endpoint("test").uri).use { use(it.getDatabase("test").getCollection("things")) }
        }

    private val rich = Document("_id", "rich").append("text", "héllo 🎮").append("int", 1).append("long", 1L shl 40).append("double", 0.5)
        .append("list", listOf("a", Document("b", 2))).append("inner", Document("c", true)).append("none", null).append("date", Date(7))

    @Test
    fun `documents of all kinds are the same after a restart, whatever their id`() {
        val ids = listOf("text", 7, 7_000_000_000L, Document("a", 1).append("b", "c"), org.bson.types.ObjectId(), Date(9))
        collection { things ->
            things.insertOne(rich)
            ids.forEach { things.insertOne(Document("_id", it).append("n", 1)) }
        }
        collection { things ->
            assertEquals(rich, things.find(eq("rich")).first())
            for (id in ids) {
                assertEquals(1, things.find(eq(id)).toList().size, "$id")
                assertThrows(MongoWriteException::class.java) { things.insertOne(Document("_id", id)) }
                things.updateOne(eq(id), set("n", 2))
                assertEquals(2, things.find(eq(id)).first()!!["n"])
                assertEquals(1, things.deleteOne(eq(id)).deletedCount)
                assertNull(things.find(eq(id)).first())
                things.insertOne(Document("_id", id))
            }
            assertEquals(ids.size + 1L, things.countDocuments())
        }
    }

    @Test
    fun `all ids in order, a piece at a time`() = collection { things ->
        val ids = listOf("b|1", "a|2", "ab|1", "a", "z", "a|1")
        things.insertMany(ids.shuffled().map { Document("_id", it) } + Document("_id", 7) + Document("_id", org.bson.types.ObjectId()))
        val found = ArrayList<String>()
        while (true) {
            val piece = things.find(gt("_id", found.lastOrNull().orEmpty())).sort(Document("_id", 1)).limit(4).map { it.getString("_id") }
            if (!found.addAll(piece)) break
        }
        assertEquals(ids.sorted(), found)
        assertEquals(
            listOf("z", "b|1", "a|2", "a|1"),
            things.find(gt("_id", "ab|1")).sort(Document("_id", -1)).map {
                it.getString("_id")
            }.toList(),
        )
    }

    @Test
    fun `an id and more in one question`() = collection { things ->
        things.insertMany(List(10) { Document("_id", "id$it").append("r", it) })
        fun ids(filter: org.bson.conversions.Bson) = things.find(filter).map { it.getString("_id") }.toList()
        assertEquals(listOf("id3"), ids(and(eq("id3"), lte("r", 3))))
        assertEquals(emptyList<String>(), ids(and(eq("id3"), gt("r", 3))))
        assertEquals(listOf("id5", "id6"), ids(and(`in`("_id", "id2", "id5", "id6", "none"), gt("r", 4))).sorted())
        assertEquals(listOf("id9"), ids(gt("_id", "id8")))
        assertEquals(listOf("id4"), ids(regex("_id", "^id4$")))
        assertEquals(10, things.find().toList().size)
    }

    @Test
    fun `a conditional upsert replaces, inserts, or says that the key is there`() = collection { things ->
        fun put(r: Int) = things.replaceOne(and(eq("a"), lte("r", r)), Document("r", r), ReplaceOptions().upsert(true))
        assertEquals("a", put(2).upsertedId!!.asString().value)
        assertEquals(1, put(3).matchedCount)
        assertThrows(MongoWriteException::class.java) { put(1) }
        assertEquals(3, things.find(eq("a")).first()!!["r"])
    }

    @Test
    fun `a document takes little more than its bytes`() {
        collection { things ->
            repeat(20) { bulk -> things.insertMany(List(500) { Document("_id", "viewer-$bulk-$it").append("s", "12-40,55") }) }
        }
        val bytes = Files.walk(folder.resolve("mongo")).use { files -> files.filter(Files::isRegularFile).mapToLong(Files::size).sum() }
        assertTrue(bytes < 10_000 * 300, "$bytes bytes for 10,000 documents")
    }
}
