package twitchactors.twitch

import com.networknt.schema.InputFormat
import com.networknt.schema.JsonSchemaFactory
import com.networknt.schema.SpecVersion
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import twitchactors.twitch.RunningTwitch.Companion.APP
import twitchactors.twitch.RunningTwitch.Companion.DEVICE
import twitchactors.twitch.RunningTwitch.Companion.PUBLIC
import twitchactors.twitch.RunningTwitch.Companion.json
import twitchactors.twitch.RunningTwitch.Companion.text
import java.net.http.HttpResponse

/** Every reply has exactly the members that Twitch documents, each of the documented shape: by the schemas beside this file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class RepliesIT {
    private val running = RunningTwitch()
    private val schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)

    @AfterAll
    fun stop() = running.close()

    @Test
    fun `listings of Helix`() {
        fits("streams", running.helix("/streams?first=100"))
        fits("streams", running.helix("/streams?first=3"))
        fits("games-top", running.helix("/games/top?first=3"))
        fits("games", running.helix("/games?name=Chess"))
        fits("users", running.helix("/users?login=${running.world.names[0]}&login=${running.world.names[900]}"))
        fits("users", running.helix("/users", running.collector))
        for (streamer in 0 until RunningTwitch.STREAMERS) fits("chatters", running.chatters(streamer, "&first=1000"))
    }

    @Test
    fun `tokens and device codes`() {
        fits("app-token", running.post("/oauth2/token", APP, "grant_type" to "client_credentials"))
        val code = running.post("/oauth2/device", PUBLIC, "scopes" to "chat:read moderator:read:chatters")
        fits("device", code)
        running.post("/activate", "device-code" to text(json(code), "user_code"), "login" to running.world.names[3])
        val token = running.post("/oauth2/token", PUBLIC, "grant_type" to DEVICE, "device_code" to text(json(code), "device_code"))
        fits("user-token", token)
        val renewed = running.post(
            "/oauth2/token",
            PUBLIC,
            "grant_type" to "refresh_token",
            "refresh_token" to text(json(token), "refresh_token"),
        )
        fits("user-token", renewed)
        fits("validate-user", running.send("GET", "/oauth2/validate", "Authorization" to "OAuth ${running.collector}"))
        fits("validate-app", running.send("GET", "/oauth2/validate", "Authorization" to "Bearer ${running.app}"))
    }

    @Test
    fun errors() {
        fits("error", running.helix("/streams?first=1000"), 400)
        fits("error", running.helix("/streams", "no-token"), 401)
        fits("error", running.chatters(0, user = 3), 401)
        fits("error", running.helix("/nothing"), 404)
        fits("refused", running.post("/oauth2/token", APP), 400)
        fits("refused", running.post("/oauth2/token", PUBLIC, "grant_type" to DEVICE, "device_code" to "x"), 400)
        fits("refused", running.send("GET", "/oauth2/validate"), 401)
    }

    @Test
    fun `all pages of a listing, and listings of nothing`() {
        val lists = listOf("streams" to "/streams?first=20", "games-top" to "/games/top?first=2", "chatters" to chattersOf(0))
        for ((schema, path) in lists) {
            val pages = running.pages { more -> running.helix(path + more, running.collector).also { fits(schema, it) } }
            assertTrue(pages.size > 1, "$path has one page only")
        }
        fits("streams", running.helix("/streams?user_login=nobody_at_all"))
        fits("games", running.helix("/games?name=nothing%20of%20the%20kind"))
        fits("users", running.helix("/users?login=nobody_at_all"))
    }

    @Test
    fun `every listing of Helix refuses in the same shape`() {
        val listings =
            listOf("/streams?first=5", "/games/top", "/games?name=Chess", "/users?login=${running.world.names[0]}", chattersOf(1))
        for (path in listings) {
            fits("error", running.helix(path, "no-token"), 401)
            fits("error", running.send("GET", "/helix$path"), 401)
            val other = running.send("GET", "/helix$path", "Authorization" to "Bearer ${running.collector}", "Client-Id" to "another")
            fits("error", other, 401)
            for ((fault, statuses) in listOf("server-error" to 500..503, "too-many-requests" to 429..429)) {
                running.switch("$fault:1")
                val reply = running.helix(path, running.collector)
                assertTrue(reply.statusCode() in statuses, "$fault: ${reply.statusCode()}")
                fits("error", reply, reply.statusCode())
                running.send("DELETE", "/simulator/faults")
            }
            // Of games something has to be asked for; the others have numbers that can be wrong.
            val wrong = path.substringBefore('?') + if ("/games?" in path) "" else "?first=0&user_id=x&id=x"
            fits("error", running.helix(wrong, running.collector), 400)
        }
        val stranger = running.grant(running.world.names[5], HelixChatters.SCOPE)
        val ofStranger = running.chatters(0, token = stranger, user = 5)
        fits("error", ofStranger, 403)
    }

    @Test
    fun `every endpoint of OAuth refuses in the same shape`() {
        fits("refused", running.post("/oauth2/token", PUBLIC + ("client_secret" to "wrong"), "grant_type" to "client_credentials"), 403)
        fits("refused", running.post("/oauth2/token", "client_id" to "another", "grant_type" to "client_credentials"), 400)
        fits("error", running.post("/oauth2/token", PUBLIC, "grant_type" to "refresh_token", "refresh_token" to "x"), 400)
        fits("refused", running.post("/oauth2/device", "client_id" to "another", "scopes" to "chat:read"), 400)
        fits("refused", running.send("GET", "/oauth2/validate", "Authorization" to "OAuth x"), 401)
        val code = running.post("/oauth2/device", PUBLIC, "scopes" to "chat:read")
        val early = running.post("/oauth2/token", PUBLIC, "grant_type" to DEVICE, "device_code" to text(json(code), "device_code"))
        fits("refused", early, 400)
    }

    /** The chatters of a streamer, as far as the query goes. */
    private fun chattersOf(streamer: Int) =
        "/chat/chatters?first=100&broadcaster_id=${running.accounts.id(streamer)}&moderator_id=${running.accounts.id(Accounts.COLLECTOR)}"

    private fun fits(schema: String, reply: HttpResponse<String>, status: Int = 200) {
        assertEquals(status, reply.statusCode(), reply.body())
        assertEquals("application/json", reply.headers().firstValue("Content-Type").get())
        val file = checkNotNull(javaClass.getResourceAsStream("/schemas/$schema.json"))
        assertEquals(
            emptySet<Any>(),
            file.use {
                schemas.getSchema(it)
            }.validate(reply.body(), InputFormat.JSON),
            "$schema: ${reply.body().take(500)}",
        )
    }
}
