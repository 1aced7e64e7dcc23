package twitchactors.browser

import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration

/** Asks the site without a browser, and follows nothing: whatever is sent can be chosen. */
internal class Caller(val site: String) {
    private val client: HttpClient = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER).build()

    /** @param path with what is behind the question mark */
    fun get(path: String, session: Session? = null, headers: Map<String, String> = emptyMap()): Reply =
        send("GET", path, null, cookies(session) + headers)

    /** Sends a form as a browser does, but with no more than [headers] about where it comes from. */
    fun post(path: String, form: Map<String, String>, session: Session? = null, headers: Map<String, String> = emptyMap()): Reply {
        val body = form.entries.joinToString("&") { (name, value) -> code(name) + "=" + code(value) }
        return send("POST", path, body, cookies(session) + mapOf("Content-Type" to "application/x-www-form-urlencoded") + headers)
    }

    fun send(method: String, path: String, body: String?, headers: Map<String, String>): Reply {
        val request = HttpRequest.newBuilder(URI.create(site + path)).timeout(PATIENCE)
            .method(method, if (body == null) BodyPublishers.noBody() else BodyPublishers.ofString(body))
        headers.forEach { (name, value) -> request.header(name, value) }
        val reply = client.send(request.build(), BodyHandlers.ofByteArray())
        return Reply(reply.statusCode(), reply.headers().map().mapKeys { it.key.lowercase() }, reply.body())
    }

    /** Logs in by the form. */
    fun logIn(account: Account): Session {
        val door = get("/login", headers = PAGE)
        val reply = post(
            "/login",
            mapOf("csrf" to token(door), "name" to account.name, "password" to account.password),
            headers = mapOf("Cookie" to cookie(door, "twitchactors_form")),
        )
        check(reply.status == 303) { "${account.name} cannot log in: $reply" }
        val cookie = cookie(reply, Session.NAME)
        return Session(account, cookie.substringAfter('='), token(get("/", headers = PAGE + mapOf("Cookie" to cookie))))
    }

    companion object {
        private val PATIENCE: Duration = Duration.ofSeconds(60)
        private val TOKEN = Regex("name=\"csrf\" value=\"([^\"]+)\"")

        /** What a browser says that wants a page. */
        val PAGE = mapOf("Accept" to "text/html")

        /** That of the first form of a page. */
        fun token(page: Reply): String = checkNotNull(TOKEN.find(page.text)) { "no form: $page" }.groupValues[1]

        /** `name=value` of a cookie that is set. */
        fun cookie(reply: Reply, name: String): String =
            reply.headers["set-cookie"].orEmpty().map { it.substringBefore(';') }.last { it.startsWith("$name=") }

        fun code(text: String): String = URLEncoder.encode(text, Charsets.UTF_8)

        private fun cookies(session: Session?): Map<String, String> = session?.let { mapOf("Cookie" to it.header) }.orEmpty()
    }
}
