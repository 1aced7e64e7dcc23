package twitchactors.twitch

/**
 * A request, free of the HTTP library.
 *
 * @param path decoded, without the query
 * @param query its fields in order; one may come several times
 * @param headers by lower-case name
 * @param form the fields of a posted form, or the text of another body as the field [BODY]
 */
internal class Asked(
    val method: String,
    val path: String,
    private val query: List<Pair<String, String>>,
    private val headers: Map<String, String>,
    private val form: Map<String, String> = emptyMap(),
) {
    fun header(name: String): String? = headers[name]

    /** All values of the field, in order. */
    fun all(name: String): List<String> = query.mapNotNull { (field, value) -> value.takeIf { field == name } }

    fun one(name: String): String? = query.firstOrNull { it.first == name }?.second

    /** A field of the form; Twitch's token endpoint also takes it from the query. */
    fun field(name: String): String? = form[name] ?: one(name)

    companion object {
        const val BODY = "\u0000body"
    }
}
