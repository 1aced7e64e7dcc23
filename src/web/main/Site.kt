package twitchactors.web

import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject

/**
 * The table of routes, and the one gate before it: who asks, may they, is the form ours. Deny by default: whoever is nobody gets
 * to the open routes only, and does not even learn which others there are.
 */
internal class Site(
    users: Users,
    private val sessions: Sessions,
    private val throttle: GuessThrottle,
    private val live: () -> LiveMoment?,
    private val health: HealthCheck,
    simulated: Boolean = false,
    private val pages: SitePages = SitePages.None,
    contact: String = "",
) {
    private sealed interface Who
    private data object Nobody : Who
    private class Known(val account: Account, val session: String?) : Who
    private class Refused(val answer: Answer) : Who

    private val tokens = FormTokens()
    private val frame = Frame(pages.links + Frame.Link("/live", "Live"), simulated) { tokens.token(it.cookie(Logins.SESSION).orEmpty()) }
    private val logins = Logins(users, sessions, throttle, tokens)
    private val basic = BasicLogins(users, throttle)

    val routes: List<Route> = listOf(
        Route("GET", "/health/live", Access.OPEN) { _, _ -> Answer.json(buildJsonObject { put("live", true) }) },
        Route("GET", "/health/ready", Access.OPEN) { _, _ -> ready() },
        Route("GET", "/assets/", Access.OPEN) { asked, _ -> Assets.answer(asked.path) ?: missing(asked) },
        Route("GET", "/your-data", Access.OPEN) { _, _ -> Answer.html(Pages.yourData(contact)) },
        Route("GET", "/login", Access.OPEN) { asked, _ -> logins.form(asked) },
        Route("POST", "/login", Access.OPEN, checksForm = false) { asked, _ -> logins.enter(asked) },
        Route("POST", "/logout", Access.VISITOR) { asked, _ -> logins.leave(asked) },
        Route("GET", "/live", Access.VISITOR) { asked, account -> page(asked, checkNotNull(account)) },
        Route("GET", "/live/panel", Access.VISITOR) { _, account -> Answer.html(Pages.panel(shown(checkNotNull(account)))) },
        Route("GET", "/api/v1/live-view", Access.VISITOR) { asked, account -> view(asked, checkNotNull(account)) },
        Route("GET", "/api/v1/live", Access.VISITOR) { asked, account -> event(asked, checkNotNull(account)) },
    ) + pages.routes(frame)

    fun answer(asked: Asked): Answer {
        val here = routes.filter { it.takes(asked.path) }
        val route = here.find { it.method == asked.method || it.method == "GET" && asked.method == "HEAD" }
        if (!asked.reads && foreign(asked)) {
            return Answer.error(asked, 403, "foreign_origin", "This request comes from another site and was refused.")
        }
        if (route?.access == Access.OPEN) return route.answer(asked, null)

        val known = when (val who = who(asked)) {
            Nobody -> return nobody(asked)
            is Refused -> return who.answer
            is Known -> who
        }
        return when {
            here.isEmpty() -> missing(asked)
            route == null ->
                Answer.error(asked, 405, "method_not_allowed", "This address does not take ${asked.method}.")
                    .with("Allow", here.joinToString { it.method })
            route.access.role?.let(known.account.role::includes) != true ->
                Answer.error(asked, 403, "forbidden", "Your role, ${known.account.role.word}, may not see this.")
            !asked.reads && route.checksForm && known.session != null && !formFits(asked, known.session) ->
                Answer.error(asked, 403, "form_expired", "This form had expired. Go back, reload the page and try once more.")
            else -> route.answer(asked, known.account)
        }
    }

    private fun who(asked: Asked): Who {
        val header = asked.header("authorization")
        // Browsers send a Basic login by themselves, from foreign pages too: it counts for the API only, where nothing is a page.
        if (header != null && asked.api) {
            return when (val outcome = basic.who(header, asked.address)) {
                is BasicLogins.Known -> Known(outcome.account, session = null)
                BasicLogins.Wrong -> Nobody
                is BasicLogins.Wait -> Refused(
                    Answer.error(asked, 429, "too_many_guesses", "Too many wrong passwords from your network. Wait ${outcome.seconds} s.")
                        .with("Retry-After", "${outcome.seconds}"),
                )
            }
        }
        val id = asked.cookie(Logins.SESSION) ?: return Nobody
        return sessions.account(id)?.let { Known(it, id) } ?: Nobody
    }

    private fun nobody(asked: Asked): Answer = when {
        asked.api -> Answer.error(asked, 401, "login_needed", "Log in by HTTP Basic, or in the browser at /login.")
            .with("WWW-Authenticate", "Basic realm=\"TwitchActors\", charset=\"UTF-8\"")
        asked.header("hx-request") != null ->
            Answer.error(asked, 401, "login_needed", "Your session has ended. Please log in again.").with("HX-Redirect", "/login")
        asked.reads && asked.accepts("text/html") -> Answer.seeOther("/login")
        else -> Answer.error(asked, 401, "login_needed", "Please log in at /login.")
    }

    private fun formFits(asked: Asked, session: String) = tokens.fits(asked.form["csrf"] ?: asked.header("x-csrf-token"), session)

    /** A browser says where a form was sent from; what says nothing is no browser, and has no cookie that it did not ask for itself. */
    private fun foreign(asked: Asked): Boolean {
        val site = asked.header("sec-fetch-site")
        if (site != null && site != "same-origin" && site != "none") return true
        val from = asked.header("origin") ?: asked.header("referer") ?: return false
        return from.substringAfter("://", "").substringBefore('/') != asked.header("host")
    }

    private fun page(asked: Asked, account: Account): Answer =
        frame.page(asked, account, "Live", Pages.live(shown(account)), scripts = listOf(Assets.script))

    private fun shown(account: Account): LivePage? = live()?.let { LivePage(it, account.role, pages) }

    private fun view(asked: Asked, account: Account): Answer = live()?.let { Answer.json(it.json(account.role)) }
        ?: Answer.error(asked, 503, "starting", "There are no numbers yet; ask again in a second.").with("Retry-After", "1")

    /** One event; the border asks again for each further one, so each passes the gate. */
    private fun event(asked: Asked, account: Account): Answer {
        val view = view(asked, account)
        if (view.status != 200) return view
        val text = "event: live\ndata: " + view.body.decodeToString() + "\n\n"
        return Answer(200, Answer.EVENTS, text.toByteArray())
    }

    private fun ready(): Answer {
        val now = health.now()
        val body = buildJsonObject {
            put("ready", now.ready)
            putJsonObject("services") { now.services.forEach { (name, service) -> put(name, service.up) } }
        }
        return Answer.json(body, if (now.ready) 200 else 503)
    }

    private fun missing(asked: Asked) = Answer.error(asked, 404, "not_found", "There is nothing at this address.")
}
