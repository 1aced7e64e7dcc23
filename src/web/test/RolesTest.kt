package twitchactors.web

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.Duration

/** Walks the table of routes as nobody, as visitor and as admin. A route that is added is walked too. */
class RolesTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `every route holds its role`() {
        val users = Users.open(folder.resolve("users.json"))
        val sessions = Sessions(users, System::nanoTime, Duration.ofHours(1), Duration.ofHours(1))
        val moment = LiveHistory(MadeUpLive(), Duration.ofSeconds(1), System::nanoTime).use { history ->
            history.take()
            history.latest()
        }
        val admins = Route("GET", "/api/v1/admins", Access.ADMIN) { _, _ -> Answer.html("for admins") }
        val health = HealthCheck({ Health(true, emptyMap()) }, System::nanoTime)
        val pages = object : SitePages {
            override val links = emptyList<Frame.Link>()

            override fun routes(frame: Frame) = listOf(admins)
        }
        val site = Site(users, sessions, GuessThrottle(System::nanoTime), { moment }, health, pages = pages)
        val accounts = Role.entries.map { users.create(it, it.word, "a-password-of-${it.word}") }

        for (route in site.routes) {
            for (account in listOf(null) + accounts) {
                val path = if (route.path == "/assets/") Assets.icon.path else route.path
                val status = site.answer(asked(route.method, path, account?.let(sessions::begin))).status
                val may = route.access.role?.let { account?.role?.includes(it) == true } ?: true
                val expected = when {
                    // The forms carry no token here: past the role, that is what refuses them.
                    may -> if (route.method == "POST") 403 else 200
                    account == null -> 401
                    else -> 403
                }
                assertEquals(expected, status, "${route.method} ${route.path} as $account")
            }
        }
    }

    private fun asked(method: String, path: String, session: String?) = Asked(
        method,
        path,
        if (session == null) emptyMap() else mapOf("cookie" to "${Logins.SESSION}=$session"),
        emptyMap(),
        "192.0.2.1",
        false,
        "1",
    )
}
