package twitchactors.dashboard

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.store.AuditEntry
import twitchactors.web.Access
import twitchactors.web.Account
import twitchactors.web.Answer
import twitchactors.web.Asked
import twitchactors.web.Frame
import twitchactors.web.Role
import twitchactors.web.Route
import java.time.Instant

class RightsTest {
    private val now = Instant.parse("2022-08-03T12:00:00Z")
    private val visitor = Account("visitor", Role.VISITOR, "")
    private val admin = Account("ann", Role.ADMIN, "")

    /** Notes what was begun. */
    private class Noted : ViewerRights {
        val begun = ArrayList<String>()
        var removal = ViewerRights.Removal(ViewerRights.Kind.ERASE, "ab", listOf("publishing days"), null, null)

        override fun nameOf(login: Login) = "f".repeat(32)

        override fun document(login: Login) = if (login.name == "known") JsonObject(mapOf("viewer" to JsonPrimitive("known"))) else null

        override fun keptOut(login: Login) = "erased".takeIf { login.name == "gone" }

        override fun begin(kind: ViewerRights.Kind, login: Login, who: String): String {
            begun += "${kind.word} $login by $who"
            return "7"
        }

        override fun removal(number: String) = removal.takeIf { number == "7" }

        override fun past() = listOf(AuditEntry(1, Instant.EPOCH, "page: ann", "erase", "viewer 0011", "begins"))
    }

    private val rights = Noted()
    private val reads = Questions.reads(now = now)
    private val frame = Frame(emptyList(), simulated = false) { "token" }
    private val routes: List<Route> = Dashboard(
        Boards.ALL,
        reads,
        more = listOf(ViewerPages(reads.viewers, rights), DayApi(reads)),
    ).routes(frame)

    private fun ask(account: Account, method: String, path: String, vararg fields: Pair<String, String>): Answer {
        val asked = Asked(
            method,
            path,
            emptyMap(),
            if (method == "POST") mapOf(*fields) else emptyMap(),
            "192.0.2.1",
            false,
            "1",
            if (method == "GET") mapOf(*fields) else emptyMap(),
        )
        val route = routes.first {
            it.method == method &&
                (it.path == path || it.path.endsWith("/") && it.path.length > 1 && path.startsWith(it.path))
        }
        return route.answer(asked, account)
    }

    @Test
    fun `what names viewers, or is about nodes, is for admins by its route`() {
        val admins = routes.filter { it.access == Access.ADMIN }.map { "${it.method} ${it.path}" }.toSet()
        assertEquals(
            setOf(
                "GET /cluster", "GET /api/v1/cluster", "GET /api/v1/viewers", "GET /api/v1/erasures", "POST /api/v1/erasures",
                "GET /api/v1/dead-letters", "POST /rights/find", "POST /rights/erase", "POST /rights/optout", "GET /rights/removals/",
                "GET /rights/progress/",
            ),
            admins,
        )
        assertTrue(routes.none { it.access == Access.OPEN })
        assertTrue(routes.filter { it.method == "POST" }.all { it.checksForm })
    }

    @Test
    fun `no panel for admins is given to a visitor by its own address`() {
        val panels = Boards.ALL.flatMap { it.panels }.filter { it.access == Access.ADMIN }
        assertTrue(panels.size >= 5)
        for (panel in panels) {
            for (path in listOf("/panel/${panel.id}", "/api/v1/panels/${panel.id}", "/api/v1/panels/${panel.id}.csv")) {
                assertEquals(404, ask(visitor, "GET", path).status, path)
                assertEquals(200, ask(admin, "GET", path).status, path)
            }
        }
    }

    @Test
    fun `a removal is begun only when the login was typed twice`() {
        for ((kind, confirm) in listOf("erase" to "somebodyelse", "optout" to "", "erase" to "some body")) {
            assertEquals(422, ask(admin, "POST", "/rights/$kind", "login" to "somebody", "confirm" to confirm).status)
        }
        assertEquals(422, ask(admin, "POST", "/rights/erase", "login" to "no login", "confirm" to "no login").status)
        assertEquals(emptyList<String>(), rights.begun)
        val begun = ask(admin, "POST", "/rights/erase", "login" to "somebody", "confirm" to " SomeBody ")
        assertEquals(303 to "/rights/removals/7", begun.status to begun.headers.toMap()["Location"])
        assertEquals(303, ask(admin, "POST", "/rights/optout", "login" to "other", "confirm" to "other").status)
        assertEquals(listOf("erase somebody by ann", "optout other by ann"), rights.begun)
    }

    @Test
    fun `a removal is looked at until it has a receipt`() {
        val under = ask(admin, "GET", "/rights/progress/7").body.decodeToString()
        assertTrue("publishing days" in under && "every 1s" in under)
        rights.removal =
            ViewerRights.Removal(ViewerRights.Kind.ERASE, "ab", listOf("publishing days"), listOf("erased, and kept out from now on"), null)
        val done = ask(admin, "GET", "/rights/removals/7").body.decodeToString()
        assertTrue("erased, and kept out" in done && "every 1s" !in done)
        assertEquals(404, ask(admin, "GET", "/rights/removals/8").status)
    }

    @Test
    fun `by the API a removal is begun by the same means, and past ones are told`() {
        assertEquals(202, ask(admin, "POST", "/api/v1/erasures", "login" to "somebody", "kind" to "optout").status)
        assertEquals(422, ask(admin, "POST", "/api/v1/erasures", "login" to "somebody", "kind" to "forget").status)
        assertEquals(422, ask(admin, "POST", "/api/v1/erasures", "login" to "").status)
        assertEquals(listOf("optout somebody by ann"), rights.begun)
        assertTrue("viewer 0011" in ask(admin, "GET", "/api/v1/erasures").body.decodeToString())
    }

    @Test
    fun `a search leads to the page by a pseudonym, or says that nothing is known`() {
        val unknown = ask(admin, "POST", "/rights/find", "login" to "nobody_here")
        assertTrue(unknown.status == 200 && "no sealed day" in unknown.body.decodeToString())
        assertTrue("kept out: erased" in ask(admin, "POST", "/rights/find", "login" to "gone").body.decodeToString())
        assertEquals(422, ask(admin, "POST", "/rights/find", "login" to "<script>").status)
        assertEquals(200, ask(admin, "GET", "/api/v1/viewers", "login" to "known").status)
        assertEquals(404, ask(admin, "GET", "/api/v1/viewers", "login" to "unknown").status)
        assertEquals(422, ask(admin, "GET", "/api/v1/viewers").status)
    }

    @Test
    fun `with nobody known a random viewer leads back to the page that says so`() {
        assertEquals("/viewers", ask(visitor, "GET", "/viewers/random").headers.toMap()["Location"])
        assertEquals(404, ask(visitor, "GET", "/api/v1/viewers/random").status)
        assertEquals(404, ask(visitor, "GET", "/api/v1/days/2022-08-01").status)
        assertEquals(422, ask(visitor, "GET", "/api/v1/days/today").status)
    }

    @Test
    fun `pages for visitors offer nothing that is for admins`() {
        val page = ask(visitor, "GET", "/viewers").body.decodeToString()
        assertFalse("/rights/" in page)
        assertTrue("/viewers/random" in page && "/your-data" in page)
        assertTrue("/rights/find" in ask(admin, "GET", "/viewers").body.decodeToString())
    }
}
