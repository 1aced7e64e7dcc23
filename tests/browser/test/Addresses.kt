package twitchactors.browser

/** Addresses that a page of the site names, of the same site. */
internal object Addresses {
    private val NAMED = Regex("(?:href|src|action|hx-get|hx-post|data-href)=\"(/[^\"]*)\"")
    private val POSTED = Regex("<form[^>]*>", RegexOption.IGNORE_CASE)
    private val ACTION = Regex("action=\"(/[^\"]*)\"")

    /** What can be asked for: links, files, fragments and where forms are sent to by GET, each once. */
    fun of(page: String): List<String> = (NAMED.findAll(page).map { it.groupValues[1] } - posted(page).toSet())
        .map { Markup.text(it) }.filterNot { it.startsWith("//") }.map { it.substringBefore('#') }.distinct().toList()

    /** Where forms are sent to by POST. */
    fun posted(page: String): List<String> = POSTED.findAll(page).map { it.value }.filter { "method=\"post\"" in it.lowercase() }
        .mapNotNull { ACTION.find(it)?.groupValues?.get(1) }.distinct().toList()
}
