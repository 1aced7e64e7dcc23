package twitchactors.dashboard

import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Instant
import java.time.LocalDate

class PanelOutputTest {
    private val table = Table(
        listOf(Column.text("name", "Name"), Column.count("count", "Count"), Column.share("share", "Share"), Column.date("day", "Day")),
        listOf(
            Row(listOf("<script>alert(\"1\")</script>, 🦇", 1_234_567, 0.25, LocalDate.parse("2022-08-01")), href = "/categories/a%2Fb"),
            Row("=1+1", null, 1.0 / 3, null),
        ),
        coverage = "half",
    )

    private fun answered(look: Look, table: Table = this.table): Answered {
        val panel = Panel("made-up", "Made up", "By hand.", Origin.NODE, look) { table }
        return Answered(panel, Questions.about(Instant.parse("2022-08-02T00:00:00Z")), table)
    }

    @Test
    fun `a CSV is quoted, has full numbers, and no cell that a spreadsheet would run`() {
        val lines = PanelCsv.of(table).split("\r\n")
        assertEquals("name,count,share,day", lines[0])
        assertEquals("\"<script>alert(\"\"1\"\")</script>, 🦇\",1234567,0.25,2022-08-01", lines[1])
        assertEquals("'=1+1,,0.3333,", lines[2])
        assertEquals("", lines[3])
    }

    @Test
    fun `JSON has the values as they are, with period, source and formula`() {
        val json = PanelJson.of(answered(Look.Rows))
        val first = json.getValue("rows").jsonArray.first().jsonObject
        assertEquals("1234567", first.getValue("count").jsonPrimitive.content)
        assertEquals("<script>alert(\"1\")</script>, 🦇", first.getValue("name").jsonPrimitive.content)
        assertEquals("By hand.", json.getValue("how").jsonPrimitive.content)
        assertEquals(Origin.NODE.text, json.getValue("source").jsonPrimitive.content)
        assertEquals("2022-08-02T01:00:00Z", json.getValue("period").jsonObject.getValue("to").jsonPrimitive.content)
    }

    @Test
    fun `whatever the look, names stay text, and every chart has its table`() {
        val looks = listOf(
            Look.Figures, Look.Rows, Look.Cards, Look.Bars("name", "count", lying = true), Look.Lines("day", listOf("count")),
            Look.Heat("name", "day", "share"), Look.Calendar("day", "share"), Look.Scatter("count", "share", "name"),
            Look.SeriesLines("day", "name", "count"), Look.Lines("day", listOf("count"), marks = listOf("name")),
            Look.Stacked("name", listOf("count", "share")), Look.Grouped("name", listOf("share")), Look.Venn("name", "day", "count"),
            Look.Flow("day", "name", "count"),
        )
        for (look in looks) {
            val html = BoardPages.panel(PanelView(answered(look)))
            assertFalse("<script" in html, "$look")
            assertTrue("&lt;script&gt;" in html || look == Look.Figures, "$look: $html")
            assertTrue("How is this computed?" in html && "By hand." in html && "half" in html, "$look")
            if (look is Look.Chart) assertTrue("1,234,567" in html && "25.0 %" in html, "$look")
        }
    }

    @Test
    fun `a panel without rows says why, and leads to where there is something`() {
        val nothing =
            Table(emptyList(), emptyList(), why = "Nothing was swept.", elsewhere = Table.Elsewhere("Show July", "/?from=2022-07-01"))
        val html = BoardPages.panel(PanelView(answered(Look.Bars("a", "b"), nothing)))
        assertTrue("Nothing was swept." in html && "href=\"/?from=2022-07-01\"" in html && "Show July" in html)
        assertFalse("data-chart" in html)
    }

    @Test
    fun `a chart that would have no marks is none, says so, and has its table`() {
        fun of(vararg numbers: Any?) = Table(
            listOf(Column.text("name", "Name"), Column.count("x", "X"), Column.count("y", "Y")),
            numbers.mapIndexed { row, number -> Row("row $row", number, 0) },
        )
        val bars = listOf(Look.Bars("name", "x"), Look.Grouped("name", listOf("x", "y")), Look.Stacked("name", listOf("x", "y")))
        val seen = listOf(Look.Lines("name", listOf("x")), Look.Heat("name", "name", "x"), Look.Calendar("name", "x"))
        val others = listOf(Look.Flow("name", "name", "x"), Look.Venn("name", "name", "x"), Look.SeriesLines("name", "name", "x"))
        for (look in bars + seen + others + Look.Scatter("x", "y", "name")) {
            val html = BoardPages.panel(PanelView(answered(look, of(null, null))))
            assertTrue("nothing to draw" in html && "row 1" in html && "CSV" in html, "$look: $html")
            assertFalse("data-chart" in html || "PNG" in html, "$look")
        }
        for (look in bars) assertTrue("nothing to draw" in BoardPages.panel(PanelView(answered(look, of(0, 0)))), "$look")
        assertTrue("nothing to draw" in BoardPages.panel(PanelView(answered(Look.Scatter("x", "y", "name"), of(5, 7)))))
        for (look in seen) assertTrue("data-chart" in BoardPages.panel(PanelView(answered(look, of(0, null)))), "$look")
        for (look in bars) assertTrue("data-chart" in BoardPages.panel(PanelView(answered(look, of(null, 3)))), "$look")
    }

    @Test
    fun `what lies in lanes has room by their number, and circles have it whole`() {
        fun room(look: Look, rows: Int) =
            PanelView(answered(look, Table(table.columns, List(rows) { Row("n$it", 7, 0.1, null) }))).chartRoom
        assertEquals(listOf("low", "", "tall"), listOf(3, 5, 8).map { room(Look.Bars("name", "count", lying = true), it) })
        assertEquals(listOf("", ""), listOf(2, 3).map { room(Look.Venn("name", "day", "count"), it) })
    }

    @Test
    fun `a name goes through an address and comes out as it was`() {
        for (name in listOf("Just Chatting", "A/B", "50 % + 1", "🦇", "<script>", "a?b&c=d#e", "..", "Pokémon: ワ")) {
            val path = CategoryLinks.page(name)
            assertTrue(Regex("/categories/[A-Za-z0-9%._*-]+").matches(path), path)
            assertEquals(name, Question.ofPiece(path.removePrefix("/categories/")))
        }
        assertEquals(null, Question.ofPiece(""))
        assertEquals(null, Question.ofPiece("%zz"))
    }

    @Test
    fun `a change is said in words that fit its size`() {
        assertEquals("+50.0 %", CellText.change(150, 100L))
        assertEquals("−25.0 %", CellText.change(75.0, 100))
        assertEquals("± 0 %", CellText.change(100, 100))
        assertEquals("× 20", CellText.change(2000, 100))
        assertEquals(null, CellText.change(5, 0))
        assertEquals(null, CellText.change(null, 5))
    }

    @Test
    fun `a decimal has one place, and no sign when it is nearly nothing`() {
        val texts = listOf(-0.04, 0.04, -0.06, 12.34, 2_500.4).map { CellText.of(it, Column.Kind.DECIMAL, Zone.UTC) }
        assertEquals(listOf("0.0", "0.0", "-0.1", "12.3", "2,500"), texts)
    }
}
