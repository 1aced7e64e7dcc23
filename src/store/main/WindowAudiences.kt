package twitchactors.store

import com.mongodb.reactivestreams.client.MongoCollection
import org.bson.BsonArray
import org.bson.BsonDocument
import org.bson.BsonDouble
import org.bson.BsonInt32
import org.bson.BsonInt64
import org.bson.BsonString
import org.bson.RawBsonDocument
import org.bson.codecs.BsonDocumentCodec
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import twitchactors.audience.Communities
import twitchactors.audience.WindowAudience
import twitchactors.audience.WindowAudience.Loyalty
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.AudienceFields.int
import twitchactors.store.AudienceFields.logins
import twitchactors.store.AudienceFields.long
import twitchactors.store.AudienceFields.longs
import twitchactors.store.AudienceFields.text
import java.util.concurrent.CompletionStage

/**
 * The audience of the days up to a day together: collections `windows`, `streamer_windows`, `communities`, and more of `overlaps`.
 * Documents give way to an equal or greater revision only. Of one day alone there are only communities here.
 */
class WindowAudiences internal constructor(
    private val windows: MongoCollection<RawBsonDocument>,
    private val streamerWindows: MongoCollection<RawBsonDocument>,
    private val overlaps: MongoCollection<RawBsonDocument>,
    private val communities: MongoCollection<RawBsonDocument>,
) {
    /** @param streamers sorted */
    data class Head(val days: List<Day>, val all: Long, val people: Long, val streamers: List<Streamer>, val follows: String) {
        /** A streamer's unique viewers of all days, and those of them who do not look like bots. */
        data class Streamer(val login: Login, val viewers: Long, val people: Long)
    }

    /**
     * Puts [audience], of the [length] days of the calendar up to its last day, in place of what was there; false when something of a
     * greater revision is there. To be repeated as it is after a failure.
     */
    fun write(audience: WindowAudience, length: Int, revision: Int, follows: String): CompletionStage<Boolean> {
        val day = audience.days.last()
        val map = put(communities, listOf(communities(audience, id(day, length))), revision)
        if (length == 1) return map.answer()
        val streamers = audience.streamers.map { streamer(it, id(it.streamer, day, length)) }
        val shared = StreamersShared.of(audience).map { OverlapFields.document(it, id(it.streamer, day, length)) }
        return find(windows, id(day, length)).map { it.logins("streamers") }.defaultIfEmpty(emptyList()).flatMap { before ->
            val gone = before - audience.streamers.mapTo(HashSet()) { it.streamer }
            Flux.concat(
                put(streamerWindows, streamers, revision),
                put(overlaps, shared, revision),
                map,
                Mono.defer { delete(gone.map { id(it, day, length) }) },
                Mono.defer { put(windows, listOf(head(audience, length, follows)), revision) },
            ).all { it }
        }.answer()
    }

    /** The window of [length] days up to [day]; null when it was not counted. */
    fun head(day: Day, length: Int): CompletionStage<Head?> = find(windows, id(day, length)).map(::head).toFuture()

    /** How faithful viewers of [streamer] are over a window. */
    fun loyalty(streamer: Login, day: Day, length: Int): CompletionStage<WindowAudience.Streamer?> =
        find(streamerWindows, id(streamer, day, length)).map { document ->
            WindowAudience.Streamer(streamer, loyalty(document.getDocument("all")), loyalty(document.getDocument("people")))
        }.toFuture()

    /** The same of the windows that end with each of [days], as far as they were counted. */
    fun loyalties(streamer: Login, days: Collection<Day>, length: Int): CompletionStage<Map<Day, WindowAudience.Streamer>> =
        Flux.from(streamerWindows.find(BsonDocument("_id", BsonDocument("\$in", BsonArray(days.map { id(streamer, it, length) })))))
            .map { document ->
                val day = checkNotNull(Day.parse(document.getString("_id").value.split('|')[1])) { "a window of no day" }
                day to WindowAudience.Streamer(streamer, loyalty(document.getDocument("all")), loyalty(document.getDocument("people")))
            }.collectList().map { it.toMap() }.answer()

    /** With whom [streamer] shares viewers over a window. */
    fun overlaps(streamer: Login, day: Day, length: Int): CompletionStage<StreamerOverlaps?> =
        find(overlaps, id(streamer, day, length)).map(OverlapFields::overlaps).toFuture()

    /** Of those of [streamers] of whom that is known, in any order. */
    fun overlaps(streamers: Collection<Login>, day: Day, length: Int): CompletionStage<List<StreamerOverlaps>> =
        Flux.fromIterable(streamers).map { id(it, day, length) }.buffer(BULK)
            .concatMap({ ids -> overlaps.find(BsonDocument("_id", BsonDocument("\$in", BsonArray(ids)))) }, 1)
            .map(OverlapFields::overlaps).collectList().answer()

    /** The communities of a window, or of [day] alone when [length] is 1. */
    fun communities(day: Day, length: Int): CompletionStage<AudienceMap?> = find(communities, id(day, length)).map(::map).toFuture()

    private fun put(collection: MongoCollection<RawBsonDocument>, documents: List<BsonDocument>, revision: Int): Mono<Boolean> =
        Flux.fromIterable(documents).buffer(BULK).concatMap({ some ->
            val raw = some.map { RawBsonDocument(it.append("r", BsonInt32(revision)), BsonDocumentCodec()) }
            Revisioned(collection, "r").write(raw, revision) { some[it].getString("_id") }.map { it.stale == 0 }
        }, 1).all { it }

    private fun delete(ids: List<BsonString>): Mono<Boolean> {
        if (ids.isEmpty()) return Mono.just(true)
        val any = BsonDocument("_id", BsonDocument("\$in", BsonArray(ids)))
        return Mono.from(streamerWindows.deleteMany(any)).then(Mono.from(overlaps.deleteMany(any))).thenReturn(true)
    }

    private fun find(collection: MongoCollection<RawBsonDocument>, id: BsonString): Mono<RawBsonDocument> =
        Mono.from(collection.find(BsonDocument("_id", id)).first())

    private companion object {
        /** Documents on their way at a time. */
        const val BULK = 100

        fun id(day: Day, length: Int) = BsonString(if (length == 1) "$day" else "$day|$length")

        fun id(streamer: Login, day: Day, length: Int) = BsonString("$streamer|$day|$length")

        fun names(logins: List<Login>) = BsonArray(logins.map { BsonString(it.name) })

        fun head(audience: WindowAudience, length: Int, follows: String): BsonDocument =
            BsonDocument("_id", id(audience.days.last(), length))
                .append("follows", BsonString(follows))
                .append("days", BsonArray(audience.days.map { BsonString("$it") }))
                .append("all", BsonInt64(audience.all))
                .append("people", BsonInt64(audience.people))
                .append("streamers", names(audience.streamers.map { it.streamer }))
                .append("viewers", longs(audience.streamers.map { it.all.viewers }))
                .append("viewers_people", longs(audience.streamers.map { it.people.viewers }))

        fun head(document: BsonDocument): Head {
            val (viewers, people) = document.longs("viewers") to document.longs("viewers_people")
            return Head(
                document.getArray("days").map { checkNotNull(Day.parse(it.asString().value)) { "a window of no day" } },
                document.long("all"),
                document.long("people"),
                document.logins("streamers").mapIndexed { i, login -> Head.Streamer(login, viewers[i], people[i]) },
                document.text("follows"),
            )
        }

        fun streamer(streamer: WindowAudience.Streamer, id: BsonString): BsonDocument =
            BsonDocument("_id", id).append("all", loyalty(streamer.all)).append("people", loyalty(streamer.people))

        fun loyalty(loyalty: Loyalty): BsonDocument = BsonDocument("viewers", BsonInt64(loyalty.viewers))
            .append("new", BsonInt64(loyalty.new))
            .append("returning", BsonInt64(loyalty.returning))
            .append("regular", BsonInt64(loyalty.regular))
            .append("leaving", BsonInt64(loyalty.leaving))
            .append("lost", BsonInt64(loyalty.lost))
            .append("by_days", longs(loyalty.byDays))

        fun loyalty(document: BsonDocument) = Loyalty(
            document.long("viewers"),
            document.long("new"),
            document.long("returning"),
            document.long("regular"),
            document.long("leaving"),
            document.long("lost"),
            document.longs("by_days"),
        )

        fun communities(audience: WindowAudience, id: BsonString): BsonDocument {
            val people = audience.streamers.map { it.people.viewers }
            val edges = audience.shared.filter { it.people > 0 }.map { Communities.Edge(it.a, it.b, it.people.toLong()) }
            val found = Communities.of(people, edges)
            val largest = people.indices.groupBy { found.community[it] }.toSortedMap().values
                .map { nodes -> audience.streamers[nodes.maxBy { people[it] }].streamer }
            return BsonDocument("_id", id)
                .append("streamers", names(audience.streamers.map { it.streamer }))
                .append("community", BsonArray(found.community.map(::BsonInt32)))
                .append("x", BsonArray(found.x.map(::BsonDouble)))
                .append("y", BsonArray(found.y.map(::BsonDouble)))
                .append("viewers", longs(people))
                .append("names", names(largest))
                .append("modularity", BsonDouble(found.modularity))
                .append("pairs", BsonInt32(edges.size))
        }

        fun map(document: BsonDocument): AudienceMap {
            fun doubles(key: String) = document.getArray(key).map { it.asDouble().value }
            val (x, y) = doubles("x") to doubles("y")
            val viewers = document.longs("viewers")
            val community = document.longs("community")
            return AudienceMap(
                document.logins("streamers").mapIndexed { i, login ->
                    AudienceMap.Placed(login, community[i].toInt(), x[i], y[i], viewers[i])
                },
                document.logins("names"),
                document.getDouble("modularity").value,
                document.int("pairs"),
            )
        }
    }
}
