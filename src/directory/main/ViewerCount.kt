package twitchactors.directory

/** Numbers of viewers as pages write them, in several languages. */
object ViewerCount {
    private const val SPACE = "[ \\u00a0\\u2009\\u202f]"

    /** A number of up to four digits with a fraction, and what it is multiplied by: `12.3K`, `12,5 k`, `1.2M`, `1,2 Mio.`. */
    private val ROUNDED = Regex(
        "([0-9]{1,4})(?:[.,]([0-9]{1,2}))?$SPACE?(k|m|b|mil|tsd|mio|mrd|тыс|млн)\\.?(?!\\p{L})(.*)",
        RegexOption.IGNORE_CASE,
    )

    /** All digits, alone or in groups of three: `999`, `1 234`, `1,234,567`, `1.234`. */
    private val EXACT = Regex("([0-9]{1,3}(?:([.,'’]|$SPACE)[0-9]{3}(?:\\2[0-9]{3})*)|[0-9]{1,10})(?![0-9.,'’])(.*)")

    /** What may follow: words such as `viewers`. */
    private val WORDS = Regex("(?:$SPACE+\\p{L}+){0,3}$SPACE*")

    private val FACTORS = mapOf(
        "k" to 1_000L,
        "tsd" to 1_000L,
        "mil" to 1_000L,
        "тыс" to 1_000L,
        "m" to 1_000_000L,
        "mio" to 1_000_000L,
        "млн" to 1_000_000L,
        "b" to 1_000_000_000L,
        "mrd" to 1_000_000_000L,
    )

    /** The number that [text] begins with and of which only words follow; null when it is no number of viewers. */
    fun of(text: String): Int? {
        val plain = text.trim { it.isWhitespace() || it == '\u00a0' || it == '\u202f' }
        val viewers = rounded(plain) ?: exact(plain) ?: return null
        return if (viewers <= Int.MAX_VALUE) viewers.toInt() else null
    }

    private fun rounded(text: String): Long? {
        val parts = ROUNDED.matchEntire(text)?.groupValues ?: return null
        val (whole, fraction, unit) = parts.drop(1)
        if (!WORDS.matches(parts.last())) return null
        val factor = FACTORS.getValue(unit.lowercase())
        return whole.toLong() * factor + fraction.padEnd(2, '0').toLong() * (factor / 100)
    }

    private fun exact(text: String): Long? {
        val (number, _, rest) = EXACT.matchEntire(text)?.destructured ?: return null
        return if (WORDS.matches(rest)) number.filter { it in '0'..'9' }.toLong() else null
    }
}
