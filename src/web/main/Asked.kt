package twitchactors.web

/**
 * A request, free of the HTTP library.
 *
 * @param path as it was asked for, with its percent signs, without the query
 * @param headers by lower-case name; of several with one name, the last
 * @param form the fields of a posted form; empty for all else
 * @param address of the one who asks
 * @param https whether the browser's side is encrypted: cookies are then marked Secure
 * @param id names this request in errors and logs
 * @param query the fields behind the question mark; of several with one name, the last
 */
class Asked(
    val method: String,
    val path: String,
    private val headers: Map<String, String>,
    val form: Map<String, String>,
    val address: String,
    val https: Boolean,
    val id: String,
    val query: Map<String, String> = emptyMap(),
) {
    private val cookies: Map<String, String> by lazy {
        header("cookie").orEmpty().split(';').mapNotNull { part ->
            part.trim().split('=', limit = 2).takeIf { it.size == 2 }?.let { (name, value) -> name to value }
        }.toMap()
    }

    val reads: Boolean get() = method == "GET" || method == "HEAD"
    val api: Boolean get() = path == "/api" || path.startsWith("/api/")

    fun header(name: String): String? = headers[name]

    fun cookie(name: String): String? = cookies[name]

    fun accepts(type: String): Boolean = type in header("accept").orEmpty()
}
