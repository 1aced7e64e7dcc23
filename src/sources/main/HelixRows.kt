package twitchactors.sources

import kotlinx.serialization.json.JsonObject
import org.slf4j.LoggerFactory
import twitchactors.domain.Login
import twitchactors.sources.JsonReply.child
import twitchactors.sources.JsonReply.list
import twitchactors.sources.JsonReply.number
import twitchactors.sources.JsonReply.text
import twitchactors.sources.JsonReply.texts
import java.time.Instant
import java.time.format.DateTimeParseException

/** Reads the pages of Helix's lists of streams and categories. A row that makes no sense is left out: it harms no other. */
internal object HelixRows {
    private val log = LoggerFactory.getLogger("twitchactors.sources.HelixRows")

    fun streams(reply: HttpReply): Listing.Page<LiveStream> = page(reply, "streams", ::stream)

    fun categories(reply: HttpReply): Listing.Page<Category> = page(reply, "categories", ::category)

    private fun <T : Any> page(reply: HttpReply, what: String, row: (JsonObject) -> T?): Listing.Page<T> {
        val json = JsonReply.of(reply)
        val rows = json.list("data") ?: throw NoAnswerYet("Twitch's answer cannot be read")
        val good = rows.mapNotNull { (it as? JsonObject)?.let(row) }
        if (good.size <
            rows.size
        ) {
            log.warn("{} of {} rows of a list of {} make no sense and are left out", rows.size - good.size, rows.size, what)
        }
        val cursor = json.child("pagination")?.text("cursor")?.takeIf { it.isNotEmpty() }
        return Listing.Page(good, rows.size < Listing.PAGE, cursor)
    }

    private fun stream(row: JsonObject): LiveStream? {
        return LiveStream(
            streamer = row.text("user_login")?.let { Login.of(it) } ?: return null,
            userId = row.text("user_id")?.takeIf { it.isNotEmpty() } ?: return null,
            streamId = row.text("id")?.takeIf { it.isNotEmpty() } ?: return null,
            title = row.text("title").orEmpty(),
            categoryId = row.text("game_id").orEmpty(),
            category = row.text("game_name").orEmpty(),
            language = row.text("language").orEmpty(),
            tags = row.texts("tags"),
            liveViewers = row.number("viewer_count")?.takeIf { it in 0..Int.MAX_VALUE }?.toInt() ?: return null,
            startedAt = row.text("started_at")?.let(::instant) ?: return null,
        )
    }

    private fun category(row: JsonObject): Category? {
        val id = row.text("id")?.takeIf { it.isNotEmpty() } ?: return null
        return Category(id, row.text("name") ?: return null, row.text("box_art_url").orEmpty())
    }

    private fun instant(text: String): Instant? = try {
        Instant.parse(text)
    } catch (_: DateTimeParseException) {
        null
    }
}
