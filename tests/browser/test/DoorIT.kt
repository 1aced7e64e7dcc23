package twitchactors.browser

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.Program
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Socket
import java.net.URI
import java.nio.file.Path
import kotlin.io.path.readText

/** Sessions, forms and passwords that are no good. */
@ExtendWith(Stage::class)
@Order(6)
internal class DoorIT(private val demo: StartedDemo) {
    private val caller = demo.caller

    private fun isIn(cookie: String): Boolean {
        val page = caller.get("/", headers = Caller.PAGE + mapOf("Cookie" to "${Session.NAME}=$cookie"))
        val data = caller.get("/api/v1/overview", headers = mapOf("Cookie" to "${Session.NAME}=$cookie"))
        assertEquals(page.status == 200, data.status == 200)
        assertTrue(page.status == 200 || page.status == 303 && data.status == 401, "${page.status} ${data.status}")
        return page.status == 200
    }

    @Test
    fun `a session that was made up is nobody's`() {
        val good = caller.logIn(demo.admin).cookie
        assertTrue(isIn(good))
        val alike = listOf(good.dropLast(1), good + "A", good.reversed(), good.lowercase(), "A".repeat(good.length)).filter { it != good }
        (alike + listOf("", "a", "admin", "x".repeat(4_000))).forEach { assertTrue(!isIn(it), it) }
    }

    @Test
    fun `a session is over when somebody has logged out, and only that one`() {
        val (left, stays) = caller.logIn(demo.visitor) to caller.logIn(demo.visitor)
        assertEquals(303, caller.post("/logout", mapOf("csrf" to left.token), left).status)
        assertTrue(!isIn(left.cookie))
        assertTrue(isIn(stays.cookie))
    }

    @Test
    fun `who logs in gets a new session, and the one that was there is over`() {
        val before = caller.logIn(demo.visitor)
        val door = caller.get("/login", headers = Caller.PAGE)
        val form = mapOf("csrf" to Caller.token(door), "name" to demo.visitor.name, "password" to demo.visitor.password)
        val cookies = "${before.header}; ${Caller.cookie(door, "twitchactors_form")}"
        val after = Caller.cookie(caller.post("/login", form, headers = mapOf("Cookie" to cookies)), Session.NAME).substringAfter('=')
        assertNotEquals(before.cookie, after)
        assertTrue(isIn(after) && !isIn(before.cookie))
    }

    @Test
    fun `a session ends when its longest time is over, however much is asked with it`(@TempDir folder: Path) {
        demo.settle()
        val times = mapOf("TWITCHACTORS_WEB_SESSION_LONGEST" to "${LONGEST_SECONDS}s", "TWITCHACTORS_WEB_PORT" to "0")
        Program.start(listOf("node", "--roles", "web", "--data", folder), demo.data.joining(folder) + times).use { node ->
            assertTrue(node.reaches("pages") { "ready http" in node.printed }, node.news)
            val there = Caller(node.printed.lines().first { it.startsWith("ready ") }.removePrefix("ready "))
            val session = there.logIn(Account("admin", "admin", folder.resolve("admin.password").readText()))
            assertEquals(200, there.get("/live", session, Caller.PAGE).status)
            eventually("the session is over") {
                there.get("/live", session, Caller.PAGE).takeIf { it.status == 200 }?.let { "it lets in" }
            }
            assertEquals(401, there.get("/api/v1/overview", session).status)
            assertEquals(401, there.post("/logout", mapOf("csrf" to session.token), session).status)
            assertTrue(!isIn(session.cookie), "one node's session is none of another's")
            // One that is killed would leave the other of two behind, who cannot know that it is the majority.
            node.signal("TERM")
            node.end()
        }
    }

    /** Where pages of either role send forms, and the door itself. */
    private fun forms(): List<String> = (listOf("/logout") + demo.crawl(demo.admin).forms).distinct() - "/login"

    @TestFactory
    fun `a form without its token, with another's or from elsewhere is refused`(): List<DynamicTest> {
        demo.settle()
        val session = caller.logIn(demo.admin)
        val other = caller.logIn(demo.admin)
        val (host, port) = URI.create(demo.url).run { host to port }
        return forms().flatMap { path ->
            val token = mapOf("csrf" to session.token)
            val wrong = mapOf(
                "no token" to { caller.post(path, emptyMap(), session) },
                "an empty token" to { caller.post(path, mapOf("csrf" to ""), session) },
                "another session's token" to { caller.post(path, mapOf("csrf" to other.token), session) },
                "a token that was made up" to { caller.post(path, mapOf("csrf" to "0".repeat(64)), session) },
                "the token as part of the address" to { caller.post("$path?csrf=${session.token}", emptyMap(), session) },
                "from another site" to { caller.post(path, token, session, mapOf("Origin" to "https://elsewhere.example")) },
                "from nowhere" to { caller.post(path, token, session, mapOf("Origin" to "null")) },
                "from another port" to { caller.post(path, token, session, mapOf("Origin" to "http://$host:${port + 1}")) },
                "from one with our name in its own" to { caller.post(path, token, session, mapOf("Origin" to "http://$host:$port.a")) },
                "led here by another site" to { caller.post(path, token, session, mapOf("Referer" to "https://elsewhere.example/a")) },
                "across sites, as the browser says" to { caller.post(path, token, session, mapOf("Sec-Fetch-Site" to "cross-site")) },
                "from a sister site" to { caller.post(path, token, session, mapOf("Sec-Fetch-Site" to "same-site")) },
            )
            wrong.map { (what, send) -> DynamicTest.dynamicTest("$path, $what") { assertEquals(403, send().status) } } +
                DynamicTest.dynamicTest("$path, as nobody") { assertTrue(caller.post(path, token).status in setOf(401, 403)) } +
                DynamicTest.dynamicTest("$path, asked by GET") { assertTrue(caller.get(path, session).status in setOf(200, 404, 405)) }
        } + DynamicTest.dynamicTest("all of that has ended nothing") { assertTrue(isIn(session.cookie) && isIn(other.cookie)) }
    }

