package twitchactors.ops

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import twitchactors.pbm.Outcome

/** A table: for people with a head and aligned, for programs a list of objects called [name]. */
class Rows(private val name: String, private vararg val columns: String) {
    private val added = ArrayList<List<Any?>>()

    /** One value for each column: text, numbers, booleans, lists of text; null is unknown. */
    fun add(vararg values: Any?) {
        require(values.size == columns.size)
        added += values.toList()
    }

    /** @param last a line below the table */
    fun answer(last: String? = null, outcome: Outcome = Outcome.DONE, vararg facts: Pair<String, JsonElement>): Answer =
        Answer(lines() + listOfNotNull(last), JsonObject(mapOf(name to json()) + facts), outcome)

    /** With a last line that says how many there are of what is called [one], and several [many]. */
    fun counted(one: String, many: String = "${one}s"): Answer = answer(count(added.size.toLong(), one, many))

    private fun json() = JsonArray(added.map { row -> JsonObject(columns.indices.associate { key(columns[it]) to element(row[it]) }) })

    private fun lines(): List<String> {
        if (added.isEmpty()) return emptyList()
        val texts = listOf(columns.toList()) + added.map { row -> row.map(::text) }
        val widths = columns.indices.map { column -> texts.maxOf { it[column].length } }
        val isNumber = columns.indices.map { column -> added.all { it[column] is Number? } }
        return texts.map { row ->
            row.mapIndexed { at, text ->
                if (isNumber[at]) text.padStart(widths[at]) else text.padEnd(widths[at])
            }.joinToString("  ").trimEnd()
        }
    }

    private fun key(column: String) = column.replace(' ', '_')

    private fun text(value: Any?): String = when (value) {
        null -> "-"
        is Collection<*> -> value.joinToString(",").ifEmpty { "-" }
        is Boolean -> if (value) "yes" else "no"
        else -> value.toString()
    }

    private fun element(value: Any?): JsonElement = when (value) {
        null -> JsonNull
        is Boolean -> JsonPrimitive(value)
        is Number -> JsonPrimitive(value)
        is Collection<*> -> JsonArray(value.map { JsonPrimitive(it.toString()) })
        else -> JsonPrimitive(value.toString())
    }

    companion object {
        /** The last line of a list of [count]. */
        fun count(count: Long, one: String, many: String = "${one}s"): String = "Count: $count ${if (count == 1L) one else many}"
    }
}
