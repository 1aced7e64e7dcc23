package twitchactors.store

import org.bson.BsonArray
import org.bson.BsonDocument
import org.bson.BsonInt32
import org.bson.BsonInt64
import org.bson.BsonString
import twitchactors.audience.StreamerFlow
import twitchactors.audience.StreamerFlow.Totals
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.AudienceFields.int
import twitchactors.store.AudienceFields.logins
import twitchactors.store.AudienceFields.long
import twitchactors.store.AudienceFields.longs
import twitchactors.store.AudienceFields.text

/** The fields of `flows` as BSON. */
internal object FlowFields {
    fun document(flow: StreamerFlow): BsonDocument = BsonDocument("_id", AudienceFields.id(flow.streamer, flow.day))
        .let { sides(it, flow.before, flow.after) }
        .append(
            "streams",
            BsonArray(
                flow.streams.map {
                    val slots = BsonDocument("id", BsonString(it.id)).append("first", BsonInt32(it.first))
                    sides(slots.append("last", BsonInt32(it.last)), it.before, it.after)
                },
            ),
        )

    fun flow(document: BsonDocument): StreamerFlow {
        val (streamer, day) = document.text("_id").split('|')
        return StreamerFlow(
            Login.require(streamer),
            checkNotNull(Day.parse(day)) { "a flow of no day" },
            side(document, "before", "from"),
            side(document, "after", "to"),
            document.getArray("streams").map { it.asDocument() }.map {
                StreamerFlow.OfStream(it.text("id"), it.int("first"), it.int("last"), side(it, "before", "from"), side(it, "after", "to"))
            },
        )
    }

    private fun sides(document: BsonDocument, before: StreamerFlow.Side, after: StreamerFlow.Side) =
        document.append("before", side(before, "from")).append("after", side(after, "to"))

    private fun side(side: StreamerFlow.Side, others: String) = BsonDocument("all", totals(side.all))
        .append("people", totals(side.people))
        .append(others, BsonArray(side.others.map { BsonString(it.streamer.name) }))
        .append("viewers", longs(side.others.map { it.viewers }))
        .append("viewers_people", longs(side.others.map { it.people }))

    private fun side(document: BsonDocument, key: String, others: String): StreamerFlow.Side {
        val side = document.getDocument(key)
        val (viewers, people) = side.longs("viewers") to side.longs("viewers_people")
        return StreamerFlow.Side(
            totals(side.getDocument("all")),
            totals(side.getDocument("people")),
            side.logins(others).mapIndexed { i, login -> StreamerFlow.Other(login, viewers[i], people[i]) },
        )
    }

    private fun totals(totals: Totals) = BsonDocument("could", BsonInt64(totals.could)).append("nowhere", BsonInt64(totals.nowhere))

    private fun totals(document: BsonDocument) = Totals(document.long("could"), document.long("nowhere"))
}
