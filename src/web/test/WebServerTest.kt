package twitchactors.web

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.net.BindException
import java.net.Socket
import java.net.http.HttpResponse
import java.nio.file.Path

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebServerTest {
    private lateinit var site: StartedSite
    private lateinit var visitor: Pair<String, String>
    private lateinit var admin: Pair<String, String>

    @BeforeAll
    fun start(@TempDir folder: Path) {
        site = StartedSite(folder)
        visitor = "Cookie" to site.session(StartedSite.VISITOR, StartedSite.VISITORS)
        admin = "Cookie" to site.session(StartedSite.ADMIN, StartedSite.ADMINS)
        eventually { site.get("/api/v1/live-view", visitor).statusCode() == 200 }
    }

    @AfterAll
    fun stop() = site.close()

    @Test
    fun `nobody gets to the open routes only and does not learn which others there are`() {
        val others =
            listOf("/live", "/live/panel", "/admin", "/nothing", "/../etc/passwd", "/Login", "/login/x", "/assets", "//", "/health")
        for (path in others) {
            assertEquals(401, site.get(path).statusCode(), path)
        }
        for (path in listOf(
            "/health/live",
            "/health/ready",
            "/login",
            Assets.style.path,
        )) {
            assertEquals(200, site.get(path).statusCode(), path)
        }
        assertEquals(404, site.get("/assets/nothing.css").statusCode())
    }

    @Test
    fun `a browser of nobody is led to the login, and htmx too`() {
        val led = site.get("/live", "Accept" to "text/html,*/*")
        assertEquals(303 to "/login", led.statusCode() to led.header("location"))
        val partial = site.get("/live/panel", "HX-Request" to "true", "Accept" to "text/html,*/*")
        assertEquals(401 to "/login", partial.statusCode() to partial.header("hx-redirect"))
    }

    @Test
    fun `every answer carries the security headers`() {
        for (answer in listOf(
            site.get("/live"),
            site.get("/live", visitor),
            site.get("/login"),
            site.get("/nothing", visitor),
            site.get("/api/v1/x"),
        )) {
            assertTrue(answer.header("content-security-policy").startsWith("default-src 'none'; script-src 'self'; style-src 'self'"))
            assertTrue("frame-ancestors 'none'" in answer.header("content-security-policy"))
            assertFalse("unsafe" in answer.header("content-security-policy"))
            assertEquals("nosniff", answer.header("x-content-type-options"))
            assertEquals("same-origin", answer.header("referrer-policy"))
            assertEquals("no-store", answer.header("cache-control"))
            assertFalse(answer.headers().firstValue("server").isPresent)
        }
        assertEquals("public, max-age=31536000, immutable", site.get(Assets.htmx.path).header("cache-control"))
    }

    @Test
    fun `a page has nothing inline that the policy would refuse, and calls no other host`() {
        for (page in listOf(site.get("/live", visitor).body(), site.get("/live/panel", admin).body(), site.get("/login").body())) {
            assertFalse(Regex("""<script(?![^>]*\ssrc=)""").containsMatchIn(page))
            assertFalse(Regex("""\s(style|on[a-z]+)=""").containsMatchIn(page))
            assertFalse(Regex("""(src|href|action)="(https?:)?//""").containsMatchIn(page))
        }
    }

    @Test
    fun `the page shows the numbers it was given, where they come from, and that they are simulated`() {
        val page = site.get("/live", visitor).body()
        val given = listOf("12,402", "1,904,113", "9f86d081884c<", "streamer_a", "4,120", "731 MiB")
        for (text in given + listOf("SIMULATED", "This node only.", "seen in chat")) assertTrue(text in page, text)
        for (figure in Figure.entries) assertTrue(figure.how.substringBefore("(").trim() in page, figure.name)
    }

    @Test
    fun `reasons, troubles and nodes are shown to admins only`() {
        for (path in listOf("/live", "/live/panel", "/api/v1/live-view")) {
            val visitors = site.get(path, visitor).body()
            val admins = site.get(path, admin).body()
            for (secret in listOf(MadeUpLive.SECRET_TROUBLE, MadeUpLive.SECRET_REASON, "10.0.0.")) {
                assertFalse(secret in visitors, "$secret in $path")
                assertTrue(secret in admins, "$secret in $path")
            }
        }
    }

    @Test
    fun `scripts read the same numbers by Basic`() {
        val answer = site.get("/api/v1/live-view", StartedSite.basic(StartedSite.VISITOR, StartedSite.VISITORS))
        assertEquals("application/json", answer.header("content-type"))
        val json = Json.parseToJsonElement(answer.body()).jsonObject
        assertTrue(json.getValue("simulated").jsonPrimitive.boolean)
        assertEquals(
            listOf("2022-08-02", "2022-08-01"),
            json.getValue("days").jsonArray.map {
                it.jsonObject.getValue("day").jsonPrimitive.content
            },
        )
        assertEquals(16, json.getValue("partitions").jsonArray.size)
        val top = json.getValue("top_streamers").jsonObject.getValue("streamers").jsonArray.first().jsonObject
        assertEquals(4_120, top.getValue("unique_viewers").jsonPrimitive.int)
    }

    @Test
    fun `Basic is for the API only, and a wrong or broken one is refused`() {
        assertEquals(401, site.get("/live", StartedSite.basic(StartedSite.VISITOR, StartedSite.VISITORS)).statusCode())
        for (value in listOf("Basic ???", "Basic ", "Bearer x", "Basic " + "dmlzaXRvcg==", "Basic dmlzaXRvcjp4")) {
            val answer = site.get("/api/v1/live-view", "Authorization" to value)
            assertEquals(401, answer.statusCode(), value)
            assertTrue(answer.header("www-authenticate").startsWith("Basic "))
        }
    }

    @Test
    fun `errors of the API are JSON with a number, others a page`() {
        val api = site.get("/api/v1/nothing", visitor)
        assertEquals(404, api.statusCode())
        assertEquals(setOf("error", "message", "request_id"), Json.parseToJsonElement(api.body()).jsonObject.keys)
        val page = site.get("/nothing", visitor)
        assertEquals(404 to "text/html; charset=UTF-8", page.statusCode() to page.header("content-type"))
        assertEquals(405, site.send("DELETE", "/live", visitor).statusCode())
    }

    @Test
    fun `a forged, foreign or stale session is nobody`() {
        val real = visitor.second.substringAfter('=')
        for (forged in listOf("", "x", "A".repeat(43), real.dropLast(1), real + "A", real.reversed(), "../../x", "visitor")) {
            assertEquals(401, site.get("/live", "Cookie" to "${Logins.SESSION}=$forged").statusCode(), forged)
        }
        val left = "Cookie" to site.session(StartedSite.VISITOR, StartedSite.VISITORS)
        val token = StartedSite.token(site.get("/live", left).body())
        assertEquals(303, site.send("POST", "/logout", left, body = StartedSite.form("csrf" to token)).statusCode())
        assertEquals(401, site.get("/live", left).statusCode())
    }

    @Test
    fun `a form without its token, with another's token or from another site is refused`() {
        val others = StartedSite.token(site.get("/live", admin).body())
        for (token in listOf("", others, "0".repeat(64))) {
            assertEquals(403, site.send("POST", "/logout", visitor, body = StartedSite.form("csrf" to token)).statusCode())
        }
        val own = StartedSite.form("csrf" to StartedSite.token(site.get("/live", visitor).body()))
        val foreigners = listOf(
            "Origin" to "https://evil.example",
            "Origin" to "null",
            "Referer" to "https://evil.example/page",
            "Sec-Fetch-Site" to "cross-site",
        )
        for (foreign in foreigners) {
            assertEquals(403, site.send("POST", "/logout", visitor, foreign, body = own).statusCode())
        }
        assertEquals(200, site.get("/live", visitor).statusCode())
        val entry = StartedSite.form("csrf" to "0".repeat(64), "name" to StartedSite.VISITOR, "password" to StartedSite.VISITORS)
        assertEquals(403, site.send("POST", "/login", "Cookie" to "${Logins.FORM}=${"0".repeat(64)}", body = entry).statusCode())
        assertEquals(403, site.send("POST", "/login", body = entry).statusCode())
    }

    @Test
    fun `the session's cookie is out of reach of scripts and of other sites`() {
        val answer = site.enter(StartedSite.VISITOR, StartedSite.VISITORS, "Origin" to "http://127.0.0.1:${site.server.port}")
        assertEquals(303 to "/", answer.statusCode() to answer.header("location"))
        assertTrue(answer.header("set-cookie").endsWith("; Path=/; HttpOnly; SameSite=Lax"))
    }

    @Test
    fun `a wrong password says nothing about the name, and what was typed comes back escaped`() {
        val wrong = site.enter(StartedSite.ADMIN, "wrong-password")
        val unknown = site.enter("nobody", "wrong-password")
        assertEquals(401 to 401, wrong.statusCode() to unknown.statusCode())
        assertTrue("do not fit together" in wrong.body() && "do not fit together" in unknown.body())
        val nasty = site.enter("\"><script>alert(1)</script>", "x").body()
        assertFalse("<script>alert" in nasty)
    }

    @Test
    fun `a new password ends the sessions of the old one`() {
        site.users.create(Role.VISITOR, "bob", "first-password")
        val session = "Cookie" to site.session("bob", "first-password")
        val basic = StartedSite.basic("bob", "first-password")
        assertEquals(200 to 200, site.get("/live", session).statusCode() to site.get("/api/v1/live-view", basic).statusCode())
        site.users.set(Role.VISITOR, "bob", "second-password")
        assertEquals(401 to 401, site.get("/live", session).statusCode() to site.get("/api/v1/live-view", basic).statusCode())
    }

    @Test
    fun `readiness says which service fails, and not why`() {
        site.health = Health(false, mapOf("kafka" to ServiceHealth(true), "mongo" to ServiceHealth(false, MadeUpLive.SECRET_REASON)))
        eventually { site.get("/health/ready").statusCode() == 503 }
        assertEquals("""{"ready":false,"services":{"kafka":true,"mongo":false}}""", site.get("/health/ready").body())
        assertEquals(200, site.get("/health/live").statusCode())
    }

    @Test
    fun `a form that is too large is refused`() {
        assertEquals(413, site.send("POST", "/login", body = "name=" + "x".repeat(20_000)).statusCode())
    }

    @Test
    fun `large answers travel compressed when the browser can`() {
        assertEquals("gzip", site.get("/live", visitor, "Accept-Encoding" to "br, gzip").header("content-encoding"))
        assertFalse(site.get("/live", visitor).headers().firstValue("content-encoding").isPresent)
        assertEquals(0, site.send("HEAD", "/", visitor).body().length)
    }

    @Test
    fun `a request that is no HTTP or no address harms nobody`() {
        for (line in listOf(
            "GET /%zz HTTP/1.1",
            "GET /%ff%fe HTTP/1.1",
            "GET /a%00b HTTP/1.1",
            "GARBAGE",
            "GET / HTTP/9.9",
            "PUT http:// HTTP/1.1",
        )) {
            Socket("127.0.0.1", site.server.port).use { socket ->
                socket.soTimeout = 5_000
                socket.getOutputStream().write("$line\r\nHost: x\r\nConnection: close\r\n\r\n".toByteArray())
                val status = socket.getInputStream().bufferedReader().readLine().split(' ')[1].toInt()
                assertTrue(status in listOf(400, 401, 501, 505), "$line: $status")
            }
        }
        assertEquals(200, site.get("/live", visitor).statusCode())
    }

    @Test
    fun `a port in use is said in one line`(@TempDir folder: Path) {
        val taken = assertThrows(BindException::class.java) { StartedSite(folder, WebSettings(port = site.server.port)) }
        assertTrue("port ${site.server.port} of 127.0.0.1 is not free" in taken.message.orEmpty())
    }

    @Test
    fun `assets have their content's hash in their name`() {
        assertNotEquals(Assets.style.path, Assets.script.path)
        assertTrue(Regex("/assets/[0-9a-f]{12}-live.css").matches(Assets.style.path))
        assertEquals("text/css; charset=UTF-8", site.get(Assets.style.path).header("content-type"))
    }

    private fun HttpResponse<String>.header(name: String): String = headers().firstValue(name).orElse("")
}
