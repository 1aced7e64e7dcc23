package twitchactors.sources

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArrayBuilder
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.Login

/** What the process of the directory's browser answers to a [DirectoryQuestion]: a line of JSON, on its standard output. */
sealed interface DirectoryAnswer {
    /** Without a line break. */
    fun line(): String

    /** `{"ready":"Chromium 149.0"}`: to [DirectoryQuestion.Open]. */
    data class Ready(val browser: String) : DirectoryAnswer {
        override fun line(): String = buildJsonObject { put("ready", browser) }.toString()
    }

    /**
     * `{"categories":[{"slug","name","viewers","tags","image"}],"cut":true}`
     *
     * @param isCut whether there may be more
     */
    data class Categories(val cards: List<CategoryCard>, val isCut: Boolean) : DirectoryAnswer {
        override fun line(): String = listing("categories", isCut) {
            for (card in cards) {
                addJsonObject {
                    put("slug", card.slug)
                    put("name", card.name)
                    rest(card.viewers, card.tags, card.imageUrl)
                }
            }
        }
    }

    /**
     * `{"streams":[{"login","title","viewers","tags","image"}],"cut":true}`
     *
     * @param isCut whether there may be more
     */
    data class Streams(val cards: List<StreamCard>, val isCut: Boolean) : DirectoryAnswer {
        override fun line(): String = listing("streams", isCut) {
            for (card in cards) {
                addJsonObject {
                    put("login", card.login.name)
                    put("title", card.title)
                    rest(card.viewers, card.tags, card.imageUrl)
                }
            }
        }
    }

    /** `{"error":"the page has no cards"}`: there is no other answer, for that [reason]. */
    data class Nothing(val reason: String) : DirectoryAnswer {
        override fun line(): String = buildJsonObject { put("error", reason) }.toString()
    }

    companion object {
        /** @throws IllegalArgumentException when [line] is no answer */
        fun parse(line: String): DirectoryAnswer = try {
            parse(requireNotNull(Json.parseToJsonElement(line) as? JsonObject) { "no JSON object" })
        } catch (wrong: SerializationException) {
            throw IllegalArgumentException("no JSON", wrong)
        }

        private fun parse(said: JsonObject): DirectoryAnswer = when {
            "ready" in said -> Ready(said.text("ready"))
            "error" in said -> Nothing(said.text("error"))
            "categories" in said -> Categories(
                said.cards("categories") { CategoryCard(it.text("slug"), it.text("name"), it.viewers(), it.tags(), it.text("image")) },
                said.part("cut").jsonPrimitive.boolean,
            )
            "streams" in said -> Streams(
                said.cards("streams") {
                    StreamCard(Login.require(it.text("login")), it.text("title"), it.viewers(), it.tags(), it.text("image"))
                },
                said.part("cut").jsonPrimitive.boolean,
            )
            else -> throw IllegalArgumentException("neither ready nor error nor cards")
        }

        private fun listing(name: String, isCut: Boolean, cards: JsonArrayBuilder.() -> Unit): String = buildJsonObject {
            putJsonArray(name, cards)
            put("cut", isCut)
        }.toString()

        private fun JsonObjectBuilder.rest(viewers: Int, tags: List<String>, image: String) {
            put("viewers", viewers)
            putJsonArray("tags") { tags.forEach { add(it) } }
            put("image", image)
        }

        private fun JsonObject.part(name: String) = requireNotNull(this[name]) { "there is no $name" }

        private fun JsonObject.text(name: String): String = part(name).jsonPrimitive.content

        private fun JsonObject.viewers(): Int = part("viewers").jsonPrimitive.int

        private fun JsonObject.tags(): List<String> = part("tags").jsonArray.map { it.jsonPrimitive.content }

        private fun <Card> JsonObject.cards(name: String, card: (JsonObject) -> Card): List<Card> =
            part(name).jsonArray.map { card(it.jsonObject) }
    }
}
