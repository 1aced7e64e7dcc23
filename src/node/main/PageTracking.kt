package twitchactors.node

import twitchactors.collect.RosterKeeper
import twitchactors.domain.BadInput
import twitchactors.domain.Login
import twitchactors.services.ServiceUnavailable

/** Has streamers tracked whom admins name on a page, as `pbm streamer add` does; the audit trail says who did. */
internal class PageTracking(private val running: Running) {
    private val roster = AskedRoster(running)

    /** Returns why it was not done; null: it was. */
    fun track(streamer: Login, admin: String): String? {
        note(streamer, admin, "begins")
        val refused = try {
            roster.ask { RosterKeeper.Pin(streamer.name, it) }
            null
        } catch (refused: BadInput) {
            refused.message.orEmpty()
        } catch (away: ServiceUnavailable) {
            away.message.orEmpty()
        }
        note(streamer, admin, refused ?: "done")
        return refused
    }

    private fun note(streamer: Login, admin: String, what: String) =
        running.stores.audit.note(admin, "streamer add", "page", "$streamer; $what")
}
