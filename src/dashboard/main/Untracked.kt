package twitchactors.dashboard

import twitchactors.domain.Login

/** What is said of somebody who is not tracked. */
internal object Untracked {
    fun how(login: Login, isAdmin: Boolean): String {
        val who = if (isAdmin) "You" else "An admin"
        return "There is no sample of $login: it was never tracked here while it was live. $who can have it tracked from the next five " +
            "minutes on, by the form on the page of streamers or by ./pbm streamer add $login"
    }
}
