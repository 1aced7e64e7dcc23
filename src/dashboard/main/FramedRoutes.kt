package twitchactors.dashboard

import twitchactors.web.Frame
import twitchactors.web.Route

/** Routes of pages and of the API that are no boards. */
fun interface FramedRoutes {
    /** @param frame what stands around their pages */
    fun routes(frame: Frame): List<Route>
}
