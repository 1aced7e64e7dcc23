package twitchactors.store

import com.mongodb.reactivestreams.client.MongoCollection
import org.bson.BsonArray
import org.bson.BsonDocument
import org.bson.BsonInt32
import org.bson.BsonString
import org.bson.RawBsonDocument
import org.reactivestreams.Publisher
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.util.concurrent.CompletionStage

/**
 * The sealed viewer-days: collection `viewer_days` with `_id` (`login|yyyy-MM-dd`), `s` (streamer: runs as text), `m` (minutes)
 * and `r` (revision). Blocks nobody; safe for use by several threads.
 */
class ViewerDays internal constructor(private val collection: MongoCollection<RawBsonDocument>) {
    private val revisioned = Revisioned(collection, "r")

    /**
     * Writes [batch]. A viewer-day that is there gives way to an equal or greater revision only. To be repeated as it is after
     * a failure: what was written already is replaced by its equal.
     */
    fun write(batch: ViewerDayBatch): CompletionStage<Written> = revisioned.write(batch.documents(), batch.revision, batch::bsonId).answer()

    /** Those of [ids] that there are, in any order. */
    fun read(ids: Collection<ViewerDayId>): CompletionStage<List<ViewerDay>> = find(ids).collectList().answer()

    /**
     * The viewer-days of [day] in the order of [logins], which the caller knows from the seals; none for a login that has none.
     * Asks for [batch] at a time and holds at most two such answers, whatever the number of logins. The embedded server looks
     * through the whole question for each answer, so a large [batch] is slower there.
     */
    fun rows(day: Day, logins: Iterable<Login>, batch: Int = READ): Publisher<ViewerDay> = Flux.fromIterable(logins)
        .map { ViewerDayId(it, day) }
        .buffer(batch)
        .flatMapSequential({ ids -> find(ids).collectMap(ViewerDay::id).map { found -> ids.mapNotNull(found::get) } }, 2, 1)
        .concatMapIterable({ it }, 1)

    /** How many there are of all days, by what the server keeps of that itself: after a crash, or on shards, about as many. */
    fun count(): CompletionStage<Long> = Mono.from(collection.estimatedDocumentCount()).answer()

    /** The `_id`s greater than [after] in the order of their bytes, at most [most]: all of them, a piece at a time, whatever they are. */
    fun ids(after: String, most: Int = IDS): CompletionStage<List<String>> =
        Flux.from(collection.find(above(after)).projection(ONLY_ID).sort(IN_ORDER).limit(most).batchSize(most + 1))
            .map { it.getString("_id").value }
            .collectList()
            .answer()

    /** Removes the documents with just these [ids], which may be those of no viewer-day; returns how many there were. */
    fun deleteAny(ids: Collection<String>): CompletionStage<Long> =
        Mono.from(collection.deleteMany(BsonDocument("_id", BsonDocument("\$in", BsonArray(ids.map(::BsonString))))))
            .map { it.deletedCount }
            .answer()

    /** Removes those of [ids] that there are; returns how many. */
    fun delete(ids: Collection<ViewerDayId>): CompletionStage<Long> = Flux.fromIterable(ids)
        .buffer(BATCH)
        .concatMap { Mono.from(collection.deleteMany(anyOf(it))) }
        .reduce(0L) { sum, result -> sum + result.deletedCount }
        .answer()

    private fun find(ids: Collection<ViewerDayId>): Flux<ViewerDay> = if (ids.isEmpty()) {
        Flux.empty()
    } else {
        // In one answer: all were asked for at once.
        Flux.from(collection.find(anyOf(ids)).batchSize(ids.size + 1)).map { ViewerDay.read(it.asBsonReader()) }
    }

    private fun anyOf(ids: Collection<ViewerDayId>) =
        BsonDocument("_id", BsonDocument("\$in", BsonArray(ids.map { BsonString(it.toString()) })))

    companion object {
        /** Documents in one bulk: enough to make the way there and back unimportant, few enough that readers come in between. */
        const val BATCH = 500

        /** Documents in one question. */
        const val READ = 100

        /** `_id`s in one answer: about 40 kB. */
        const val IDS = 1000

        private val ONLY_ID = BsonDocument("_id", BsonInt32(1))
        private val IN_ORDER = BsonDocument("_id", BsonInt32(1))

        private fun above(id: String) = BsonDocument("_id", BsonDocument("\$gt", BsonString(id)))
    }
}
