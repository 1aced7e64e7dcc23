package twitchactors.dashboard

import twitchactors.store.Audiences
import twitchactors.store.DayStatuses
import twitchactors.store.SweptDayFigures
import twitchactors.store.SweptFigures
import twitchactors.store.TrackedFigures
import twitchactors.web.LiveView
import java.time.Instant

/**
 * The read models that panels ask, and nothing else: only the pipeline writes them. Each read is by an index, and blocks its caller.
 *
 * @param live what is in memory now, of the days that are still open; null while there is nothing yet
 * @param now the pipeline's clock
 * @param workings how the system itself does
 * @param map whose people are the same
 * @param viewers single viewers
 * @param cluster the nodes; null while this process is in no cluster
 */
class Reads(
    val swept: SweptFigures,
    val days: SweptDayFigures,
    val tracked: TrackedFigures,
    val statuses: DayStatuses,
    val audiences: Audiences,
    val audience: AudienceReads,
    val live: () -> LiveView?,
    val now: () -> Instant,
    val workings: WorkingsReads,
    val map: MapReads,
    val viewers: ViewerReads,
    val cluster: () -> ClusterState?,
)
