package twitchactors.store

import com.mongodb.reactivestreams.client.MongoCollection
import org.bson.BsonArray
import org.bson.BsonBoolean
import org.bson.BsonDocument
import org.bson.BsonInt32
import org.bson.BsonInt64
import org.bson.BsonNull
import org.bson.BsonString
import org.bson.RawBsonDocument
import org.bson.codecs.BsonDocumentCodec
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import twitchactors.domain.Day
import java.util.concurrent.CompletionStage

/** The status of each day: collection `status`, `_id` = day. Whole documents are replaced, never parts of them. */
class DayStatuses internal constructor(private val collection: MongoCollection<RawBsonDocument>) {
    private val revisioned = Revisioned(collection, "revision")

    /** Writes [status]; false when a greater revision of that day is there, which stays. */
    fun write(status: DayStatus): CompletionStage<Boolean> {
        val document = RawBsonDocument(document(status), BsonDocumentCodec())
        return revisioned.write(listOf(document), status.revision) { id(status.day) }.map { it.stale == 0 }.answer()
    }

    /** The status of [day]; null when there is none. */
    fun of(day: Day): CompletionStage<DayStatus?> =
        Mono.from(collection.find(BsonDocument("_id", id(day))).first()).map(::status).toFuture()

    /** Those of [days] that have a status, in any order. */
    fun of(days: Collection<Day>): CompletionStage<List<DayStatus>> = Flux.from(
        collection.find(BsonDocument("_id", BsonDocument("\$in", BsonArray(days.map(::id))))),
    ).map(::status).collectList().answer()

    /** All days that have a status, ascending. */
    fun all(): CompletionStage<List<DayStatus>> =
        Flux.from(collection.find()).map(::status).collectList().map { all -> all.sortedBy(DayStatus::day) }.answer()

    /** Removes the status of [day]; false when there is none. */
    fun delete(day: Day): CompletionStage<Boolean> =
        Mono.from(collection.deleteOne(BsonDocument("_id", id(day)))).map { it.deletedCount == 1L }.answer()

    private companion object {
        fun id(day: Day) = BsonString(day.toString())

        fun document(status: DayStatus): BsonDocument = BsonDocument("_id", id(status.day))
            .append("revision", BsonInt32(status.revision))
            .append("seals", BsonInt32(status.seals))
            .append("sealed", BsonBoolean(status.sealed))
            .append("viewers", BsonInt64(status.viewers))
            .append("pairs", BsonInt64(status.pairs))
            .append("sightings", BsonInt64(status.sightings))
            .append("digest", status.digest?.let(::BsonString) ?: BsonNull.VALUE)
            .append("audience", status.audience?.let(::BsonString) ?: BsonNull.VALUE)
            .append("verified", status.verified?.let(::BsonBoolean) ?: BsonNull.VALUE)
            .append("coverage", status.coverage?.let(::document) ?: BsonNull.VALUE)

        fun document(coverage: DayStatus.Coverage): BsonDocument = BsonDocument("slots_seen", BsonInt32(coverage.slotsSeen))
            .append("slots_expected", BsonInt32(coverage.slotsExpected))
            .append("samples_seen", BsonInt64(coverage.samplesSeen))
            .append("samples_expected", BsonInt64(coverage.samplesExpected))
            .append("gaps", BsonInt64(coverage.gaps))

        fun status(document: BsonDocument) = DayStatus(
            day = checkNotNull(Day.parse(document.getString("_id").value)) { "a status of no day" },
            revision = document.getNumber("revision").intValue(),
            seals = document.getNumber("seals").intValue(),
            sealed = document.getBoolean("sealed").value,
            viewers = document.getNumber("viewers").longValue(),
            pairs = document.getNumber("pairs").longValue(),
            sightings = document.getNumber("sightings").longValue(),
            digest = document["digest"].takeUnless { it is BsonNull }?.asString()?.value,
            coverage = document["coverage"].takeUnless { it is BsonNull }?.asDocument()?.let(::coverage),
            // Absent in a status of a program that knew of no audiences.
            audience = document["audience"]?.takeUnless { it is BsonNull }?.asString()?.value,
            verified = document["verified"].takeUnless { it is BsonNull }?.asBoolean()?.value,
        )

        fun coverage(document: BsonDocument) = DayStatus.Coverage(
            slotsSeen = document.getNumber("slots_seen").intValue(),
            slotsExpected = document.getNumber("slots_expected").intValue(),
            samplesSeen = document.getNumber("samples_seen").longValue(),
            samplesExpected = document.getNumber("samples_expected").longValue(),
            gaps = document.getNumber("gaps").longValue(),
        )
    }
}
