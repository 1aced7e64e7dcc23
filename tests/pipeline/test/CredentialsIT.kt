package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.ServerSocket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Path

/** `run` without credentials, and with such as Twitch does not take: it works, and says what to set and where to get it. */
class CredentialsIT {
    @Test
    fun `what is missing and what Twitch does not take is said with its remedy`(@TempDir folder: Path) {
        val data = folder.resolve("data")
        val ports = List(2) { ServerSocket(0).use { it.localPort } }
        lateinit var id: String
        lateinit var secret: String
        simulated(ports).use { twitch ->
            id = twitch.printed.lines().first { it.startsWith("client ") }.split(' ')[1]
            secret = twitch.printed.lines().first { it.startsWith("client ") }.split(' ')[2]
            running(data, at(ports), MISSING) { run ->
                assertTrue(CONSOLE in run.news, run.news)
                assertTrue("TWITCHACTORS_COLLECT_PINNED" in run.news, run.news)
            }
            running(data, at(ports) + client(id, WRONG), "does not take TWITCHACTORS_TWITCH_CLIENT_SECRET") { run ->
                assertTrue(CONSOLE in run.news, run.news)
                assertFalse(WRONG in run.news || WRONG in run.printed)
                wrongId(data, at(ports), secret)
                authorize(data, at(ports) + client(id, secret), "http://127.0.0.1:${ports[0]}")
            }
        }
        // Another Twitch at the same place knows nothing of that grant, nor of what renews it.
        simulated(ports, "--seed", 2).use {
            running(data, at(ports) + client(id, secret), "the authorization of an account has ended; run 'twitchactors authorize' again") {
                val listed = Program.run("authorize", "--list", "--data", data, environment = at(ports) + client(id, secret))
                assertTrue("has ended: authorize again" in listed.out, "$listed")
                assertFalse(secret in it.news)
            }
        }
    }

    private fun simulated(ports: List<Int>, vararg options: Any): Program {
        val where = listOf("--port", ports[0], "--irc-port", ports[1], "--viewers", 500, "--streamers", 8)
        val twitch = Program.start(listOf("simulate-twitch") + where + options)
        assertTrue(twitch.reaches("a simulated Twitch") { "ready http" in twitch.printed }, twitch.news)
        return twitch
    }

    /** Where it is, as of a real one: nothing else is known of it. */
    private fun at(ports: List<Int>) = mapOf(
        "TWITCHACTORS_TWITCH_API_URL" to "http://127.0.0.1:${ports[0]}/helix",
        "TWITCHACTORS_TWITCH_OAUTH_URL" to "http://127.0.0.1:${ports[0]}/oauth2",
        "TWITCHACTORS_CHAT_HOST" to "127.0.0.1",
        "TWITCHACTORS_CHAT_PORT" to "${ports[1]}",
        "TWITCHACTORS_CHAT_TLS" to "false",
    )

    private fun client(id: String, secret: String) =
        mapOf("TWITCHACTORS_TWITCH_CLIENT_ID" to id, "TWITCHACTORS_TWITCH_CLIENT_SECRET" to secret)

    /** Runs until stderr says [said] and the pages are there, then until [meanwhile] is done; it must end well. */
    private fun running(data: Path, environment: Map<String, String>, said: String, meanwhile: (Program) -> Unit) {
        Program.start(listOf("run", "--port", 0, "--data", data), environment).use { run ->
            assertTrue(run.reaches("'$said'") { said in run.news && "ready http" in run.printed }, run.news)
            meanwhile(run)
            assertFalse("Exception" in run.news || "\tat " in run.news, run.news)
            run.signal("INT")
            assertEquals(0, run.end().exit)
        }
    }

    private fun wrongId(data: Path, where: Map<String, String>, secret: String) {
        val ended = Program.start(listOf("authorize", "--data", data), where + client(WRONG, secret)).use { it.end() }
        assertEquals(2, ended.exit, "$ended")
        val line = ended.err.lines().last { it.isNotBlank() }
        assertTrue("TWITCHACTORS_TWITCH_CLIENT_ID" in line && CONSOLE in line, line)
    }

    private fun authorize(data: Path, environment: Map<String, String>, url: String) {
        Program.start(listOf("authorize", "--data", data), environment).use { authorize ->
            assertTrue(authorize.reaches("an address") { CODE.containsMatchIn(authorize.printed) }, authorize.news)
            val form = "device-code=${CODE.find(authorize.printed)!!.groupValues[1]}&login=simulated_collector"
            val request = HttpRequest.newBuilder(URI.create("$url/activate"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build()
            assertEquals(200, HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
            assertEquals(0, authorize.end().exit, authorize.news)
        }
    }

    private companion object {
        const val MISSING = "TWITCHACTORS_TWITCH_CLIENT_ID is not set"
        const val CONSOLE = "https://dev.twitch.tv/console/apps"
        const val WRONG = "not_a_word_of_twitch"
        val CODE = Regex("device-code=([A-Z]+)")
    }
}
