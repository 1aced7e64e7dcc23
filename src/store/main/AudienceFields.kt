package twitchactors.store

import org.bson.BsonArray
import org.bson.BsonDocument
import org.bson.BsonDouble
import org.bson.BsonInt32
import org.bson.BsonInt64
import org.bson.BsonNull
import org.bson.BsonString
import org.bson.BsonValue
import twitchactors.audience.ChatFigures
import twitchactors.audience.LiveFigures
import twitchactors.audience.StreamerDay
import twitchactors.domain.Day
import twitchactors.domain.Login

/** The fields of `streamer_days` as BSON. What is a ratio stands beside the sums that it follows from, and is not read back. */
internal object AudienceFields {
    fun id(streamer: Login, day: Day) = BsonString("$streamer|$day")

    fun longs(numbers: List<Long>) = BsonArray(numbers.map(::BsonInt64))

    fun BsonDocument.long(key: String): Long = getNumber(key).longValue()

    fun BsonDocument.int(key: String): Int = getNumber(key).intValue()

    fun BsonDocument.text(key: String): String = getString(key).value

    fun BsonDocument.longs(key: String): List<Long> = getArray(key).map { it.asNumber().longValue() }

    fun BsonDocument.logins(key: String): List<Login> = getArray(key).map { Login.require(it.asString().value) }

    fun document(day: StreamerDay): BsonDocument = BsonDocument("_id", id(day.streamer, day.day))
        .append("all", chat(day.all))
        .append("people", chat(day.people))
        .append("live", live(day.live))
        .append("streams", BsonArray(day.streams.map(::stream)))
        .append("titles", texts(day.titles))
        .append("games", texts(day.games))

    fun streamerDay(document: BsonDocument): StreamerDay {
        val (streamer, day) = document.text("_id").split('|')
        return StreamerDay(
            Login.require(streamer),
            checkNotNull(Day.parse(day)) { "a streamer's day of no day" },
            chat(document.getDocument("all")),
            chat(document.getDocument("people")),
            live(document.getDocument("live")),
            document.getArray("streams").map { stream(it.asDocument()) },
            texts(document.getArray("titles")),
            texts(document.getArray("games")),
        )
    }

    private fun chat(figures: ChatFigures) = BsonDocument("viewers", BsonInt64(figures.viewers))
        .append("samples", BsonInt64(figures.samples))
        .append("hours_seen", BsonDouble(figures.hoursSeen))
        .append("elsewhere", BsonInt64(figures.elsewhere))
        .append(
            "retention",
            BsonArray(
                figures.retention.map {
                    BsonDocument("minutes", BsonInt32(it.minutes))
                        .append("could", BsonInt64(it.could))
                        .append("stayed", BsonInt64(it.stayed))
                },
            ),
        )
        .append("streams", longs(figures.streams))

    private fun chat(document: BsonDocument) = ChatFigures(
        document.long("viewers"),
        document.long("samples"),
        document.long("elsewhere"),
        document.getArray("retention").map { it.asDocument() }
            .map { ChatFigures.Retention(it.int("minutes"), it.long("could"), it.long("stayed")) },
        document.longs("streams"),
    )

    private fun live(figures: LiveFigures) = BsonDocument("airtime", BsonInt32(figures.airtime))
        .append("samples", BsonInt32(figures.samples))
        .append("gaps", BsonInt32(figures.gaps))
        .append("partial", BsonInt32(figures.partial))
        .append("measured", BsonInt32(figures.measured))
        .append("viewer_minutes", BsonInt64(figures.viewerMinutes))
        .append("peak", orNull(figures.peak?.let(::BsonInt32)))
        .append("peak_slot", orNull(figures.peakSlot?.let(::BsonInt32)))
        .append("compared", BsonInt32(figures.compared))
        .append("anonymous_minutes", BsonInt64(figures.anonymousMinutes))
        .append("average_viewers", orNull(figures.averageViewers?.let(::BsonDouble)))
        .append("hours_watched", orNull(figures.hoursWatched?.let(::BsonDouble)))
        .append("average_anonymous", orNull(figures.averageAnonymous?.let(::BsonDouble)))

    private fun live(document: BsonDocument) = LiveFigures(
        document.int("airtime"),
        document.int("samples"),
        document.int("gaps"),
        document.int("partial"),
        document.int("measured"),
        document.long("viewer_minutes"),
        document.intOrNull("peak"),
        document.intOrNull("peak_slot"),
        document.int("compared"),
        document.long("anonymous_minutes"),
    )

    private fun stream(stream: StreamerDay.Stream) = BsonDocument("id", BsonString(stream.id))
        .append("first", BsonInt32(stream.first))
        .append("last", BsonInt32(stream.last))
        .append("viewers", BsonInt64(stream.viewers))
        .append("people", BsonInt64(stream.people))
        .append("live", live(stream.live))

    private fun stream(document: BsonDocument) = StreamerDay.Stream(
        document.text("id"),
        document.int("first"),
        document.int("last"),
        document.long("viewers"),
        document.long("people"),
        live(document.getDocument("live")),
    )

    /** A list, since a title may have any characters and a key may not. */
    private fun texts(slots: Map<String, String>) =
        BsonArray(slots.map { (text, where) -> BsonDocument("text", BsonString(text)).append("slots", BsonString(where)) })

    private fun texts(list: BsonArray): Map<String, String> = list.map { it.asDocument() }.associate { it.text("text") to it.text("slots") }

    private fun orNull(value: BsonValue?): BsonValue = value ?: BsonNull.VALUE

    private fun BsonDocument.intOrNull(key: String): Int? = get(key)?.takeUnless { it.isNull }?.asNumber()?.intValue()
}
