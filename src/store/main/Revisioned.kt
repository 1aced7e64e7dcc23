package twitchactors.store

import com.mongodb.ErrorCategory
import com.mongodb.MongoBulkWriteException
import com.mongodb.client.model.BulkWriteOptions
import com.mongodb.client.model.InsertManyOptions
import com.mongodb.client.model.ReplaceOneModel
import com.mongodb.client.model.ReplaceOptions
import com.mongodb.reactivestreams.client.MongoCollection
import org.bson.BsonDocument
import org.bson.BsonInt32
import org.bson.BsonValue
import org.bson.RawBsonDocument
import reactor.core.publisher.Mono

/**
 * Documents that carry a revision in [field]: one that is there gives way to an equal or greater revision only, whoever
 * writes it and whenever that arrives.
 */
internal class Revisioned(private val collection: MongoCollection<RawBsonDocument>, private val field: String) {
    /**
     * Writes [documents], which all have [revision]. First as if none were there, which is the usual case and the cheapest.
     *
     * @param id the `_id` of the document at an index
     */
    fun write(documents: List<RawBsonDocument>, revision: Int, id: (Int) -> BsonValue): Mono<Written> {
        if (documents.isEmpty()) return Mono.just(Written(0, 0, emptyList()))
        return Mono.from(collection.insertMany(documents, InsertManyOptions().ordered(false)))
            .map { Written(documents.size, 0, emptyList()) }
            .onErrorResume(MongoBulkWriteException::class.java) { failure ->
                replace(documents, revision, id, failure.duplicates())
            }
    }

    /**
     * Replaces those [documents] whose indexes are [there]. The upsert is what gives an answer for each: where the filter does
     * not match because the stored revision is greater, the server tries to insert, and says that the key is a duplicate.
     */
    private fun replace(documents: List<RawBsonDocument>, revision: Int, id: (Int) -> BsonValue, there: List<Int>): Mono<Written> {
        val atMost = BsonDocument("\$lte", BsonInt32(revision))
        val replacements = there.map { index ->
            ReplaceOneModel(BsonDocument("_id", id(index)).append(field, atMost), documents[index], UPSERT)
        }
        val inserted = documents.size - there.size
        return Mono.from(collection.bulkWrite(replacements, BulkWriteOptions().ordered(false)))
            // One that was deleted meanwhile counts as inserted.
            .map { Written(inserted + it.upserts.size, there.size - it.upserts.size, emptyList()) }
            .onErrorResume(MongoBulkWriteException::class.java) { failure ->
                val stale = failure.duplicates()
                val upserts = failure.writeResult.upserts.size
                Mono.just(Written(inserted + upserts, there.size - upserts - stale.size, stale.map(there::get)))
            }
    }

    private companion object {
        val UPSERT: ReplaceOptions = ReplaceOptions().upsert(true)

        /** The indexes of what was there already, ascending; any other failure is thrown. */
        fun MongoBulkWriteException.duplicates(): List<Int> {
            if (writeConcernError != null || writeErrors.any { it.category != ErrorCategory.DUPLICATE_KEY }) throw this
            return writeErrors.map { it.index }.sorted()
        }
    }
}
