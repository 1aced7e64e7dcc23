package twitchactors.browser

import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import org.apache.commons.csv.CSVFormat
import org.apache.commons.csv.CSVRecord
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.extension.ExtendWith
import java.io.StringReader
import java.math.BigDecimal

/** Every panel of every page of the running site says the same on the page, as JSON and as CSV, and says how and out of what. */
@ExtendWith(Stage::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(3)
internal class PanelsIT(private val demo: StartedDemo, private val chromium: Chromium) {
    private val caller = demo.caller

    /** A window for each, which stays open. */
    private val looks = HashMap<Account, Look>()

    private fun look(account: Account) = looks.getOrPut(account) { chromium.open(caller.site, demo.session(account)) }

    @AfterAll
    fun close() = looks.values.forEach { it.close() }

    @TestFactory
    fun `each panel is the same on the page, as JSON and as CSV`(): List<DynamicTest> {
        demo.settle()
        return listOf(demo.visitor to VIEWS, demo.admin to VIEWS.take(1)).flatMap { (account, views) ->
            val session = demo.session(account)
            SitePages.all(caller, session).map { path ->
                DynamicTest.dynamicTest("$path for ${account.role}") { views.forEach { compare(account, SitePages.with(path, it)) } }
            }
        }
    }

    private fun compare(account: Account, address: String) {
        val look = look(account)
        // Numbers of memory and the like change from second to second; an answer is kept for some, in which all forms are the same.
        eventually("$address agrees with itself") {
            look.go(address)
            ShownPanel.all(look).firstNotNullOfOrNull { difference(demo.session(account), it) }?.let { "$address: $it" }
        }
        look.assertNoTrouble()
    }

    /** The first thing that is not as it is to be. */
    private fun difference(session: Session, panel: ShownPanel): String? {
        val where = panel.id
        if (panel.how.isNullOrEmpty() || panel.source.isNullOrEmpty()) return "$where does not say how or out of what"
        if (panel.empty != null) return if (panel.empty.length < 10) "$where is empty and does not say why" else null
        if (panel.csv == null || panel.json == null) return "$where has no CSV or JSON"
        val data = PanelData.of(caller.get(panel.json, session))
        val csv = caller.get(panel.csv, session)
        if (csv.header("content-type") != "text/csv; charset=UTF-8") return "$where: the CSV is ${csv.header("content-type")}"
        return csvDiffers(data, CSVFormat.RFC4180.parse(StringReader(csv.text)).records)?.let { "$where as CSV: $it" }
            ?: pageDiffers(data, panel)?.let { "$where on the page: $it" }
    }

    private fun csvDiffers(data: PanelData, records: List<CSVRecord>): String? {
        if (records.first().toList() != data.columns.map { it.key }) return "the columns are ${records.first().toList()}"
        if (records.size != data.rows.size + 1) return "${records.size - 1} rows for ${data.rows.size}"
        data.rows.forEachIndexed { i, row ->
            data.columns.forEachIndexed { j, column ->
                val (wanted, found) = row.getValue(column.key) to records[i + 1][j]
                if (!same(wanted, found)) return "row $i, ${column.key}: '$found' for '$wanted'"
            }
        }
        return null
    }

    private fun same(wanted: JsonPrimitive, found: String): Boolean = when {
        wanted is JsonNull -> found.isEmpty()
        wanted.isString -> found == wanted.content || found == "'" + wanted.content && wanted.content.first() in "=+-@\t\r"
        else -> BigDecimal(found).compareTo(BigDecimal(wanted.content)) == 0
    }

    private fun pageDiffers(data: PanelData, panel: ShownPanel): String? = when {
        panel.heads.isNotEmpty() -> tableDiffers(data, panel)
        panel.figures.isNotEmpty() -> figuresDiffer(data, panel)
        panel.tiles.isNotEmpty() -> tilesDiffer(data, panel)
        data.rows.isEmpty() -> null
        else -> "its numbers are nowhere to be read"
    }

    private fun tableDiffers(data: PanelData, panel: ShownPanel): String? {
        if (panel.heads != data.columns.map { it.title }) return "the heads are ${panel.heads}"
        if (panel.rows.size != data.rows.size) return "${panel.rows.size} rows for ${data.rows.size}"
        data.rows.forEachIndexed { i, row ->
            data.columns.forEachIndexed { j, column ->
                val wanted = Written.of(row.getValue(column.key), column.kind, data.zone)
                if (panel.rows[i][j] !in wanted) return "row $i, ${column.key}: '${panel.rows[i][j]}' is none of $wanted"
            }
        }
        return null
    }

    private fun figuresDiffer(data: PanelData, panel: ShownPanel): String? {
        if (panel.figures.map { it[0] } != data.columns.map { it.title }) return "the figures are ${panel.figures}"
        data.columns.forEachIndexed { j, column ->
            val wanted = Written.of(data.rows.single().getValue(column.key), column.kind, data.zone)
            if (panel.figures[j][1] !in wanted) return "${column.key}: '${panel.figures[j][1]}' is none of $wanted"
        }
        return null
    }

    private fun tilesDiffer(data: PanelData, panel: ShownPanel): String? {
        if (panel.tiles.size != data.rows.size) return "${panel.tiles.size} cards for ${data.rows.size}"
        data.rows.zip(panel.tiles).forEach { (row, tile) ->
            val title = data.columns.first()
            val titles = Written.of(row.getValue(title.key), title.kind, data.zone)
            if (tile.title !in titles) return "a card '${tile.title}' for $titles"
            for (column in data.columns.drop(1)) {
                val value = row.getValue(column.key)
                val wanted = Written.of(value, column.kind, data.zone)
                val found = tile.facts.find { it[0] == column.title }?.get(1) ?: tile.tags.joinToString(", ")
                val isLeftOut = found.isEmpty() && value is JsonNull
                if (found !in wanted && !isLeftOut) return "${tile.title}, ${column.key}: '$found' is none of $wanted"
            }
        }
        return null
    }

    @TestFactory
    fun `a period that has nothing says so, in every panel`(): List<DynamicTest> {
        demo.settle()
        val pages = SitePages.navigation(caller, demo.session(demo.admin))
        return pages.flatMap { path -> NOTHING.map { path + it } }.map { address ->
            DynamicTest.dynamicTest(address) {
                val look = look(demo.admin)
                look.go(address)
                ShownPanel.all(look).forEach { panel ->
                    if (panel.empty != null) assertTrue(panel.empty.length >= 10, "${panel.id} is empty and does not say why")
                }
                look.assertNoTrouble()
            }
        }
    }

    @TestFactory
    fun `a period that cannot be read is said on the page, and refused by the API`(): List<DynamicTest> {
        val session = demo.session(demo.visitor)
        return UNREADABLE.map { query ->
            DynamicTest.dynamicTest(query) {
                val look = look(demo.visitor)
                look.go("/$query")
                assertEquals(1, look.texts("#page > .alert").size)
                look.assertNoTrouble()
                assertEquals(422, caller.get("/api/v1/overview$query", session).status)
                assertEquals(422, caller.get("/api/v1/panels/overview-numbers.csv$query", session).status)
            }
        }
    }

    private companion object {
        val VIEWS = listOf("", "?period=custom&from=${StartedDemo.DAYS[0]}&to=${StartedDemo.DAYS[1]}&compare=1&tz=Asia%2FTokyo")

        /** The future, and long before anything was there. */
        val NOTHING = listOf("?period=custom&from=2031-01-01&to=2031-01-02", "?period=custom&from=2001-01-01&to=2001-01-02")
        val UNREADABLE = listOf("?period=century", "?from=2022-08-03&to=2022-08-01", "?period=custom&from=yesterday", "?tz=Mars%2FOlympus")
    }
}
