package twitchactors.store

import com.mongodb.reactivestreams.client.MongoCollection
import org.bson.BsonArray
import org.bson.BsonDocument
import org.bson.BsonInt32
import org.bson.BsonString
import org.bson.RawBsonDocument
import org.bson.codecs.BsonDocumentCodec
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import java.util.concurrent.CompletionStage
import java.util.random.RandomGenerator

/**
 * Lists out of which a page takes a random viewer, written at the seal: collection `random_viewers`, `_id` =
 * `yyyy-MM-dd|partition`, `l` = logins, `r` = revision.
 */
class RandomViewers internal constructor(private val collection: MongoCollection<RawBsonDocument>) {
    private val revisioned = Revisioned(collection, "r")

    /** Writes the list of [partition], as [ViewerSample] picks it; false when a greater revision is there, which stays. */
    fun write(day: Day, partition: Int, revision: Int, logins: List<Login>): CompletionStage<Boolean> {
        val id = id(day, partition)
        val document = BsonDocument("_id", id)
            .append("l", BsonArray(logins.map { BsonString(it.name) }))
            .append("r", BsonInt32(revision))
        return revisioned.write(listOf(RawBsonDocument(document, BsonDocumentCodec())), revision) { id }.map { it.stale == 0 }.answer()
    }

    /** The list of [partition]; empty when there is none. */
    fun of(day: Day, partition: Int): CompletionStage<List<Login>> = logins(day, partition).answer()

    /** All that are in the lists of [days], each once. */
    fun all(days: Collection<Day>, partitions: Partitions): CompletionStage<Set<Login>> = Flux.fromIterable(days)
        .map { day -> BsonArray((0 until partitions.count).map { id(day, it) }) }
        .concatMap({ ids -> collection.find(BsonDocument("_id", BsonDocument("\$in", ids))) }, 1)
        .flatMapIterable { document -> document.getArray("l").map { Login.require(it.asString().value) } }
        .collect({ LinkedHashSet<Login>() }, { all, login -> all += login })
        .map<Set<Login>> { it }
        .answer()

    /** A viewer of [day], each with about the same chance as partitions are about equal; null when there is none. */
    fun choose(day: Day, partitions: Partitions, random: RandomGenerator): CompletionStage<Login?> {
        val first = random.nextInt(partitions.count)
        val pick = random.nextDouble()
        // A small day leaves some partitions empty: then the next one that is not.
        return Flux.range(first, partitions.count).concatMap({ logins(day, it % partitions.count) }, 1)
            .filter { it.isNotEmpty() }
            .next()
            .map { it[(pick * it.size).toInt()] }
            .toFuture()
    }

    /** Takes [login] out of the list that it could be in. */
    fun remove(day: Day, login: Login, partitions: Partitions): CompletionStage<Boolean> {
        val pull = BsonDocument("\$pull", BsonDocument("l", BsonString(login.name)))
        return Mono.from(collection.updateOne(BsonDocument("_id", id(day, partitions.of(login))), pull))
            .map { it.modifiedCount == 1L }
            .answer()
    }

    /** Removes the lists of [day]. */
    fun delete(day: Day, partitions: Partitions): CompletionStage<Long> {
        val ids = BsonArray((0 until partitions.count).map { id(day, it) })
        return Mono.from(collection.deleteMany(BsonDocument("_id", BsonDocument("\$in", ids)))).map { it.deletedCount }.answer()
    }

    private fun logins(day: Day, partition: Int): Mono<List<Login>> =
        Mono.from(collection.find(BsonDocument("_id", id(day, partition))).first())
            .map { document -> document.getArray("l").map { Login.require(it.asString().value) } }
            .defaultIfEmpty(emptyList())

    private companion object {
        fun id(day: Day, partition: Int) = BsonString("$day|$partition")
    }
}
