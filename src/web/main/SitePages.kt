package twitchactors.web

import twitchactors.domain.Day
import twitchactors.domain.Login

/** Pages that another module brings. */
interface SitePages {
    /** Their entries in the navigation. */
    val links: List<Frame.Link>

    /** Their routes; [frame] is what stands around their pages. */
    fun routes(frame: Frame): List<Route>

    /** The address of the page of a tracked streamer, about [day]; null when there are no such pages. */
    fun streamer(streamer: Login, day: Day): String? = null

    /** None at all. */
    object None : SitePages {
        override val links: List<Frame.Link> = emptyList()

        override fun routes(frame: Frame): List<Route> = emptyList()
    }
}
