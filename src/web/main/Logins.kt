package twitchactors.web

/** The form of `/login`, and the two cookies: one that ties the form to the browser, one that is the session. */
internal class Logins(
    private val users: Users,
    private val sessions: Sessions,
    private val throttle: GuessThrottle,
    private val tokens: FormTokens,
) {
    fun form(asked: Asked, status: Int = 200, name: String = "", message: String? = null): Answer {
        val cookie = asked.cookie(FORM)?.takeIf { it.length == 64 } ?: tokens.cookie()
        return Answer.html(Pages.login(tokens.token(cookie), name, message), status)
            .with("Set-Cookie", set(asked, FORM, cookie, "/login"))
    }

    fun enter(asked: Asked): Answer {
        if (!tokens.fits(asked.form["csrf"], asked.cookie(FORM))) {
            return form(asked, 403, message = "This form had expired, or cookies are switched off. Please try once more.")
        }
        val name = asked.form["name"].orEmpty().trim()
        val wait = throttle.waitSeconds(asked.address, name)
        if (wait > 0) return tooMany(asked, wait)
        val account = if (Account.isName(name)) users.check(name, asked.form["password"].orEmpty()) else null
        if (account == null) {
            throttle.wrong(asked.address, name)
            return form(asked, 401, name.take(64), "Name and password do not fit together.")
        }
        asked.cookie(SESSION)?.let(sessions::end)
        return Answer.seeOther("/").with("Set-Cookie", set(asked, SESSION, sessions.begin(account), "/"))
    }

    fun leave(asked: Asked): Answer {
        asked.cookie(SESSION)?.let(sessions::end)
        return Answer.seeOther("/login").with("Set-Cookie", set(asked, SESSION, "", "/") + "; Max-Age=0")
    }

    private fun tooMany(asked: Asked, seconds: Long): Answer =
        form(asked, 429, message = "Too many wrong passwords from your network. Please wait ${(seconds + 59) / 60} min.")
            .with("Retry-After", "$seconds")

    private fun set(asked: Asked, name: String, value: String, path: String): String =
        "$name=$value; Path=$path; HttpOnly; SameSite=Lax" + if (asked.https) "; Secure" else ""

    companion object {
        const val SESSION = "twitchactors_session"
        const val FORM = "twitchactors_form"
    }
}
