package twitchactors.dashboard

import twitchactors.domain.Login

/** What is said of somebody who is not tracked. */
internal object Untracked {
    fun how(login: Login, isAdmin: Boolean): String {
        val who = if (isAdmin) {
            "To have it tracked from the next five minutes on, use the form above, or"
        } else {
            "An admin can have it " +
                "tracked, by the form on the page of streamers or by"
        }
        return "There is no sample of $login: it was never tracked here while it was live. $who ./pbm streamer add $login"
    }
}
