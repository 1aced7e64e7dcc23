package twitchactors.browser

/** HTML as a browser reads it, as far as attributes and texts of our pages go. */
internal object Markup {
    private val ENTITY = Regex("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
    private val NAMED = mapOf("amp" to "&", "lt" to "<", "gt" to ">", "quot" to "\"", "apos" to "'")

    /** [markup] with its entities resolved. */
    fun text(markup: String): String = ENTITY.replace(markup) { found ->
        val (decimal, hex, name) = found.destructured
        when {
            name.isNotEmpty() -> NAMED.getValue(name)
            decimal.isNotEmpty() -> character(decimal.toInt())
            else -> character(hex.toInt(16))
        }
    }

    private fun character(code: Int) = if (Character.isValidCodePoint(code)) String(Character.toChars(code)) else "\uFFFD"
}
