package twitchactors.sources

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import java.time.Duration

/** What the process of the directory's browser is told: a line of JSON each, on its standard input. Each has one [DirectoryAnswer]. */
sealed interface DirectoryQuestion {
    /** Without a line break. */
    fun line(): String

    /**
     * Comes first: `{"open":"https://www.twitch.tv","browser":"","sandbox":true,"firstCards":20000,"quiet":3000,"limit":60000}`.
     *
     * @param url of Twitch's pages, without a slash at the end
     * @param browser path of a Chromium; empty: Playwright's own, which it downloads when it is not there
     * @param sandbox whether Chromium shuts its pages in
     * @param firstCards how long a page may take until it shows a card
     * @param quiet a list is at its end when no new card has come for so long
     * @param limit of one question; what was read until then is the answer
     */
    data class Open(
        val url: String,
        val browser: String,
        val sandbox: Boolean,
        val firstCards: Duration,
        val quiet: Duration,
        val limit: Duration,
    ) : DirectoryQuestion {
        override fun line(): String = buildJsonObject {
            put("open", url)
            put("browser", browser)
            put("sandbox", sandbox)
            put("firstCards", firstCards.toMillis())
            put("quiet", quiet.toMillis())
            put("limit", limit.toMillis())
        }.toString()
    }

    /** `{"categories":30}`: the first [count] categories. */
    data class Categories(val count: Int) : DirectoryQuestion {
        override fun line(): String = buildJsonObject { put("categories", count) }.toString()
    }

    /** `{"streams":"just-chatting","count":100}`: the first [count] streams of the category with that [slug]. */
    data class Streams(val slug: String, val count: Int) : DirectoryQuestion {
        init {
            require(SLUG.matches(slug)) { "'$slug' is no category's place in an address" }
        }

        override fun line(): String = buildJsonObject {
            put("streams", slug)
            put("count", count)
        }.toString()
    }

    companion object {
        /** One part of a path: what could lead to another page is not in it. */
        val SLUG = Regex("[A-Za-z0-9._~%-]*[A-Za-z0-9_~%-][A-Za-z0-9._~%-]*")

        /** @throws IllegalArgumentException when [line] is no question */
        fun parse(line: String): DirectoryQuestion = try {
            parse(requireNotNull(Json.parseToJsonElement(line) as? JsonObject) { "no JSON object" })
        } catch (wrong: SerializationException) {
            throw IllegalArgumentException("no JSON", wrong)
        }

        private fun parse(asked: JsonObject): DirectoryQuestion = when {
            "open" in asked -> Open(
                asked.text("open"),
                asked.text("browser"),
                asked.part("sandbox").boolean,
                asked.duration("firstCards"),
                asked.duration("quiet"),
                asked.duration("limit"),
            )
            "categories" in asked -> Categories(asked.part("categories").int)
            "streams" in asked -> Streams(asked.text("streams"), asked.part("count").int)
            else -> throw IllegalArgumentException("neither open nor categories nor streams")
        }

        private fun JsonObject.part(name: String) = requireNotNull(this[name]) { "there is no $name" }.jsonPrimitive

        private fun JsonObject.text(name: String): String = part(name).content

        private fun JsonObject.duration(name: String): Duration = Duration.ofMillis(part(name).long)
    }
}
