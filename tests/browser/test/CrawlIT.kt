package twitchactors.browser

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.extension.ExtendWith

/** Every page, link and route of the API, as nobody, visitor and admin. */
@ExtendWith(Stage::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(5)
internal class CrawlIT(private val demo: StartedDemo) {
    private val caller = demo.caller
    private val visitor by lazy { demo.crawl(demo.visitor) }
    private val admin by lazy { demo.crawl(demo.admin) }

    @Test
    fun `a visitor finds the pages, the files and the API, and nothing that is broken`() {
        assertTrue(visitor.paths.containsAll(SitePages.navigation(caller, demo.session(demo.visitor))))
        assertTrue(visitor.paths.count { it.startsWith("/api/v1/panels/") } >= 20, "${visitor.paths}")
        assertTrue(visitor.paths.count { it.startsWith("/categories/") } >= 5)
        val broken = visitor.replies.filter { (address, reply) -> reply.status !in setOf(200, 303) && address != "/nothing-here" }
        // A panel of a subject wants one; the description lists what only admins may see.
        val strange = broken.filterNot { (address, reply) -> address.startsWith("/api/") && reply.status in setOf(403, 404, 422) }
        assertEquals(emptyMap<String, Reply>(), strange)
    }

    @Test
    fun `an admin finds all that a visitor finds`() {
        assertTrue(admin.paths.containsAll(SitePages.navigation(caller, demo.session(demo.admin))))
        val broken = admin.replies.filter { (address, reply) -> reply.status >= 500 || reply.status == 403 && !address.startsWith("/api/") }
        assertEquals(emptyMap<String, Reply>(), broken)
    }

    @Test
    fun `no viewer's login reaches a visitor, in whatever way it is written`() {
        val viewers = demo.viewers()
        assertTrue(viewers.size > 1000, "${viewers.size} viewers")
        val finder = LoginFinder(viewers)
        val session = demo.session(demo.visitor)
        val asked = (admin.replies.keys - visitor.replies.keys).associateWith { caller.get(it, session, Caller.PAGE) }
        val found = (visitor.replies + asked).filterKeys { !it.startsWith("/assets/") }.mapValues { (_, reply) ->
            finder.found(reply.text + "\n" + reply.headers.entries.joinToString("\n"))
        }.filterValues { it.isNotEmpty() }
        assertEquals("", found.entries.take(20).joinToString("\n") { "${it.key}: ${it.value.take(5)}" })
    }

    @Test
    fun `nobody gets to the door, its files and the health, and learns nothing of what else there is`() {
        val open = setOf("/login", "/your-data", "/health/live", "/health/ready")
        for (path in (visitor.paths + admin.paths).filter { it !in open && !it.startsWith("/assets/") }) {
            val page = caller.get(path, headers = Caller.PAGE)
            if (path.startsWith("/api/")) {
                assertEquals(401, page.status, path)
            } else {
                assertEquals(303 to "/login", page.status to page.header("location"), path)
                assertEquals(401, caller.get(path, headers = mapOf("Accept" to "application/json")).status, path)
                val fragment = caller.get(path, headers = mapOf("HX-Request" to "true"))
                assertEquals(401 to "/login", fragment.status to fragment.header("hx-redirect"), path)
            }
            assertTrue(page.body.size < 300, "$path: ${page.body.size} bytes")
        }
        assertEquals(303, caller.get("/no/such/page", headers = Caller.PAGE).status)
        assertEquals(401, caller.get("/api/v1/no-such-thing").status)
    }

    @Test
    fun `what is an admin's is refused to a visitor`() {
        val session = demo.session(demo.visitor)
        val admins = SitePages.navigation(caller, demo.session(demo.admin)) - SitePages.navigation(caller, session).toSet()
        admins.forEach { assertEquals(403, caller.get(it, session, Caller.PAGE).status, it) }
        val description = caller.get("/api/openapi.yaml", demo.session(demo.admin)).text
        val adminRoutes = Regex("^ {2}(/api/[^:{]*):\n.*?x-role: admin", setOf(RegexOption.MULTILINE, RegexOption.DOT_MATCHES_ALL))
        description.split(Regex("(?=^ {2}/api/)", RegexOption.MULTILINE)).mapNotNull { adminRoutes.find(it)?.groupValues?.get(1) }.forEach {
            assertTrue(caller.get(it, session).status in setOf(403, 404), it)
        }
        val onlyAdmins = admin.paths - visitor.paths
        val let = onlyAdmins.filter { path -> caller.get(path, session, Caller.PAGE).let { it.status == 200 && "/admin" in path } }
        assertEquals(emptyList<String>(), let)
    }

    @Test
    fun `every answer wears the headers that keep a browser safe`() {
        val all = visitor.replies + admin.replies + mapOf(
            "303" to caller.get("/", headers = Caller.PAGE),
            "401" to caller.get("/api/v1/overview"),
            "403" to caller.post("/logout", emptyMap(), headers = mapOf("Origin" to "http://elsewhere.example")),
            "405" to caller.send("DELETE", "/", null, mapOf("Cookie" to demo.session(demo.visitor).header)),
            "413" to caller.post("/login", mapOf("name" to "x".repeat(10_000))),
        )
        val wrong = all.flatMap { (address, reply) -> wrongHeaders(reply).map { "$address, ${reply.status}: $it" } }
        assertEquals("", wrong.take(20).joinToString("\n"))
        assertEquals(setOf(200, 303, 401, 403, 404, 405, 413), all.values.map { it.status }.toSortedSet() - setOf(422))
    }

    private fun wrongHeaders(reply: Reply): List<String> = buildList {
        val policy = reply.header("content-security-policy").orEmpty().split(';').map { it.trim() }
            .associate { it.substringBefore(' ') to it.substringAfter(' ') }
        SELF.filter { policy[it] != "'self'" }.forEach { add("$it is ${policy[it]}") }
        NONE.filter { policy[it] != "'none'" }.forEach { add("$it is ${policy[it]}") }
        if ((policy.keys - SELF - NONE).isNotEmpty()) add("the policy also has ${policy.keys - SELF - NONE}")
        if (reply.header("x-content-type-options") != "nosniff") add("no nosniff")
        if (reply.header("x-frame-options") != "DENY") add("it may be framed")
        if (reply.header("referrer-policy") !in setOf("same-origin", "no-referrer")) add("referrers go out")
        if ("public" in reply.header("cache-control").orEmpty() && reply.header("cache-control") != FILES) add("it may be kept by others")
        if (reply.header("server") != null) add("it says what serves it")
    }

    private companion object {
        val SELF = setOf("script-src", "style-src", "img-src", "connect-src", "form-action")
        val NONE = setOf("default-src", "frame-ancestors", "base-uri")

        /** Only files that bear their content's hash in their name. */
        const val FILES = "public, max-age=31536000, immutable"
    }
}
