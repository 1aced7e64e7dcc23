package twitchactors.dashboard

/** What the template of a panel shows, worked out. */
internal class PanelView(val answered: Answered) {
    class Figure(val title: String, val text: String, val isNumber: Boolean, val change: String?, val mood: String)

    val panel: Panel get() = answered.panel
    val table: Table get() = answered.table
    val id: String get() = panel.id
    val isEmpty: Boolean get() = table.rows.isEmpty()

    /** Null, too, when nothing of it could be seen. */
    val chart: Look.Chart? = (panel.look as? Look.Chart)?.takeIf { look -> table.rows.any { row -> look.isSeen { number(row, it) } } }

    /** Whether there are rows, and a chart of them would have no marks. */
    val hasNoMarks: Boolean get() = panel.look is Look.Chart && chart == null && !isEmpty

    private fun number(row: Row, column: String): Double? = (row.values[table.index(column)] as? Number)?.toDouble()

    /** How much room a chart needs: what lies in lanes needs less when there are few. */
    val chartRoom: String get() {
        val look = chart ?: return ""
        val lanes = table.rows.distinctBy { it.values.first() }.size
        return when {
            !look.tall || lanes in FEW until MANY -> ""
            lanes < FEW -> "low"
            else -> "tall"
        }
    }

    val chartJson: String get() = chart?.let { PanelJson.chart(answered, it).toString() }.orEmpty()
    val isFigures: Boolean get() = panel.look == Look.Figures && !isEmpty
    val isCards: Boolean get() = panel.look == Look.Cards && !isEmpty
    val cells: Look.Cells? get() = (panel.look as? Look.Cells)?.takeUnless { isEmpty }

    class Cell(val title: String, val group: String, val value: String, val colour: String)

    /** The boxes of [cells]; groups have colours in the order of their names, beyond the seventh none. */
    fun boxes(look: Look.Cells): List<Cell> {
        val (cell, group, value) = listOf(look.cell, look.group, look.value).map(table::index)
        val groups = table.rows.map { text(it, group) }.distinct().sorted()
        return table.rows.map { Cell(text(it, cell), text(it, group), text(it, value), "of${groups.indexOf(text(it, group)) + 1}") }
    }

    val isOpenTable: Boolean get() = panel.look == Look.Rows && !isEmpty

    val source: String get() = listOfNotNull("Source: " + panel.origin.text, table.coverage).joinToString(" · ")

    private fun fields(): Map<String, String> = answered.question.period.query() +
        panel.choices.associate { it.name to answered.question.choice(it) }.filterValues { it.isNotEmpty() } +
        listOfNotNull(answered.question.subject?.let { Dashboard.SUBJECT to it })

    val csv: String get() = Question.address("/api/v1/panels/$id.csv", fields())
    val json: String get() = Question.address("/api/v1/panels/$id", fields())
    val fragment: String get() = Question.address("/panel/$id", fields())
    val trigger: String? get() = panel.refreshSeconds?.let { "every ${it}s" }

    fun text(row: Row, column: Int): String = CellText.of(row.values[column], table.columns[column].kind, answered.question.period.zone)

    fun figures(): List<Figure> = table.columns.mapIndexed { index, column ->
        val row = table.rows.first()
        val change = CellText.change(row.values[index], answered.before?.rows?.firstOrNull()?.values?.get(index))
        val mood = when {
            change == null || change.startsWith("±") -> "even"
            change.startsWith("−") -> "down"
            else -> "up"
        }
        Figure(column.title, text(row, index), column.kind.isNumber, change, mood)
    }

    /** How long a number is beside the greatest of its column, in percent: for a bar behind it. */
    fun percent(row: Row, column: Int): Int {
        val value = (row.values[column] as? Number)?.toDouble() ?: return 0
        val most = table.rows.maxOf { (it.values[column] as? Number)?.toDouble() ?: 0.0 }
        return if (most <= 0 || value <= 0) 0 else (value * 100 / most).toInt().coerceIn(1, 100)
    }

    /** The column whose numbers have bars. */
    val barColumn: Int get() = when (val bar = table.bar) {
        null -> table.columns.indexOfFirst { it.kind.isNumber }
        "" -> NONE
        else -> table.index(bar)
    }

    val inWords: String get() = "${panel.title}: chart of ${table.rows.size} values. The same numbers are in the table below it."

    private companion object {
        const val NONE = -1
        const val FEW = 4
        const val MANY = 8
    }
}
