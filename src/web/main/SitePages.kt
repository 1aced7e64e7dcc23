package twitchactors.web

/** Pages that another module brings. */
interface SitePages {
    /** Their entries in the navigation. */
    val links: List<Frame.Link>

    /** Their routes; [frame] is what stands around their pages. */
    fun routes(frame: Frame): List<Route>

    /** None at all. */
    object None : SitePages {
        override val links: List<Frame.Link> = emptyList()

        override fun routes(frame: Frame): List<Route> = emptyList()
    }
}
