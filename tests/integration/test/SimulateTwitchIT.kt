package twitchactors.integration

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.IOException
import java.net.ServerSocket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path

class SimulateTwitchIT {
    @TempDir
    lateinit var folder: Path
    private val client = HttpClient.newHttpClient()
    private val small = arrayOf<Any>("--viewers", 500, "--streamers", 5, "--irc-port", 0)

    @Test
    fun `it answers, says that it is simulated, and ends by Ctrl-C`() {
        val port = ServerSocket(0).use { it.localPort }
        var directory = ""
        val ran = Program.interrupted("simulate-twitch", "--port", port, "--at", "20:00", *small) { _ ->
            directory = get("http://127.0.0.1:$port/directory").orEmpty()
            directory.isNotEmpty()
        }
        assertEquals(130, ran.exit, ran.toString())
        assertTrue("SIMULATED" in directory && "viewers" in directory, directory)
        val lines = ran.outText.lines()
        assertTrue(lines.first().startsWith("SIMULATED Twitch: 500 viewers a day, 5 streamers, from 2022-08-01T20:00:00Z"), ran.outText)
        assertTrue("ready http://127.0.0.1:$port" in lines, ran.outText)
        assertEquals("", ran.err)
    }

    @Test
    fun `a port that is taken is named, with what to do`() {
        ServerSocket(0).use { taken ->
            val ran = Program.twitchactors("simulate-twitch", "--port", taken.localPort, *small)
            assertEquals(2, ran.exit, ran.toString())
            assertTrue("port ${taken.localPort}" in ran.err && "--port" in ran.err && ran.err.trim().lines().size == 1, ran.err)
        }
    }

    private fun get(address: String): String? = try {
        client.send(HttpRequest.newBuilder(URI(address)).build(), HttpResponse.BodyHandlers.ofString()).body()
    } catch (_: IOException) {
        null
    }
}
