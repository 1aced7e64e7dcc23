package twitchactors.dashboard

import java.math.BigDecimal
import java.math.RoundingMode

/** A panel's table as CSV by RFC 4180, with a header. */
internal object PanelCsv {
    fun of(table: Table): String = buildString {
        line(table.columns.map { it.key })
        table.rows.forEach { row -> line(row.values.map(::text)) }
    }

    private fun StringBuilder.line(cells: List<String>) {
        append(cells.joinToString(",", transform = ::quoted)).append("\r\n")
    }

    private fun text(value: Any?): String = when (value) {
        null -> ""
        is Double -> BigDecimal(value).setScale(4, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
        is Number -> "$value"
        else -> unarmed("$value")
    }

    /** Spreadsheets take texts that begin so for formulas and run them; people who name categories could use that. */
    private fun unarmed(text: String) = if (text.isNotEmpty() && text[0] in "=+-@\t\r") "'$text" else text

    private fun quoted(text: String): String =
        if (text.any { it == ',' || it == '"' || it == '\n' || it == '\r' }) "\"" + text.replace("\"", "\"\"") + "\"" else text
}
