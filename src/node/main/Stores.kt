package twitchactors.node

import twitchactors.days.AudienceWindows
import twitchactors.days.DayAudiences
import twitchactors.days.DayContents
import twitchactors.days.JournalDatabase
import twitchactors.days.ViewerApplier
import twitchactors.days.WindowKeeper
import twitchactors.domain.Day
import twitchactors.services.Databases
import twitchactors.services.Schema
import twitchactors.services.Services
import twitchactors.store.AgedDays
import twitchactors.store.AuditTrail
import twitchactors.store.Authorizations
import twitchactors.store.CategoryTable
import twitchactors.store.Checkpoints
import twitchactors.store.ClusterFacts
import twitchactors.store.ClusterNodes
import twitchactors.store.DayCloses
import twitchactors.store.DayDrops
import twitchactors.store.DayOpenings
import twitchactors.store.DayStatus
import twitchactors.store.DayTraces
import twitchactors.store.FencedWrites
import twitchactors.store.NodeVitals
import twitchactors.store.PartitionNumber
import twitchactors.store.Pseudonyms
import twitchactors.store.RemovedRows
import twitchactors.store.RollUps
import twitchactors.store.SampleHeads
import twitchactors.store.SampledSlots
import twitchactors.store.Seals
import twitchactors.store.StoredSweptDayFigures
import twitchactors.store.StoredSweptFigures
import twitchactors.store.StoredTrackedFigures
import twitchactors.store.StreamTable
import twitchactors.store.SuppressionProgress
import twitchactors.store.Suppressions
import twitchactors.store.SweptDayFigures
import twitchactors.store.SweptFigures
import twitchactors.store.TrackedFigures
import twitchactors.store.TrackedRollUps
import twitchactors.store.UserTokens
import twitchactors.store.ViewerApplications
import twitchactors.store.ViewerDatabase
import twitchactors.store.WindowCounts
import java.time.Duration
import java.util.concurrent.ExecutionException

/** The databases of a running set of services, brought up to date. */
class Stores private constructor(services: Services, configuration: Configuration) : AutoCloseable {
    private val pool = Databases.pool(services.mariaDb, "twitchactors", CONNECTIONS)

    val partitions: PartitionNumber
    val journal = JournalDatabase(pool)
    val fencedWrites = FencedWrites(pool)
    val checkpoints = Checkpoints(pool, fencedWrites)
    val seals = Seals(pool, fencedWrites)
    val openings = DayOpenings(pool)
    val closes = DayCloses(pool)
    val drops = DayDrops(pool)
    val categories = CategoryTable(pool)
    val streams = StreamTable(pool)
    val rollUps = RollUps(pool)
    val trackedRollUps = TrackedRollUps(pool)

    /** Pages wait for each other rather than let the pipeline wait for them. */
    private val pagesPool = Databases.pool(services.mariaDb, "twitchactors-pages", PAGE_CONNECTIONS)
    val swept: SweptFigures = StoredSweptFigures(pagesPool)
    val sweptDays: SweptDayFigures = StoredSweptDayFigures(pagesPool)
    val tracked: TrackedFigures = StoredTrackedFigures(pagesPool)
    val sampledSlots = SampledSlots(pagesPool)
    val suppressions: Suppressions

    /** Their key is made when pages are opened for the first time. */
    val pseudonyms: Pseudonyms by lazy { Pseudonyms.open(configuration.data.resolve("pseudonym.key")) }

    /** Tokens of accounts that have authorized us. Their key is made when they are first asked for. */
    val userTokens: UserTokens by lazy {
        val key = configuration.sources.twitch.tokensKey.reveal()
        UserTokens.open(pool, key, configuration.data.resolve("tokens.key"))
    }
    val authorizations = Authorizations(pool)
    val audit = AuditTrail(pool)
    val clusterNodes = ClusterNodes(pool)
    val nodeVitals = NodeVitals(pool)
    val agedDays = AgedDays(pool)
    val removedRows = RemovedRows(pool)
    val suppressionProgress = SuppressionProgress(pool)
    val viewers = ViewerDatabase.connect(services.mongo.uri, services.mongo.database)

    /** The same for pages, which do not wait there for what the pipeline writes. */
    val shownViewers = ViewerDatabase.connect(services.mongo.pagesUri, services.mongo.database)
    val traces: DayTraces
    val contents: DayContents
    val sampleHeads = SampleHeads(pool)
    val audiences = DayAudiences(seals, sampleHeads, viewers.audiences)
    val applications: ViewerApplications
    val applier: ViewerApplier
    val windows: WindowKeeper

    init {
        try {
            Databases.pool(services.mariaDb, "twitchactors-schema", SCHEMA_CONNECTIONS, Duration.ZERO).use(Schema::migrate)
            partitions = PartitionNumber.fix(ClusterFacts(pool), configuration.topics.partitions)
            suppressions = Suppressions.open(pool, configuration.data.resolve("suppression.key"), partitions.partitions)
            traces = DayTraces(pool, partitions.partitions.count)
            val count = partitions.partitions.count
            contents = DayContents(seals, count)
            applications = ViewerApplications(pool, count, ViewerApplier.FORMULAS)
            applier = ViewerApplier(seals, sampleHeads, viewers.viewers, applications, services::makeDurable)
            val counts = WindowCounts(pool, count)
            windows = WindowKeeper(AudienceWindows(seals, count), viewers.windowAudiences, counts, services::makeDurable)
        } catch (failure: Throwable) {
            close()
            throw failure
        }
    }

    /** The status of [day], once it says what all partitions have sealed and published; null before. Blocks its caller. */
    fun status(day: Day): DayStatus? {
        val trace = traces.of(day)
        return if (trace.isWhole) lastStatus(day)?.takeIf { it.seals == trace.revisions } else null
    }

    /** What was last said of [day], whether or not it still holds; null when nothing was. Blocks its caller. */
    fun lastStatus(day: Day): DayStatus? = try {
        viewers.dayStatuses.of(day).toCompletableFuture().get()
    } catch (failure: ExecutionException) {
        throw failure.cause ?: failure
    }

    override fun close() {
        shownViewers.close()
        viewers.close()
        pagesPool.close()
        pool.close()
    }

    companion object {
        /** Enough for all partitions of a node to wait for MariaDB without making each other wait long. */
        private const val CONNECTIONS = 8

        /** Of all pages together: MariaDB works at few of their questions at once. */
        private const val PAGE_CONNECTIONS = 4

        /** What Flyway needs. */
        private const val SCHEMA_CONNECTIONS = 2

        fun open(services: Services, configuration: Configuration): Stores = Stores(services, configuration)
    }
}
