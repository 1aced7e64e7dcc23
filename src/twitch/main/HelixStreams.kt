package twitchactors.twitch

import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.ByteSink
import java.time.Instant

/** Get Streams: who is live, by falling number of live viewers. */
internal class HelixStreams(
    private val accounts: Accounts,
    private val categories: Categories,
    private val address: Address,
    private val paging: Paging,
    private val faults: Faults,
    private val served: ServedLog,
) {
    fun answer(call: HelixGate.Call): Reply {
        val wanted = Wanted(call.asked)
        val lists = HashMap<Moment, List<LiveStream>>()
        fun list(moment: Moment) = lists.getOrPut(moment) { wanted.of(moment) }
        val page = paging.page(call.asked, call.moment, LISTING, 100, 20, call.asked.all("user_login")) { list(it).size }
        val streams = list(page.moment).subList(page.from, page.to)
        val sink = ByteSink(streams.size * ROW + ROW)
        sink.data(streams.size) { sink.bytes(streams[it].row(::row)) }
        page.appendTo(sink)
        sink.ascii('}')
        return Reply.json(sink, served(page.moment, streams))
    }

    private fun served(moment: Moment, streams: List<LiveStream>) = served.line(
        moment,
        LISTING,
        more = { text(streams.joinToString(",", ",\"viewers\":[", "]") { it.viewers.toString() }) },
    ) {
        streams.forEach { stream -> name { accounts.appendLogin(it, stream.streamer) } }
    }

    /** What the filters of a request let through. */
    private inner class Wanted(asked: Asked) {
        private val path = asked.path
        private val streamers: Set<Int>?
        private val games: Set<String>?
        private val languages: Set<String>?

        init {
            val logins = many(asked, "user_login")
            val ids = many(asked, "user_id")
            val numbers = logins.map { accounts.numberOf(it.lowercase()) } + ids.map { accounts.numberOfId(number("user_id", it)) }
            streamers = numbers.filterNotNull().toSet().takeIf { numbers.isNotEmpty() }
            games = many(asked, "game_id").onEach { number("game_id", it) }.toSet().ifEmpty { null }
            languages = many(asked, "language").map { it.lowercase() }.toSet().ifEmpty { null }
            val type = asked.one("type")
            if (type != null && type !in TYPES) throw Refusal(400, "The parameter \"type\" was malformed: the value must be all or live")
        }

        fun of(moment: Moment): List<LiveStream> {
            if (languages != null && LANGUAGE !in languages) return emptyList()
            if (streamers == null && games == null && faults.all.isEmpty()) return moment.streams
            return moment.streams.filter { stream ->
                (streamers == null || stream.streamer in streamers) &&
                    (games == null || categories.named(stream.segment.game).id.toString() in games) &&
                    faults.hits(FaultKind.MISSING_STREAMER, path) { listOf(accounts.login(stream.streamer)) } == null
            }
        }
    }

    private fun row(stream: LiveStream): ByteArray {
        val login = accounts.login(stream.streamer)
        val category = categories.named(stream.segment.game)
        return buildJsonObject {
            put("id", stream.broadcast.id.toString())
            put("user_id", accounts.id(stream.streamer).toString())
            put("user_login", login)
            put("user_name", accounts.displayName(stream.streamer))
            put("game_id", category.id.toString())
            put("game_name", category.name)
            put("type", "live")
            put("title", stream.segment.title)
            putJsonArray("tags") { StreamTags.of(stream.streamer, category).forEach { add(it) } }
            put("viewer_count", stream.viewers)
            put("started_at", Instant.ofEpochSecond(stream.broadcast.startedAt).toString())
            put("language", LANGUAGE)
            put("thumbnail_url", address.preview(login))
            putJsonArray("tag_ids") {}
            put("is_mature", false)
        }.toString().toByteArray()
    }

    companion object {
        private const val LISTING = "streams"
        private const val LANGUAGE = "fr"
        private const val ROW = 700
        private val TYPES = setOf("all", "live", "")

        /** Up to 100 values of a repeated parameter. */
        fun many(asked: Asked, name: String): List<String> = asked.all(name).also {
            if (it.size > 100) throw Refusal(400, "The parameter \"$name\" was malformed: the number of values must not exceed 100")
        }

        fun number(name: String, text: String): Long =
            text.toLongOrNull() ?: throw Refusal(400, "The parameter \"$name\" was malformed: the value must be a number")
    }
}
