package twitchactors.node

import twitchactors.dashboard.Boards
import twitchactors.dashboard.CategoryPictures
import twitchactors.dashboard.Dashboard
import twitchactors.dashboard.Reads
import twitchactors.dashboard.StoredAudienceReads
import twitchactors.dashboard.TrackingRoutes

/** The pages of panels over the stores of a process. */
internal object DashboardPart {
    /** @param view what is in memory now, beside what is stored */
    fun of(running: Running, view: PipelineView): Dashboard {
        val stores = running.stores
        val clock = running.configuration.clock
        return Dashboard(
            Boards.ALL,
            Reads(
                stores.swept,
                stores.sweptDays,
                stores.tracked,
                stores.viewers.dayStatuses,
                stores.viewers.audiences,
                StoredAudienceReads(stores.viewers.dayStatuses, stores.viewers.audiences, stores.viewers.windowAudiences),
                view::last,
                clock::now,
            ),
            more = listOf(
                TrackingRoutes(PageTracking(running)::track),
                CategoryPictures(running.configuration.sources.twitch.pictures, stores.swept),
            ),
        )
    }
}
