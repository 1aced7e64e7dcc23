package twitchactors.twitch

/** HTML of the few pages. */
internal object Markup {
    fun text(plain: String): String = buildString(plain.length + 16) {
        for (char in plain) {
            when (char) {
                '&' -> append("&amp;")
                '<' -> append("&lt;")
                '>' -> append("&gt;")
                '"' -> append("&quot;")
                '\'' -> append("&#39;")
                else -> append(char)
            }
        }
    }

    /** A page that says what it is. [content] is HTML. */
    fun page(title: String, content: String, head: String = ""): String = "<!DOCTYPE html>\n" +
        "<html lang=\"en\"><head><meta charset=\"utf-8\"><title>${text(title)} (SIMULATED)</title>$head</head>\n" +
        "<body><p class=\"simulated\">SIMULATED: this is not Twitch, and nobody here exists.</p>\n$content\n</body></html>\n"
}
