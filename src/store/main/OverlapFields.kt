package twitchactors.store

import org.bson.BsonArray
import org.bson.BsonDocument
import org.bson.BsonInt64
import org.bson.BsonString
import twitchactors.audience.Overlap
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.AudienceFields.logins
import twitchactors.store.AudienceFields.long
import twitchactors.store.AudienceFields.longs
import twitchactors.store.AudienceFields.text

/** The fields of `overlaps` as BSON. */
internal object OverlapFields {
    fun document(shared: StreamerOverlaps, id: BsonString): BsonDocument = BsonDocument("_id", id)
        .append("viewers", BsonInt64(shared.viewers))
        .append("people", BsonInt64(shared.people))
        .append("with", BsonArray(shared.others.map { BsonString(it.login.name) }))
        .append("with_viewers", longs(shared.others.map { it.all.b }))
        .append("with_people", longs(shared.others.map { it.people.b }))
        .append("shared", longs(shared.others.map { it.all.shared }))
        .append("shared_people", longs(shared.others.map { it.people.shared }))

    /** Of a day, or of the window that ends with it. */
    fun overlaps(document: BsonDocument): StreamerOverlaps {
        val (streamer, day) = document.text("_id").split('|')
        val (viewers, people) = document.long("viewers") to document.long("people")
        val (withViewers, withPeople) = document.longs("with_viewers") to document.longs("with_people")
        val (shared, sharedPeople) = document.longs("shared") to document.longs("shared_people")
        return StreamerOverlaps(
            Login.require(streamer),
            checkNotNull(Day.parse(day)) { "overlaps of no day" },
            viewers,
            people,
            document.logins("with").mapIndexed { i, login ->
                val all = Overlap(viewers, withViewers[i], shared[i])
                StreamerOverlaps.Other(login, all, Overlap(people, withPeople[i], sharedPeople[i]))
            },
        )
    }
}
