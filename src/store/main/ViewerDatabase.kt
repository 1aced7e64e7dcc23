package twitchactors.store

import com.mongodb.ConnectionString
import com.mongodb.MongoClientSettings
import com.mongodb.reactivestreams.client.MongoClient
import com.mongodb.reactivestreams.client.MongoClients
import org.bson.RawBsonDocument

/**
 * The viewer database in MongoDB, with one client for all that is stored there. Everything in it follows from the seals and
 * can be written again. Its write concern is the server's own, so on a replica set an answered write is on the majority's disks.
 *
 * Only what the embedded server does as well, and quickly: reads and deletes by exact `_id` or `_id $in`, writes by `_id`.
 */
class ViewerDatabase private constructor(private val client: MongoClient, name: String) : AutoCloseable {
    private val database = client.getDatabase(name)

    val viewerDays = ViewerDays(database.getCollection("viewer_days", RawBsonDocument::class.java))
    val viewers = Viewers(database.getCollection("viewers", RawBsonDocument::class.java))
    val dayStatuses = DayStatuses(database.getCollection("status", RawBsonDocument::class.java))
    val dayLooks = DayLooks(database.getCollection("day_looks", RawBsonDocument::class.java))
    val audiences = Audiences(
        database.getCollection("streamer_days", RawBsonDocument::class.java),
        database.getCollection("overlaps", RawBsonDocument::class.java),
        database.getCollection("flows", RawBsonDocument::class.java),
    )
    val windowAudiences = WindowAudiences(
        database.getCollection("windows", RawBsonDocument::class.java),
        database.getCollection("streamer_windows", RawBsonDocument::class.java),
        database.getCollection("overlaps", RawBsonDocument::class.java),
        database.getCollection("communities", RawBsonDocument::class.java),
    )
    val randomViewers = RandomViewers(database.getCollection("random_viewers", RawBsonDocument::class.java))

    /** What is kept of each viewer under the login, all days together. */
    val viewerDocuments = LoginDocuments(database.getCollection("viewers", RawBsonDocument::class.java))

    override fun close() = client.close()

    companion object {
        /** Connects to the server at [uri] (`mongodb://..`) in the background; the first read or write waits for it. */
        fun connect(uri: String, name: String): ViewerDatabase {
            val settings = MongoClientSettings.builder().applicationName("twitchactors").applyConnectionString(ConnectionString(uri))
            return ViewerDatabase(MongoClients.create(settings.build()), name)
        }
    }
}
