package twitchactors.store

import com.mongodb.reactivestreams.client.MongoCollection
import org.bson.BsonArray
import org.bson.BsonDocument
import org.bson.BsonInt32
import org.bson.BsonInt64
import org.bson.BsonString
import org.bson.RawBsonDocument
import org.bson.codecs.BsonDocumentCodec
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import twitchactors.audience.BotSigns
import twitchactors.audience.DayAudience
import twitchactors.audience.StreamerDay
import twitchactors.audience.StreamerFlow
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.AudienceFields.int
import twitchactors.store.AudienceFields.logins
import twitchactors.store.AudienceFields.long
import twitchactors.store.AudienceFields.longs
import twitchactors.store.AudienceFields.text
import java.util.concurrent.CompletionStage

/**
 * The audience of each day: collections `streamer_days`, `overlaps` and `flows`, `_id` = `streamer|yyyy-MM-dd`, and in `streamer_days`
 * for each day one more, `_id` = `yyyy-MM-dd`, that says of which streamers there are documents. Documents give way to an equal or
 * greater revision only.
 */
class Audiences internal constructor(
    private val streamerDays: MongoCollection<RawBsonDocument>,
    private val overlaps: MongoCollection<RawBsonDocument>,
    private val flows: MongoCollection<RawBsonDocument>,
) {
    private val revisionedDays = Revisioned(streamerDays, "r")
    private val revisionedOverlaps = Revisioned(overlaps, "r")
    private val revisionedFlows = Revisioned(flows, "r")

    /**
     * Puts [audience] there in place of what was there of its day; false when something of a greater revision is there, which stays. To be
     * repeated as it is after a failure.
     *
     * @param follows see [DayAudienceHead.follows]
     */
    fun write(audience: DayAudience, revision: Int, follows: String): CompletionStage<Boolean> {
        val head = DayAudienceHead.of(audience, revision, follows)
        return before(audience.day).flatMap { gone ->
            Flux.concat(
                bulks(audience.streamers) { days -> writeDays(days, revision) },
                bulks(StreamersShared.of(audience)) { shared -> writeOverlaps(shared, revision) },
                bulks(audience.flows) { flows -> writeFlows(flows, revision) },
                // Known by the head that is there until all is done, so that a repetition finds them too.
                Mono.defer { delete(audience.day, gone - head.streamers.mapTo(HashSet()) { it.login }) },
                Mono.defer { write(head) },
            ).all { it }
        }.answer()
    }

    /** What is published of [day] as a whole; null when nothing is. */
    fun head(day: Day): CompletionStage<DayAudienceHead?> = findHead(day).toFuture()

    /** The day of [streamer]; null when there is none. */
    fun streamerDay(streamer: Login, day: Day): CompletionStage<StreamerDay?> =
        find(streamerDays, listOf(AudienceFields.id(streamer, day))).next().map(AudienceFields::streamerDay).toFuture()

    /** Those of [streamers] of whom there is a [day], in any order. */
    fun streamerDays(streamers: Collection<Login>, day: Day): CompletionStage<List<StreamerDay>> =
        find(streamerDays, streamers.map { AudienceFields.id(it, day) }).map(AudienceFields::streamerDay).collectList().answer()

    /** Those of [days] that there are of [streamer], ascending. */
    fun streamerDays(streamer: Login, days: Collection<Day>): CompletionStage<List<StreamerDay>> =
        find(streamerDays, days.map { AudienceFields.id(streamer, it) }).map(AudienceFields::streamerDay).collectList()
            .map { found -> found.sortedBy { it.day } }.answer()

    /** With whom [streamer] shares viewers on [day]; null when nothing is known of that. */
    fun overlaps(streamer: Login, day: Day): CompletionStage<StreamerOverlaps?> =
        find(overlaps, listOf(AudienceFields.id(streamer, day))).next().map(OverlapFields::overlaps).toFuture()

    /** Of those of [streamers] of whom that is known, in any order. */
    fun overlaps(streamers: Collection<Login>, day: Day): CompletionStage<List<StreamerOverlaps>> =
        find(overlaps, streamers.map { AudienceFields.id(it, day) }).map(OverlapFields::overlaps).collectList().answer()

    /** Where the viewers of [streamer] were before and after; null when nothing is known of that. */
    fun flow(streamer: Login, day: Day): CompletionStage<StreamerFlow?> =
        find(flows, listOf(AudienceFields.id(streamer, day))).next().map(FlowFields::flow).toFuture()

    private fun <T : Any> bulks(all: List<T>, write: (List<T>) -> Mono<Boolean>): Flux<Boolean> =
        Flux.fromIterable(all).buffer(BULK).concatMap({ write(it) }, 1)

    private fun writeDays(days: List<StreamerDay>, revision: Int): Mono<Boolean> {
        val documents = days.map { raw(AudienceFields.document(it).append("r", BsonInt32(revision))) }
        return revisionedDays.write(documents, revision) { AudienceFields.id(days[it].streamer, days[it].day) }.map { it.stale == 0 }
    }

    private fun writeOverlaps(shared: List<StreamerOverlaps>, revision: Int): Mono<Boolean> {
        val ids = shared.map { AudienceFields.id(it.streamer, it.day) }
        val documents = shared.mapIndexed { i, shares -> raw(OverlapFields.document(shares, ids[i]).append("r", BsonInt32(revision))) }
        return revisionedOverlaps.write(documents, revision, ids::get)
            .map { it.stale == 0 }
    }

    private fun writeFlows(flows: List<StreamerFlow>, revision: Int): Mono<Boolean> {
        val documents = flows.map { raw(FlowFields.document(it).append("r", BsonInt32(revision))) }
        return revisionedFlows.write(documents, revision) { AudienceFields.id(flows[it].streamer, flows[it].day) }.map { it.stale == 0 }
    }

    private fun write(head: DayAudienceHead): Mono<Boolean> =
        revisionedDays.write(listOf(raw(document(head))), head.revision) { BsonString("${head.day}") }.map { it.stale == 0 }

    /** The streamers of whom there may be documents. */
    private fun before(day: Day): Mono<List<Login>> =
        findHead(day).map { head -> head.streamers.map { it.login } }.defaultIfEmpty(emptyList())

    private fun delete(day: Day, streamers: List<Login>): Mono<Boolean> {
        if (streamers.isEmpty()) return Mono.just(true)
        val ids = BsonDocument("_id", BsonDocument("\$in", BsonArray(streamers.map { AudienceFields.id(it, day) })))
        val others = Mono.from(overlaps.deleteMany(ids)).then(Mono.from(flows.deleteMany(ids)))
        return others.then(Mono.from(streamerDays.deleteMany(ids))).thenReturn(true)
    }

    private fun findHead(day: Day): Mono<DayAudienceHead> = find(streamerDays, listOf(BsonString("$day"))).next().map(::head)

    private fun find(collection: MongoCollection<RawBsonDocument>, ids: List<BsonString>): Flux<RawBsonDocument> =
        Flux.fromIterable(ids).buffer(BULK)
            .concatMap({ some -> collection.find(BsonDocument("_id", BsonDocument("\$in", BsonArray(some)))) }, 1)

    private companion object {
        /** Documents on their way at a time: each may have a few kilobytes. */
        const val BULK = 100

        fun raw(document: BsonDocument) = RawBsonDocument(document, BsonDocumentCodec())

        fun document(head: DayAudienceHead): BsonDocument = BsonDocument("_id", BsonString("${head.day}"))
            .append("r", BsonInt32(head.revision))
            .append("follows", BsonString(head.follows))
            .append("all", totals(head.all))
            .append("people", totals(head.people))
            .append("bots", bots(head.bots))
            .append("streamers", BsonArray(head.streamers.map { BsonString(it.login.name) }))
            .append("viewers", AudienceFields.longs(head.streamers.map { it.viewers }))
            .append("samples", AudienceFields.longs(head.streamers.map { it.samples }))

        fun bots(counts: Map<BotSigns.Reason, Long>) = BsonDocument().also { bots ->
            counts.forEach { (reason, count) -> bots.append(reason.name.lowercase(), BsonInt64(count)) }
        }

        fun totals(totals: DayAudience.Totals): BsonDocument =
            BsonDocument("viewers", BsonInt64(totals.viewers)).append("at_several", BsonInt64(totals.atSeveral))

        fun totals(document: BsonDocument) = DayAudience.Totals(document.long("viewers"), document.long("at_several"))

        fun head(document: BsonDocument): DayAudienceHead {
            val (viewers, samples) = document.longs("viewers") to document.longs("samples")
            return DayAudienceHead(
                checkNotNull(Day.parse(document.text("_id"))) { "the audience of no day" },
                document.int("r"),
                document.text("follows"),
                totals(document.getDocument("all")),
                totals(document.getDocument("people")),
                BotSigns.Reason.entries.associateWith { document.getDocument("bots").long(it.name.lowercase()) },
                document.logins("streamers").mapIndexed { i, login -> DayAudienceHead.Streamer(login, viewers[i], samples[i]) },
            )
        }
    }
}
