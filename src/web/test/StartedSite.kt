package twitchactors.web

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.ActorSystem
import org.apache.pekko.actor.Terminated
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path
import java.util.Base64
import java.util.concurrent.CompletionStage
import java.util.concurrent.TimeUnit

/** A started server with made-up numbers and two accounts, and a plain HTTP client. */
internal class StartedSite(folder: Path, settings: WebSettings = WebSettings(port = 0), live: LiveSource = MadeUpLive()) : AutoCloseable {
    var health: Health = Health(true, mapOf("kafka" to ServiceHealth(true), "mongo" to ServiceHealth(true)))
    val users: Users = Users.open(folder.resolve("users.json")).apply {
        create(Role.VISITOR, VISITOR, VISITORS)
        create(Role.ADMIN, ADMIN, ADMINS)
    }
    private val system: ActorSystem =
        ActorSystem.create("web", ConfigFactory.parseString("pekko.loglevel = WARNING").withFallback(ConfigFactory.load()))
    val server: WebServer = WebServer.start(system, settings, users, live, health = { health }, simulated = true)
    private val client: HttpClient = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

    fun send(method: String, path: String, vararg headers: Pair<String, String>, body: String? = null): HttpResponse<String> {
        val request = HttpRequest.newBuilder(URI("http://127.0.0.1:${server.port}$path"))
        headers.forEach { (name, value) -> request.header(name, value) }
        if (body != null) request.header("Content-Type", "application/x-www-form-urlencoded")
        request.method(method, if (body == null) HttpRequest.BodyPublishers.noBody() else HttpRequest.BodyPublishers.ofString(body))
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
    }

    fun get(path: String, vararg headers: Pair<String, String>): HttpResponse<String> = send("GET", path, *headers)

    fun enter(name: String, password: String, vararg headers: Pair<String, String>): HttpResponse<String> {
        val form = get("/login")
        val body = form("csrf" to token(form.body()), "name" to name, "password" to password)
        return send("POST", "/login", "Cookie" to cookie(form), *headers, body = body)
    }

    /** The session of [name] as a Cookie header's value. */
    fun session(name: String, password: String): String = cookie(enter(name, password).also { check(it.statusCode() == 303) { it.body() } })

    override fun close() {
        server.stop()
        val ended: CompletionStage<Terminated> = system.apply { terminate() }.whenTerminated
        ended.toCompletableFuture().get(10, TimeUnit.SECONDS)
    }

    companion object {
        const val VISITOR = "visitor"
        const val VISITORS = "visitorpassword"
        const val ADMIN = "ann"
        const val ADMINS = "a-longer-password"

        fun form(vararg fields: Pair<String, String>): String =
            fields.joinToString("&") { (name, value) -> name + "=" + URLEncoder.encode(value, Charsets.UTF_8) }

        fun token(page: String): String = checkNotNull(Regex("""name="csrf" value="([0-9a-f]+)"""").find(page)) { page }.groupValues[1]

        fun cookie(answer: HttpResponse<String>): String = answer.headers().firstValue("set-cookie").get().substringBefore(';')

        fun basic(name: String, password: String): Pair<String, String> =
            "Authorization" to "Basic " + Base64.getEncoder().encodeToString("$name:$password".toByteArray())
    }
}
