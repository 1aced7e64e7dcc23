package twitchactors.store

import com.mongodb.client.model.ReplaceOptions
import com.mongodb.reactivestreams.client.MongoCollection
import org.bson.BsonArray
import org.bson.BsonDateTime
import org.bson.BsonDocument
import org.bson.BsonInt32
import org.bson.BsonInt64
import org.bson.BsonNull
import org.bson.BsonString
import org.bson.BsonValue
import org.bson.RawBsonDocument
import org.bson.codecs.BsonDocumentCodec
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import twitchactors.domain.Day
import twitchactors.store.AudienceFields.int
import twitchactors.store.AudienceFields.longs
import twitchactors.store.AudienceFields.text
import java.time.Instant
import java.util.concurrent.CompletionStage

/** What the last look at each day has found: collection `day_looks`, `_id` = day. A later look takes the place of the one before. */
class DayLooks internal constructor(private val collection: MongoCollection<RawBsonDocument>) {
    fun write(look: DayLook): CompletionStage<Boolean> {
        val id = BsonDocument("_id", BsonString("${look.day}"))
        val document = RawBsonDocument(document(look), BsonDocumentCodec())
        return Mono.from(collection.replaceOne(id, document, ReplaceOptions().upsert(true))).map { it.wasAcknowledged() }.answer()
    }

    /** Those of [days] that were looked at, in any order. */
    fun of(days: Collection<Day>): CompletionStage<List<DayLook>> {
        val any = BsonDocument("_id", BsonDocument("\$in", BsonArray(days.map { BsonString("$it") })))
        return Flux.from(collection.find(any)).map(::look).collectList().answer()
    }

    private companion object {
        /** Reasons stand once, in `reasons`; each gap names its slot, the reason's place and how many, as three numbers in a row. */
        fun document(look: DayLook): BsonDocument {
            val reasons = look.gaps.keys.toList()
            val gaps = look.slots.flatMapIndexed { slot, of ->
                of.gaps.flatMap { (reason, count) -> listOf(slot, reasons.indexOf(reason), count) }
            }
            return BsonDocument("_id", BsonString("${look.day}"))
                .append("at", BsonDateTime(look.at.toEpochMilli()))
                .append("revision", BsonInt32(look.revision))
                .append("recorded", ints(look.slots.map { if (it.isRecorded) 1 else 0 }))
                .append("samples", ints(look.slots.map { it.samples }))
                .append("reasons", BsonArray(reasons.map(::BsonString)))
                .append("gaps", ints(gaps))
                .append("sources", BsonArray(look.sources.keys.map(::BsonString)))
                .append("source_samples", BsonArray(look.sources.values.map(::BsonInt64)))
                .append("archive", file(look.archive))
                .append("parquet", file(look.parquet))
                .append("rejected", BsonInt32(look.rejected))
                .append("findings", BsonArray(look.findings.map(::BsonString)))
        }

        fun ints(numbers: List<Int>) = BsonArray(numbers.map(::BsonInt32))

        fun file(file: DayLook.KeptFile?): BsonValue = if (file == null) {
            BsonNull.VALUE
        } else {
            BsonDocument("name", BsonString(file.name)).append("size", BsonInt64(file.size)).append("sha256", BsonString(file.sha256))
        }

        fun look(document: BsonDocument): DayLook {
            val reasons = texts(document, "reasons")
            val gaps = document.longs("gaps").map { it.toInt() }.chunked(3).groupBy({ it[0] }, { (_, reason, count) ->
                reasons[reason] to
                    count
            })
            val samples = document.longs("samples")
            return DayLook(
                day = checkNotNull(Day.parse(document.text("_id"))) { "a look at no day" },
                at = Instant.ofEpochMilli(document.getDateTime("at").value),
                revision = document.int("revision"),
                slots = document.longs("recorded").mapIndexed { slot, recorded ->
                    DayLook.OfSlot(recorded == 1L, samples[slot].toInt(), gaps[slot].orEmpty().toMap())
                },
                sources = texts(document, "sources").zip(document.longs("source_samples")).toMap(),
                archive = file(document, "archive"),
                parquet = file(document, "parquet"),
                rejected = document.int("rejected"),
                findings = texts(document, "findings"),
            )
        }

        fun texts(document: BsonDocument, key: String) = document.getArray(key).map { it.asString().value }

        fun file(document: BsonDocument, key: String): DayLook.KeptFile? = document[key]?.takeUnless { it is BsonNull }?.asDocument()
            ?.let { DayLook.KeptFile(it.text("name"), it.getNumber("size").longValue(), it.text("sha256")) }
    }
}
