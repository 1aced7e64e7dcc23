package twitchactors.web

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.BufferedReader
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path
import java.time.Duration

class EventsTest {
    @TempDir
    lateinit var folder: Path

    private val quick = WebSettings(port = 0, refreshEvery = Duration.ofMillis(50))

    private fun listen(site: StartedSite, vararg headers: Pair<String, String>): HttpResponse<java.io.InputStream> {
        val request = HttpRequest.newBuilder(URI("http://127.0.0.1:${site.server.port}/api/v1/live"))
        headers.forEach { (name, value) -> request.header(name, value) }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
    }

    private fun event(lines: BufferedReader): String? = generateSequence { lines.readLine() }.firstOrNull { it.startsWith("data: ") }

    @Test
    fun `events go on as numbers grow, and a session that ends ends them`() {
        StartedSite(folder, quick).use { site ->
            eventually { site.get("/api/v1/live-view", StartedSite.basic(StartedSite.VISITOR, StartedSite.VISITORS)).statusCode() == 200 }
            val session = site.session(StartedSite.VISITOR, StartedSite.VISITORS)
            val answer = listen(site, "Cookie" to session)
            assertEquals("text/event-stream", answer.headers().firstValue("content-type").get().substringBefore(';'))
            assertEquals("no-store", answer.headers().firstValue("cache-control").get())
            answer.body().bufferedReader().use { lines ->
                val events = List(3) { checkNotNull(event(lines)) }
                assertEquals(3, events.distinct().size)
                assertTrue("\"sightings_applied\"" in events.first())
                assertFalse(MadeUpLive.SECRET_TROUBLE in events.joinToString())
                val page = site.get("/live", "Cookie" to session).body()
                site.send("POST", "/logout", "Cookie" to session, body = StartedSite.form("csrf" to StartedSite.token(page)))
                generateSequence { event(lines) }.forEach { assertTrue("\"as_of\"" in it) }
            }
        }
    }

    @Test
    fun `nobody is not let in, and a script that goes away is forgotten`() {
        StartedSite(folder, quick).use { site ->
            assertEquals(401, listen(site).statusCode())
            val basic = StartedSite.basic(StartedSite.ADMIN, StartedSite.ADMINS)
            eventually { site.get("/api/v1/live-view", basic).statusCode() == 200 }
            // More than may listen at once, one after the other.
            repeat(120) {
                // That one went away shows with the next event to it.
                eventually { listen(site, basic).let { answer -> (answer.statusCode() == 200).also { answer.body().close() } } }
            }
        }
    }
}
