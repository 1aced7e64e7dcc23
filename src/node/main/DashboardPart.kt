package twitchactors.node

import twitchactors.dashboard.Boards
import twitchactors.dashboard.CategoryPictures
import twitchactors.dashboard.Dashboard
import twitchactors.dashboard.DayApi
import twitchactors.dashboard.MapReads
import twitchactors.dashboard.Reads
import twitchactors.dashboard.SharedSweptFigures
import twitchactors.dashboard.StoredAudienceReads
import twitchactors.dashboard.TrackingRoutes
import twitchactors.dashboard.ViewerPages
import twitchactors.dashboard.ViewerReads
import twitchactors.dashboard.WorkingsReads
import twitchactors.domain.Login
import twitchactors.store.ViewerDayId
import twitchactors.topics.DeadLetterBox
import java.util.concurrent.CompletionStage

/** The pages of panels over the stores of a process. */
internal object DashboardPart {
    /** @param view what is in memory now, beside what is stored */
    fun of(running: Running, view: PipelineView): Dashboard {
        val stores = running.stores
        val clock = running.configuration.clock
        val drawn = DrawnViewers(stores, stores.pseudonyms)
        val cluster = ClusterWatch(running)
        val rights = PageRights(running, drawn)
        running.services.beforeStop {
            rights.close()
            cluster.close()
        }
        val viewers = viewers(running, drawn)
        val swept = SharedSweptFigures(stores.swept)
        val reads = Reads(
            swept,
            stores.sweptDays,
            stores.tracked,
            stores.shownViewers.dayStatuses,
            stores.shownViewers.audiences,
            StoredAudienceReads(stores.shownViewers.dayStatuses, stores.shownViewers.audiences, stores.shownViewers.windowAudiences),
            view::last,
            clock::now,
            workings(running),
            map(stores),
            viewers,
            cluster::now,
        )
        val more = listOf(
            ViewerPages(viewers, rights),
            DayApi(reads),
            TrackingRoutes(PageTracking(running)::track),
            CategoryPictures(running.configuration.sources.twitch.pictures, swept),
        )
        return Dashboard(Boards.ALL, reads, more = more)
    }

    private fun workings(running: Running): WorkingsReads {
        val stores = running.stores
        return WorkingsReads(
            statuses = { days -> stores.shownViewers.dayStatuses.of(days).now() },
            looks = { days -> stores.shownViewers.dayLooks.of(days).now() },
            slots = stores.sampledSlots::of,
            trace = stores.traces::of,
            deadLetters = DeadLetterTally(DeadLetterBox(running.services.kafka))::now,
            gapsHere = { running.node?.collecting?.gaps() },
        )
    }

    private fun map(stores: Stores) = MapReads(
        communities = { day, length -> stores.shownViewers.windowAudiences.communities(day, length).now() },
        overlaps = { streamers, day, length ->
            if (length == 1) {
                stores.shownViewers.audiences.overlaps(streamers, day).now()
            } else {
                stores.shownViewers.windowAudiences.overlaps(streamers, day, length).now()
            }
        },
    )

    private fun viewers(running: Running, drawn: DrawnViewers): ViewerReads {
        val stores = running.stores
        val known = KnownViewers(stores, stores.shownViewers.viewers)

        // Who is kept out is gone from pages at once, whatever is still on its way out of the documents.
        fun figures(login: Login) = if (stores.suppressions.kind(login) == null) known.of(login) else null
        return ViewerReads(
            count = { stores.shownViewers.viewers.count().now() },
            random = { drawn.one { login -> figures(login)?.let { ViewerReads.mayBeShown(login, it) } == true }?.let(drawn::nameOf) },
            known = drawn::known,
            figures = ::figures,
            day = { login, day -> stores.shownViewers.viewerDays.read(listOf(ViewerDayId(login, day))).now().firstOrNull() },
        )
    }

    private fun <T> CompletionStage<T>.now(): T = toCompletableFuture().get()
}
