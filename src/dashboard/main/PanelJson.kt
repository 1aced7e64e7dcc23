package twitchactors.dashboard

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import java.math.BigDecimal
import java.math.RoundingMode

/** Panels for scripts, and what the browser needs to draw them. */
internal object PanelJson {
    /** One panel as the API gives it. */
    fun of(answered: Answered): JsonObject = buildJsonObject {
        put("panel", answered.panel.id)
        put("title", answered.panel.title)
        put("period", period(answered.question.period))
        put("source", answered.panel.origin.text)
        put("how", answered.panel.how)
        put("coverage", answered.table.coverage)
        put("note", answered.table.note)
        put("empty", answered.table.why.takeIf { answered.table.rows.isEmpty() })
        put("columns", columns(answered.table))
        put("rows", objects(answered.table))
        if (answered.before != null) put("before", objects(answered.before))
    }

    fun period(period: Period): JsonObject = buildJsonObject {
        put("from", "${period.from}")
        put("to", "${period.to}")
        put("zone", Zone.name(period.zone))
    }

    /** For the chart: rows as lists, texts as they are shown, and where each row leads. */
    fun chart(answered: Answered, look: Look.Chart): JsonObject = buildJsonObject {
        val zone = answered.question.period.zone
        put("look", look.json())
        put("columns", columns(answered.table))
        put("rows", lists(answered.table, zone))
        put("before", answered.before?.let { lists(it, zone) } ?: JsonNull)
        val hrefs = answered.table.rows.map { JsonPrimitive(it.href) }
        if (answered.table.rows.any { it.href != null }) put("hrefs", JsonArray(hrefs))
    }

    private fun columns(table: Table) = JsonArray(
        table.columns.map {
            buildJsonObject {
                put("key", it.key)
                put("title", it.title)
                put("kind", it.kind.name.lowercase())
            }
        },
    )

    private fun objects(table: Table) = JsonArray(
        table.rows.map { row ->
            JsonObject(table.columns.mapIndexed { index, column -> column.key to value(row.values[index]) }.toMap())
        },
    )

    private fun lists(table: Table, zone: java.time.ZoneId) = JsonArray(
        table.rows.map { row ->
            JsonArray(
                table.columns.mapIndexed { index, column ->
                    val it = row.values[index]
                    if (column.kind == Column.Kind.MOMENT && it != null) JsonPrimitive(CellText.of(it, column.kind, zone)) else value(it)
                },
            )
        },
    )

    private fun value(value: Any?): JsonElement = when (value) {
        null -> JsonNull
        is Double -> JsonPrimitive(BigDecimal(value).setScale(4, RoundingMode.HALF_UP).stripTrailingZeros())
        is Number -> JsonPrimitive(value)
        is Boolean -> JsonPrimitive(value)
        else -> JsonPrimitive("$value")
    }
}
