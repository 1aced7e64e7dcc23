package twitchactors.web

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

class ThrottledLoginTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `guessing is answered with 429, and locks nobody out at another address`() {
        StartedSite(folder, WebSettings(port = 0, behindProxy = true)).use { site ->
            val guesser = "X-Forwarded-For" to "192.0.2.1"
            repeat(10) { assertEquals(401, site.enter(StartedSite.VISITOR, "guess-$it", guesser).statusCode()) }
            val refused = site.enter(StartedSite.VISITOR, StartedSite.VISITORS, guesser)
            assertEquals(429, refused.statusCode())
            assertTrue(refused.headers().firstValue("retry-after").get().toInt() in 1..601)
            val api = site.get("/api/v1/live-view", StartedSite.basic(StartedSite.VISITOR, StartedSite.VISITORS), guesser)
            assertEquals(429, api.statusCode())

            assertEquals(303, site.enter(StartedSite.VISITOR, StartedSite.VISITORS, "X-Forwarded-For" to "192.0.2.2").statusCode())
            assertEquals(303, site.enter(StartedSite.ADMIN, StartedSite.ADMINS, guesser).statusCode())
            val forwarded = "X-Forwarded-For" to "198.51.100.7, 192.0.2.1"
            assertEquals(429, site.enter(StartedSite.VISITOR, StartedSite.VISITORS, forwarded).statusCode())
        }
    }

    @Test
    fun `an address that is not behind our proxy cannot choose another one`() {
        StartedSite(folder).use { site ->
            repeat(10) { site.enter(StartedSite.ADMIN, "guess-$it", "X-Forwarded-For" to "192.0.2.$it") }
            assertEquals(429, site.enter(StartedSite.ADMIN, StartedSite.ADMINS, "X-Forwarded-For" to "192.0.2.99").statusCode())
        }
    }

    @Test
    fun `behind TLS the cookie is for TLS only`() {
        StartedSite(folder, WebSettings(port = 0, behindProxy = true)).use { site ->
            val answer = site.enter(StartedSite.VISITOR, StartedSite.VISITORS, "X-Forwarded-Proto" to "https")
            assertTrue(answer.headers().firstValue("set-cookie").get().endsWith("; Secure"))
        }
    }
}
