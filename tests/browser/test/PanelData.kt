package twitchactors.browser

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.time.Instant

/** A panel as the API gives it. */
internal class PanelData(private val document: JsonObject) {
    class Column(val key: String, val title: String, val kind: String)

    val columns: List<Column> = document.getValue("columns").jsonArray.map { it.jsonObject }.map {
        Column(it.text("key"), it.text("title"), it.text("kind"))
    }

    /** By key; null: not known. */
    val rows: List<Map<String, JsonPrimitive>> = document.getValue("rows").jsonArray.map { row ->
        row.jsonObject.mapValues { it.value.jsonPrimitive }
    }
    val zone: String = period("zone")
    val from: Instant get() = Instant.parse(period("from"))
    val to: Instant get() = Instant.parse(period("to"))
    val empty: String? = document["empty"]?.jsonPrimitive?.contentOrNull

    private fun period(key: String) = document.getValue("period").jsonObject.text(key)

    fun number(row: Int, key: String): Double? = rows[row].getValue(key).takeUnless { it is JsonNull }?.content?.toDouble()

    /** The only row's number. */
    fun number(key: String): Double? = number(0, key).also { check(rows.size == 1) { "${rows.size} rows" } }

    /** The numbers of a column by the texts of another. */
    fun byText(text: String, number: String): Map<String, Double?> =
        rows.indices.associate { rows[it].getValue(text).content to number(it, number) }

    override fun equals(other: Any?) = other is PanelData && document == other.document

    override fun hashCode() = document.hashCode()

    override fun toString() = document.toString()

    companion object {
        fun of(reply: Reply): PanelData {
            check(reply.status == 200) { "$reply" }
            return PanelData(Json.parseToJsonElement(reply.text).jsonObject)
        }

        private fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content
    }
}
