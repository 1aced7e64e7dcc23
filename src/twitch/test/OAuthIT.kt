package twitchactors.twitch

import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import twitchactors.twitch.RunningTwitch.Companion.APP
import twitchactors.twitch.RunningTwitch.Companion.DEVICE
import twitchactors.twitch.RunningTwitch.Companion.PUBLIC
import twitchactors.twitch.RunningTwitch.Companion.json
import twitchactors.twitch.RunningTwitch.Companion.message
import twitchactors.twitch.RunningTwitch.Companion.number
import twitchactors.twitch.RunningTwitch.Companion.text
import twitchactors.twitch.RunningTwitch.Companion.tokenOf
import java.net.http.HttpResponse
import java.time.Duration

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class OAuthIT {
    private val running = RunningTwitch()

    @AfterAll
    fun stop() = running.close()

    @Test
    fun `an app gets a token with its secret only`() {
        val grant = "grant_type" to "client_credentials"
        assertEquals("missing client id", refused(400, running.post("/oauth2/token", grant)))
        assertEquals("invalid client", refused(400, running.post("/oauth2/token", "client_id" to "x", grant)))
        assertEquals("invalid client secret", refused(403, running.post("/oauth2/token", PUBLIC, "client_secret" to "x", grant)))
        assertEquals("missing client secret", refused(400, running.post("/oauth2/token", PUBLIC, grant)))
        assertEquals("invalid grant type", refused(400, running.post("/oauth2/token", APP, "grant_type" to "password")))
        assertEquals(200, running.post("/oauth2/token", APP, grant).statusCode())
    }

    @Test
    fun `a device waits until the user has authorized, and its code works once`() {
        val code = json(running.post("/oauth2/device", PUBLIC, "scopes" to "chat:read moderator:read:chatters"))
        fun poll() = running.post("/oauth2/token", PUBLIC, "grant_type" to DEVICE, "device_code" to text(code, "device_code"))
        assertEquals("authorization_pending", refused(400, poll()))
        val page = running.send("GET", text(code, "verification_uri").removePrefix(running.twitch.url))
        assertTrue("moderator:read:chatters" in page.body() && "SIMULATED" in page.body())
        val login = running.world.names[2]
        assertEquals(404, running.post("/activate", "device-code" to text(code, "user_code"), "login" to "<b>").statusCode())
        assertFalse("<b>" in running.post("/activate", "device-code" to text(code, "user_code"), "login" to "<b>").body())
        assertEquals(200, running.post("/activate", "device-code" to text(code, "user_code"), "login" to login).statusCode())
        val valid = validate(tokenOf(poll()))
        assertEquals(login, text(valid, "login"))
        assertEquals(running.accounts.id(2).toString(), text(valid, "user_id"))
        assertEquals(listOf("chat:read", "moderator:read:chatters"), valid.getValue("scopes").jsonArray.map { it.jsonPrimitive.content })
        assertEquals("invalid device code", refused(400, poll()))
        assertEquals(404, running.post("/activate", "device-code" to text(code, "user_code"), "login" to login).statusCode())
    }

    @Test
    fun `a page of another site can authorize nothing`() {
        val code = text(json(running.post("/oauth2/device", PUBLIC)), "user_code")
        val form = "device-code=$code&login=${SimulatedTwitchSettings.COLLECTOR}"
        fun from(origin: String) = running.send(
            "POST",
            "/activate",
            "Origin" to origin,
            "Content-Type" to "application/x-www-form-urlencoded",
            body = form,
        ).statusCode()
        assertEquals(listOf(403, 200), listOf("http://evil.example", running.twitch.url).map { from(it) })
    }

    @Test
    fun `tokens expire, and are renewed once by each refresh token`() {
        RunningTwitch().use { own ->
            val code = json(own.post("/oauth2/device", PUBLIC, "scopes" to "chat:read"))
            own.post("/activate", "device-code" to text(code, "user_code"), "login" to own.world.names[0])
            val first = json(own.post("/oauth2/token", PUBLIC, "grant_type" to DEVICE, "device_code" to text(code, "device_code")))
            fun valid(token: String) = own.send("GET", "/oauth2/validate", "Authorization" to "OAuth $token").statusCode()
            own.time.pass(Duration.ofHours(3))
            assertEquals(200, valid(text(first, "access_token")))
            own.time.pass(Duration.ofHours(1))
            assertEquals(401, valid(text(first, "access_token")))
            fun renew() =
                own.post("/oauth2/token", PUBLIC, "grant_type" to "refresh_token", "refresh_token" to text(first, "refresh_token"))
            val renewed = json(renew())
            assertEquals(200, valid(text(renewed, "access_token")))
            assertEquals(4 * 3600L, number(renewed, "expires_in"))
            assertEquals("Invalid refresh token", refused(400, renew()))
            own.time.pass(Duration.ofDays(31))
            val late = own.post("/oauth2/token", PUBLIC, "grant_type" to "refresh_token", "refresh_token" to text(renewed, "refresh_token"))
            assertEquals(400, late.statusCode())
        }
    }

    @Test
    fun `a device whose user says no gets nothing`() {
        val code = json(running.post("/oauth2/device", PUBLIC))
        fun poll() = running.post("/oauth2/token", PUBLIC, "grant_type" to DEVICE, "device_code" to text(code, "device_code"))
        val form = arrayOf("device-code" to text(code, "user_code"), "login" to running.world.names[2])
        assertEquals(200, running.post("/activate", form, "answer" to "deny").statusCode())
        assertEquals("access_denied", refused(400, poll()))
        assertEquals(404, running.post("/activate", form).statusCode())
        assertEquals("access_denied", refused(400, poll()))
    }

    @Test
    fun `a device code that nobody enters is soon invalid`() {
        RunningTwitch().use { own ->
            val code = json(own.post("/oauth2/device", PUBLIC))
            own.time.pass(Duration.ofMinutes(31))
            assertEquals(404, own.post("/activate", "device-code" to text(code, "user_code"), "login" to own.world.names[0]).statusCode())
            val poll = own.post("/oauth2/token", PUBLIC, "grant_type" to DEVICE, "device_code" to text(code, "device_code"))
            assertEquals("invalid device code", refused(400, poll))
        }
    }

    private fun validate(token: String) = json(running.send("GET", "/oauth2/validate", "Authorization" to "OAuth $token"))

    private fun refused(status: Int, reply: HttpResponse<String>): String = message(reply).also { assertEquals(status, reply.statusCode()) }
}
