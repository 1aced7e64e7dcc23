package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Path
import java.util.Base64

/** The demo as a new user meets it: it gets ready, shows a day arriving, ends by Ctrl-C and goes on when it is started again. */
class DemoIT {
    /** What `demo` printed on stdout. */
    private class Ready(printed: String) {
        private val lines = printed.lines()
        val url = lines.first { it.startsWith("ready ") }.removePrefix("ready ")

        /** name:password by role. */
        private val logins = lines.map { it.split(' ') }.filter { it.first() == "login" }.associate { it[1] to "${it[2]}:${it[3]}" }
        val roles get() = logins.keys

        fun ask(path: String, role: String? = null): HttpResponse<String> {
            val request = HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "text/html,*/*")
            role?.let { request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(logins.getValue(it).toByteArray())) }
            return http.send(request.build(), BodyHandlers.ofString())
        }

        /** The numbers of the live page; null while there are none. */
        fun live(role: String): JsonObject? =
            ask("/api/v1/live-view", role).takeIf { it.statusCode() == 200 }?.let { Json.parseToJsonElement(it.body()).jsonObject }

        /** Viewers by day, of the days that are sealed. */
        fun sealed(): Map<String, Long> = live("visitor")?.getValue("days")?.jsonArray.orEmpty().map { it.jsonObject }
            .filter { it.getValue("sealed").jsonPrimitive.boolean }
            .associate { it.getValue("day").jsonPrimitive.content to it.getValue("viewers").jsonPrimitive.long }
    }

    @Test
    fun `it shows a simulated day arriving, ends by Ctrl-C with nothing left, and goes on`(@TempDir folder: Path) {
        val data = Data(folder.resolve("data"))
        val first = demo(data, days = 1) { ready ->
            assertEquals(setOf("visitor", "admin"), ready.roles)
            assertEquals(303 to "/login", ready.ask("/").let { it.statusCode() to it.headers().firstValue("location").get() })
            assertEquals(401, ready.ask("/api/v1/live-view").statusCode())
            assertTrue(checkNotNull(ready.live("admin")).getValue("simulated").jsonPrimitive.boolean)
            "a sealed day" to { ready.sealed().size == 1 }
        }
        assertTrue(first.getValue("2022-08-01") > 0)
        val second = demo(data, days = 1) { ready -> "the next day" to { ready.sealed().size == 2 } }
        assertEquals(first.getValue("2022-08-01"), second.getValue("2022-08-01"))
        assertTrue(second.getValue("2022-08-02") > 0)
    }

    /** Runs the demo until what [look] waits for has come, ends it as a person would, and gives the days it had sealed. */
    private fun demo(data: Data, days: Int, look: (Ready) -> Pair<String, () -> Boolean>): Map<String, Long> {
        val size = listOf("--viewers", 2_000, "--streamers", 10, "--speed", SPEED, "--days", days)
        Program.start(listOf("demo", "--port", 0, "--data", data.path) + size).use { demo ->
            assertTrue(demo.reaches("ready") { "ready http" in demo.printed }, demo.news)
            val ready = Ready(demo.printed)
            val (what, condition) = look(ready)
            assertTrue(demo.reaches(what, condition), demo.news)
            val sealed = ready.sealed()
            demo.signal("INT")
            assertEquals(0, demo.end().exit, demo.news)
            assertFalse(demo.leavesProcesses, "processes are left")
            assertEquals(emptyList<Long>(), data.servers(), "MariaDB servers are left")
            return sealed
        }
    }

    private companion object {
        /** A day in 36 seconds: a slot in an eighth of a second, in which a busy machine still polls most of the ten streamers. */
        const val SPEED = 2400
        val http: HttpClient = HttpClient.newHttpClient()
    }
}
