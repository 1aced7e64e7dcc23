package twitchactors.browser

import com.mongodb.client.MongoClient
import com.mongodb.client.MongoClients
import com.mongodb.client.model.Filters
import org.bson.Document
import twitchactors.pipeline.Data
import java.sql.Connection
import java.time.LocalDateTime
import java.time.ZoneOffset

/** What is stored, read by plain SQL and the MongoDB driver: nothing of the program's own stands between. */
internal class Models(private val data: Data) : AutoCloseable {
    private val mongo: MongoClient = MongoClients.create("mongodb://${data.address("mongo")}")
    private val database = mongo.getDatabase("twitchactors")

    /** The rows of [query], each as its columns. */
    fun sql(query: String, vararg values: Any): List<List<Any?>> = data.connect().use { rows(it, query, values) }

    private fun rows(connection: Connection, query: String, values: Array<out Any>): List<List<Any?>> =
        connection.prepareStatement(query).use { statement ->
            values.forEachIndexed { i, value -> statement.setObject(i + 1, value) }
            statement.executeQuery().use { rows ->
                buildList { while (rows.next()) add(List(rows.metaData.columnCount) { rows.getObject(it + 1) }) }
            }
        }

    /** Every row of a sweep of streams that is kept, of all time. */
    fun streams(): List<SweptStream> = sql("SELECT timestamp, category, channel, viewers, tags FROM streamers").map { row ->
        val at = (row[0] as java.sql.Timestamp).toLocalDateTime().toInstant(ZoneOffset.UTC)
        SweptStream(at, row[1] as String, row[2] as String, (row[3] as Int).toLong(), row[4] as String)
    }

    fun number(query: String, vararg values: Any): Long = (sql(query, *values).single().single() as Number).toLong()

    fun time(query: String): LocalDateTime? = (sql(query).single().single() as java.sql.Timestamp?)?.toLocalDateTime()

    fun all(collection: String): List<Document> = database.getCollection(collection).find().toList()

    /** The document with just this `_id`; null when there is none. */
    fun document(collection: String, id: String): Document? = database.getCollection(collection).find(Filters.eq("_id", id)).first()

    fun ids(collection: String): List<String> = all(collection).map { it.getString("_id") }

    override fun close() = mongo.close()
}
