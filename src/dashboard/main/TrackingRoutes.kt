package twitchactors.dashboard

import twitchactors.domain.Login
import twitchactors.web.Access
import twitchactors.web.Answer
import twitchactors.web.Asked
import twitchactors.web.Frame
import twitchactors.web.Route

/**
 * Takes an admin's wish that a streamer be tracked.
 *
 * @param track has the streamer tracked, for ever, on behalf of the named admin; returns why not, or null when it is done
 */
class TrackingRoutes(private val track: (streamer: Login, admin: String) -> String?) : FramedRoutes {
    override fun routes(frame: Frame): List<Route> = listOf(
        Route("POST", "${StreamerLinks.ALL}/track", Access.ADMIN) { asked, account -> answer(asked, checkNotNull(account).name) },
    )

    private fun answer(asked: Asked, admin: String): Answer {
        val login = Login.of(asked.form["login"].orEmpty().trim())
            ?: return Answer.error(asked, 422, "no_login", "That is no name that Twitch gives: 1 to 25 of a-z, 0-9 and _.")
        val refused = track(login, admin) ?: return Answer.seeOther(Question.address(StreamerLinks.ALL, mapOf("q" to login.name)))
        return Answer.error(asked, 503, "not_tracked", refused)
    }
}