    @TestFactory
    fun `the door refuses a form that it has not made for this browser`(): List<DynamicTest> {
        val door = caller.get("/login", headers = Caller.PAGE)
        val (cookie, token) = Caller.cookie(door, "twitchactors_form") to Caller.token(door)
        val right = mapOf("name" to demo.visitor.name, "password" to demo.visitor.password)
        fun enter(token: String?, headers: Map<String, String>) =
            caller.post("/login", if (token == null) right else right + ("csrf" to token), headers = headers)
        val wrong = mapOf(
            "no cookie" to { enter(token, emptyMap()) },
            "another's cookie" to { enter(token, mapOf("Cookie" to "twitchactors_form=${"0".repeat(64)}")) },
            "no token" to { enter(null, mapOf("Cookie" to cookie)) },
            "from elsewhere" to { enter(token, mapOf("Cookie" to cookie, "Origin" to "https://elsewhere.example")) },
            "led by elsewhere" to { enter(token, mapOf("Cookie" to cookie, "Referer" to "https://elsewhere.example/")) },
        )
        return wrong.map { (what, send) -> DynamicTest.dynamicTest(what) { assertEquals(403, send().status) } }
    }

    @Test
    fun `who guesses has to wait, and locks out nobody else, nor those who are in`() {
        val guesser = Elsewhere("127.0.0.9", demo.url)
        val inside = guesser.logIn(demo.visitor.name, demo.visitor.password)
        assertEquals(303, inside.status)
        val guesses = List(GUESSES) { guesser.logIn(demo.visitor.name, "guess $it").status }
        assertEquals(List(FREE_GUESSES) { 401 }, guesses.take(FREE_GUESSES))
        assertEquals(List(GUESSES - FREE_GUESSES) { 429 }, guesses.drop(FREE_GUESSES))
        assertEquals(429, guesser.logIn(demo.visitor.name, demo.visitor.password).status, "not even with the right one")
        assertTrue(isIn(inside.session), "who was in stays in")
        assertTrue(isIn(caller.logIn(demo.visitor).cookie), "others get in")
        assertEquals(303, Elsewhere("127.0.0.10", demo.url).logIn(demo.visitor.name, demo.visitor.password).status)
    }

    /** Somebody whose address is [address], by HTTP that is written by hand: no client lets its own address be chosen. */
    private class Elsewhere(private val address: String, url: String) {
        class Answer(val status: Int, val text: String) {
            val session: String get() = value(Session.NAME)

            fun value(cookie: String) = Regex("(?i)set-cookie: $cookie=([^;\r]*)").find(text)!!.groupValues[1]
        }

        private val host = URI.create(url).run { InetSocketAddress(host, port) }

        fun logIn(name: String, password: String): Answer {
            val door = send("GET", "", "")
            val csrf = Regex("name=\"csrf\" value=\"([^\"]+)\"").find(door.text)!!.groupValues[1]
            val form = "csrf=$csrf&name=${Caller.code(name)}&password=${Caller.code(password)}"
            return send("POST", form, "Cookie: twitchactors_form=${door.value("twitchactors_form")}\r\n")
        }

        private fun send(method: String, body: String, more: String): Answer = Socket().use { socket ->
            socket.bind(InetSocketAddress(InetAddress.getByName(address), 0))
            socket.connect(host)
            val head = "$method /login HTTP/1.1\r\nHost: ${host.hostString}:${host.port}\r\nConnection: close\r\nAccept: text/html\r\n$more"
            val type = if (body.isEmpty()) "" else "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n"
            socket.getOutputStream().write("$head$type\r\n$body".toByteArray())
            val text = socket.getInputStream().readAllBytes().decodeToString()
            Answer(text.substringAfter(' ').substringBefore(' ').toInt(), text)
        }
    }

    private companion object {
        const val FREE_GUESSES = 10
        const val GUESSES = 13
        const val LONGEST_SECONDS = 5
    }
}
