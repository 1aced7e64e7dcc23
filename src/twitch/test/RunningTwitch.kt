package twitchactors.twitch

import com.typesafe.config.ConfigFactory
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.apache.pekko.actor.ActorSystem
import org.apache.pekko.actor.Terminated
import twitchactors.simulator.World
import twitchactors.simulator.WorldDay
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path
import java.util.concurrent.CompletionStage
import java.util.concurrent.TimeUnit

/** A simulated Twitch that runs, by a clock that the test moves, with a plain HTTP client. */
internal class RunningTwitch(
    val time: ManualTime = ManualTime(),
    val world: World = WORLD,
    settings: SimulatedTwitchSettings = SimulatedTwitchSettings(),
) : AutoCloseable {
    private val system: ActorSystem =
        ActorSystem.create(
            "twitch",
            ConfigFactory.parseString("pekko.loglevel = OFF\npekko.stdout-loglevel = OFF").withFallback(ConfigFactory.load()),
        )
    val twitch: SimulatedTwitch = SimulatedTwitch.start(system, world, time.clock, settings)
    val client: HttpClient = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    val accounts = Accounts(world, settings.moderated)
    val app: String by lazy { tokenOf(post("/oauth2/token", APP, "grant_type" to "client_credentials")) }
    val collector: String by lazy { grant(SimulatedTwitchSettings.COLLECTOR, HelixChatters.SCOPE, "chat:read") }

    /** The day and slot that it is. */
    val day: WorldDay get() = world.day(checkNotNull(twitchactors.domain.Day.at(time.clock.millis() / 1000)))
    val slot: Int get() = (time.clock.millis() / 1000 / 300 % 288).toInt()

    fun send(method: String, path: String, vararg headers: Pair<String, String>, body: String? = null): HttpResponse<String> {
        val request = HttpRequest.newBuilder(URI(twitch.url + path))
        headers.forEach { (name, value) -> request.header(name, value) }
        request.method(method, if (body == null) HttpRequest.BodyPublishers.noBody() else HttpRequest.BodyPublishers.ofString(body))
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
    }

    fun helix(path: String, token: String = app): HttpResponse<String> =
        send("GET", "/helix$path", "Authorization" to "Bearer $token", "Client-Id" to SimulatedTwitchSettings.CLIENT_ID)

    fun post(path: String, vararg fields: Pair<String, String>): HttpResponse<String> = send(
        "POST",
        path,
        "Content-Type" to "application/x-www-form-urlencoded",
        body = fields.joinToString("&") { (name, value) -> name + "=" + URLEncoder.encode(value, Charsets.UTF_8) },
    )

    fun post(path: String, fields: Array<Pair<String, String>>, vararg more: Pair<String, String>) = post(path, *fields, *more)

    fun chatters(streamer: Int, more: String = "", token: String = collector, user: Int = Accounts.COLLECTOR): HttpResponse<String> =
        helix("/chat/chatters?broadcaster_id=${accounts.id(streamer)}&moderator_id=${accounts.id(user)}$more", token)

    /** The rows of all pages of a listing. */
    fun pages(first: (more: String) -> HttpResponse<String>): List<JsonArray> {
        val pages = ArrayList<JsonArray>()
        var cursor: String? = null
        do {
            val reply = json(first(cursor?.let { "&after=$it" }.orEmpty()).also { check(it.statusCode() == 200) { it.body() } })
            pages += reply.getValue("data").jsonArray
            cursor = cursor(reply)
        } while (cursor != null && pages.size < 1_000)
        return pages
    }

    /** An access token that the account granted by the device code flow. */
    fun grant(login: String, vararg scopes: String): String {
        val code = json(post("/oauth2/device", PUBLIC, "scopes" to scopes.joinToString(" ")))
        check(post("/activate", "device-code" to text(code, "user_code"), "login" to login).statusCode() == 200)
        return tokenOf(post("/oauth2/token", PUBLIC, "grant_type" to DEVICE, "device_code" to text(code, "device_code")))
    }

    fun switch(fault: String) = check(send("POST", "/simulator/faults", "Content-Type" to "text/plain", body = fault).statusCode() == 200)

    fun counts(): JsonObject = json(send("GET", "/simulator/counts"))

    override fun close() {
        twitch.stop()
        val ended: CompletionStage<Terminated> = system.apply { terminate() }.whenTerminated
        ended.toCompletableFuture().get(10, TimeUnit.SECONDS)
    }

    companion object {
        const val STREAMERS = 80

        /** The chats of the largest have more than a thousand in the evening. */
        val WORLD = World(seed = 7, viewers = 24_000, streamers = STREAMERS)
        val PUBLIC = arrayOf("client_id" to SimulatedTwitchSettings.CLIENT_ID)
        val APP = PUBLIC + ("client_secret" to SimulatedTwitchSettings.CLIENT_SECRET)
        const val DEVICE = "urn:ietf:params:oauth:grant-type:device_code"

        fun settingsTo(log: Path) = SimulatedTwitchSettings(served = log)

        fun json(reply: HttpResponse<String>): JsonObject = Json.parseToJsonElement(reply.body()).jsonObject

        fun text(from: JsonObject, member: String): String = from.getValue(member).jsonPrimitive.content

        fun number(from: JsonObject, vararg path: String): Long =
            path.dropLast(1).fold(from) { at, member -> at.getValue(member).jsonObject }.getValue(path.last()).jsonPrimitive.long

        fun tokenOf(reply: HttpResponse<String>): String = text(json(reply), "access_token")

        fun cursor(reply: JsonObject): String? = reply.getValue("pagination").jsonObject["cursor"]?.jsonPrimitive?.content

        fun message(reply: HttpResponse<String>): String = text(json(reply), "message")

        fun logins(rows: Iterable<JsonArray>): List<String> = rows.flatten().map { text(it.jsonObject, "user_login") }
    }
}
