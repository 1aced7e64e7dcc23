package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.web.Access
import twitchactors.web.Account
import twitchactors.web.Asked
import twitchactors.web.Frame
import twitchactors.web.Role

/** Only admins can have a streamer tracked, and they are told when it was not done. */
class TrackingRoutesTest {
    private val tracked = ArrayList<Pair<String, String>>()
    private var refusal: String? = null

    private val route = TrackingRoutes { login: Login, admin ->
        tracked += "$login" to admin
        refusal
    }.routes(Frame(emptyList(), simulated = false) { "" }).single()

    private fun post(login: String) = route.answer(
        Asked("POST", "/streamers/track", emptyMap(), mapOf("login" to login), "127.0.0.1", https = false, id = "1"),
        Account("ada", Role.ADMIN, hash = ""),
    )

    @Test
    fun `a name is folded, tracked and looked for`() {
        val answer = post(" ZeratoR ")
        assertEquals(listOf("zerator" to "ada"), tracked)
        assertEquals(303 to "/streamers?q=zerator", answer.status to answer.headers.toMap()["Location"])
    }

    @Test
    fun `what is no name is refused, and a refusal of the roster is said`() {
        for (name in listOf("", "a b", "x".repeat(26), "<script>")) assertEquals(422, post(name).status, name)
        assertEquals(emptyList<Any>(), tracked)
        refusal = "the roster does not answer"
        val answer = post("zerator")
        assertEquals(503, answer.status)
        assertTrue("the roster does not answer" in answer.body.decodeToString())
    }

    @Test
    fun `it is for admins, and by a form`() {
        assertEquals(Access.ADMIN, route.access)
        assertTrue(route.checksForm)
        assertEquals("POST", route.method)
    }
}
