package twitchactors.store

import com.mongodb.ErrorCategory
import com.mongodb.MongoBulkWriteException
import com.mongodb.client.model.BulkWriteOptions
import com.mongodb.client.model.DeleteOneModel
import com.mongodb.client.model.InsertOneModel
import com.mongodb.client.model.ReplaceOneModel
import com.mongodb.client.model.WriteModel
import com.mongodb.reactivestreams.client.MongoCollection
import org.bson.BsonArray
import org.bson.BsonBinary
import org.bson.BsonDocument
import org.bson.BsonInt32
import org.bson.BsonString
import org.bson.RawBsonDocument
import org.bson.codecs.BsonDocumentCodec
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import twitchactors.analyser.SeenDay
import twitchactors.analyser.ViewerHistory
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.util.concurrent.CompletionStage

/**
 * What each day has added to viewers: collection `viewers`, `_id` = login; docs/contract.md says what is in a document. One is replaced
 * only where it still is what was read (`v`), so two writers at a time lose nothing of each other's. Blocks nobody; safe for use by
 * several threads.
 */
class Viewers internal constructor(private val collection: MongoCollection<RawBsonDocument>) {
    /** The history of [login]; null when there is none. */
    fun of(login: Login): CompletionStage<ViewerHistory?> = read(listOf(login)).next().map { it.history }.toFuture()

    /** Those of [logins] of whom there is one. */
    fun of(logins: Collection<Login>): CompletionStage<Map<Login, ViewerHistory>> =
        Flux.fromIterable(logins).buffer(READ).concatMap({ read(it) }, 1).collectMap({ it.login }, { it.history }).answer()

    /** How many there are, about: by the collection's own count, which costs the same for a million. */
    fun count(): CompletionStage<Long> = Mono.from(collection.estimatedDocumentCount()).answer()

    /**
     * Puts what [day] adds in place of what there is of it: null takes it out. Who is left without a day has no document. Returns how many
     * documents changed; to be repeated as it is after a failure.
     */
    fun apply(day: Day, changes: Map<Login, SeenDay?>): CompletionStage<Int> = Flux.fromIterable(changes.entries).buffer(READ)
        .concatMap({ some -> round(day, some.associate { it.key to it.value }, ROUNDS) }, 1)
        .reduce(0, Int::plus)
        .answer()

    /**
     * Who has a document and comes after [after] in the order of logins, at most [most], with the first day that is in it: all of them, a
     * piece at a time.
     */
    fun firstDays(after: Login?, most: Int = LISTED): CompletionStage<List<Pair<Login, Day>>> {
        val later = BsonDocument("_id", BsonDocument("\$gt", BsonString(after?.name.orEmpty())))
        return Flux.from(collection.find(later).projection(ID_AND_FIRST).sort(IN_ORDER).limit(most).batchSize(most + 1))
            .map { Login.require(it.getString("_id").value) to Day(it.getInt32("f").value) }
            .collectList()
            .answer()
    }

    private class Found(val login: Login, val version: Int, val history: ViewerHistory)

    /** Once more when somebody else has written one of them meanwhile. */
    private fun round(day: Day, changes: Map<Login, SeenDay?>, rounds: Int): Mono<Int> =
        read(changes.keys.toList()).collectMap { it.login }.flatMap { found ->
            val writes = changes.mapNotNull { (login, seen) -> write(login, found[login], day, seen) }
            if (writes.isEmpty()) return@flatMap Mono.just(0)
            Mono.from(collection.bulkWrite(writes, BulkWriteOptions().ordered(false)))
                .map { it.insertedCount + it.matchedCount + it.deletedCount == writes.size }
                .onErrorResume(MongoBulkWriteException::class.java) { failure ->
                    val isMet = failure.writeErrors.all { it.category == ErrorCategory.DUPLICATE_KEY }
                    if (isMet) Mono.just(false) else Mono.error(failure)
                }
                .flatMap { isWhole ->
                    when {
                        isWhole -> Mono.just(writes.size)
                        rounds > 1 -> round(day, changes, rounds - 1)
                        else -> Mono.error(IllegalStateException("viewers are written by somebody else again and again"))
                    }
                }
        }

    private fun write(login: Login, found: Found?, day: Day, seen: SeenDay?): WriteModel<RawBsonDocument>? {
        if (found?.history?.of(day) == seen) return null
        val before = found?.history ?: ViewerHistory.NONE
        val now = if (seen == null) before.without(day) else before.with(seen)
        if (found == null) return InsertOneModel(document(login, now, 1))
        val same = BsonDocument("_id", BsonString(login.name)).append("v", BsonInt32(found.version))
        return if (now.days.isEmpty()) DeleteOneModel(same) else ReplaceOneModel(same, document(login, now, found.version + 1))
    }

    private fun read(logins: List<Login>): Flux<Found> {
        val any = BsonDocument("_id", BsonDocument("\$in", BsonArray(logins.map { BsonString(it.name) })))
        return Flux.from(collection.find(any).batchSize(logins.size + 1)).map(::found)
    }

    private fun found(document: RawBsonDocument) = Found(
        Login.require(document.getString("_id").value),
        document.getInt32("v").value,
        ViewerHistory.of(ViewerHistory.Form(texts(document, "s"), texts(document, "g"), document.getBinary("h").data)),
    )

    private companion object {
        /** Documents in one question and one bulk: the embedded server looks through the whole question for each answer. */
        const val READ = 100
        const val ROUNDS = 10

        /** Logins in one answer: about 40 kB. */
        const val LISTED = 1000
        val ID_AND_FIRST = BsonDocument("_id", BsonInt32(1)).append("f", BsonInt32(1))
        val IN_ORDER = BsonDocument("_id", BsonInt32(1))

        fun texts(document: RawBsonDocument, key: String) = document.getArray(key).map { it.asString().value }

        fun document(login: Login, history: ViewerHistory, version: Int): RawBsonDocument {
            val form = history.form()
            val document = BsonDocument("_id", BsonString(login.name))
                .append("v", BsonInt32(version))
                .append("n", BsonInt32(history.days.size))
                .append("f", BsonInt32(history.days.first().day.epochDay))
                .append("l", BsonInt32(history.days.last().day.epochDay))
                .append("m", BsonInt32(history.minutes))
                .append("s", BsonArray(form.streamers.map(::BsonString)))
                .append("g", BsonArray(form.games.map(::BsonString)))
                .append("h", BsonBinary(form.days))
            return RawBsonDocument(document, BsonDocumentCodec())
        }
    }
}
