package twitchactors.browser

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/**
 * A panel as it stands on a page, in words.
 *
 * @param empty what it says when it has nothing to show
 * @param rows of its table, the first cell is the row's head
 * @param figures title and number
 */
internal class ShownPanel(
    val id: String,
    val title: String,
    val csv: String?,
    val json: String?,
    val empty: String?,
    val hasChart: Boolean,
    val heads: List<String>,
    val rows: List<List<String>>,
    val figures: List<List<String>>,
    val tiles: List<Tile>,
    val how: String?,
    val source: String?,
) {
    /** A card: its title, what it says by name, and its tags. */
    class Tile(val title: String, val facts: List<List<String>>, val tags: List<String>)

    companion object {
        private const val READ = """() => {
            const text = e => e ? e.textContent.trim().replace(/\s+/g, ' ') : null
            const all = (e, s) => [...e.querySelectorAll(s)]
            return JSON.stringify(all(document, '.panel[id^="panel-"]').map(p => {
                const link = all(p, '.tools a')
                const named = name => { const a = link.find(a => text(a) === name); return a ? a.getAttribute('href') : null }
                return {
                    id: p.id.slice(6), title: text(p.querySelector('h2')), csv: named('CSV'), json: named('JSON'),
                    empty: text(p.querySelector('.empty')), hasChart: p.querySelector('.chart') !== null,
                    heads: all(p, 'table thead th').map(text), rows: all(p, 'table tbody tr').map(r => [...r.children].map(text)),
                    figures: all(p, '.figures > div').map(d => [text(d.querySelector('dt')), text(d.querySelector('dd'))]),
                    tiles: all(p, '.tile').map(t => ({
                        title: text(t.querySelector('h3')),
                        facts: all(t, 'dl > div:not(.tags)').map(d => [text(d.querySelector('dt')), text(d.querySelector('dd'))]),
                        tags: all(t, '.tag').map(text)
                    })),
                    how: text(p.querySelector('.how p')), source: text(p.querySelector('.source'))
                }
            }))
        }"""

        /** All that the page of [look] has. */
        fun all(look: Look): List<ShownPanel> =
            Json.parseToJsonElement(look.page.evaluate(READ) as String).jsonArray.map { panel(it.jsonObject) }

        private fun panel(read: JsonObject) = ShownPanel(
            id = read.text("id").orEmpty(),
            title = read.text("title").orEmpty(),
            csv = read.text("csv"),
            json = read.text("json"),
            empty = read.text("empty"),
            hasChart = read.getValue("hasChart").jsonPrimitive.boolean,
            heads = read.getValue("heads").texts(),
            rows = read.getValue("rows").jsonArray.map { it.texts() },
            figures = read.getValue("figures").jsonArray.map { it.texts() },
            tiles = read.getValue("tiles").jsonArray.map { it.jsonObject }.map { tile ->
                Tile(tile.text("title").orEmpty(), tile.getValue("facts").jsonArray.map { it.texts() }, tile.getValue("tags").texts())
            },
            how = read.text("how"),
            source = read.text("source"),
        )

        private fun JsonObject.text(key: String): String? = getValue(key).jsonPrimitive.contentOrNull

        private fun JsonElement.texts(): List<String> = jsonArray.map { it.jsonPrimitive.contentOrNull.orEmpty() }
    }
}
