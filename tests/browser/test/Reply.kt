package twitchactors.browser

/**
 * What the site answered.
 *
 * @param headers by lower-case name
 */
internal class Reply(val status: Int, val headers: Map<String, List<String>>, val body: ByteArray) {
    val text: String by lazy { body.decodeToString() }

    fun header(name: String): String? = headers[name]?.last()

    val isPage: Boolean get() = header("content-type").orEmpty().startsWith("text/html")

    override fun toString() = "$status ${header("location").orEmpty()} ${text.take(300)}"
}
