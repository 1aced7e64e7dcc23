package twitchactors.node

import com.sun.net.httpserver.HttpServer
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.InetAddress
import java.net.InetSocketAddress
import java.nio.file.Path
import java.time.Instant

/** Which nodes keep the time of a simulated Twitch, and which of them ask it instead of the real one. */
class TimeOfRolesIT {
    private val twitch = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0).apply {
        createContext("/simulator/clock") { exchange ->
            exchange.sendResponseHeaders(200, CLOCK.length.toLong())
            exchange.responseBody.use { it.write(CLOCK.toByteArray()) }
        }
        start()
    }

    @AfterEach
    fun stop() = twitch.stop(0)

    @Test
    fun `who archives or shows pages keeps the simulated time although another one collects`(@TempDir folder: Path) {
        val url = "http://127.0.0.1:${twitch.address.port}"
        fun of(role: NodeRole) = Configuration.of(folder, setOf(role), settings = mapOf("twitchactors.simulation.twitch" to url))
        for (role in listOf(NodeRole.COLLECT, NodeRole.ARCHIVE, NodeRole.WEB)) assertEquals(STANDS_AT, of(role).clock.now(), "$role")
        assertTrue(of(NodeRole.PROFILE).clock.now() > STANDS_AT)
        val asked = NodeRole.entries.filter { of(it).config.getString("twitchactors.sources.twitch.api-url").startsWith(url) }
        assertEquals(setOf(NodeRole.COLLECT, NodeRole.WEB), asked.toSet())
    }

    private companion object {
        val STANDS_AT: Instant = Instant.parse("2022-08-01T12:00:00Z")
        const val CLOCK = """{"chat":"127.0.0.1:1","starts_at":"2022-08-01T12:00:00Z","began":"2022-08-01T00:00:00Z",""" +
            """"ends_at":"2022-08-01T12:00:00Z","speed":1.0}"""
    }
}
