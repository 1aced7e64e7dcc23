package twitchactors.dashboard

import twitchactors.store.DayLook
import twitchactors.store.DayStatus
import twitchactors.store.DayTrace
import twitchactors.store.SampledSlots
import twitchactors.store.SweptDayFigures
import twitchactors.store.SweptFigures
import twitchactors.store.TrackedFigures
import twitchactors.store.ViewerDatabase
import twitchactors.web.LiveView
import java.lang.reflect.Proxy
import java.time.Instant

/** Questions of tests that read nothing, or from what a test has made up. */
internal object Questions {
    /** Reads that fail when something is asked of them. */
    private val nothing by lazy { reads() }

    /** Workings that know nothing. */
    fun workings(
        statuses: List<DayStatus> = emptyList(),
        looks: List<DayLook> = emptyList(),
        slots: Map<Int, SampledSlots.OfSlot> = emptyMap(),
        deadLetters: List<WorkingsReads.DeadLetterCount>? = emptyList(),
    ) = WorkingsReads(
        { days -> statuses.filter { it.day in days } },
        { days -> looks.filter { it.day in days } },
        { slots },
        { day -> DayTrace(day, null, emptyMap(), false, 0, 0, 0, null, 16) },
        { deadLetters },
        { null },
    )

    /** What pages about the system itself, the map and single viewers ask. */
    class About(
        val workings: WorkingsReads = workings(),
        val map: MapReads = noMap,
        val viewers: ViewerReads = nobody,
        val cluster: () -> ClusterState? = { null },
        val live: () -> LiveView? = { null },
    )

    /** Nobody at all. */
    val nobody = ViewerReads({ 0 }, { null }, { null }, { null }, { _, _ -> null })

    /** No map. */
    val noMap = MapReads({ _, _ -> null }, { _, _, _ -> emptyList() })

    fun reads(
        swept: SweptFigures = absent(),
        days: SweptDayFigures = absent(),
        tracked: TrackedFigures = absent(),
        audience: AudienceReads = absent(),
        now: Instant = Instant.EPOCH,
        about: About = About(),
    ): Reads {
        // Connects in the background, and nobody asks it.
        val database = ViewerDatabase.connect("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=1", "nothing")
        val statuses = database.dayStatuses
        return about.run {
            Reads(swept, days, tracked, statuses, database.audiences, audience, live, { now }, workings, map, viewers, cluster)
        }
    }

    /** A question of the day 2022-08-01, or what [fields] say, about tracked streamers. */
    fun tracked(
        tracked: TrackedFigures,
        audience: AudienceReads = MadeUpAudience(),
        subject: String? = null,
        choices: Map<String, String> = emptyMap(),
        fields: Map<String, String> = mapOf("from" to "2022-08-01"),
        isAdmin: Boolean = false,
    ): Question {
        val now = Instant.parse("2022-08-01T20:00:00Z")
        return Question(reads(tracked = tracked, audience = audience, now = now), Period.of(fields, now), choices, subject, isAdmin)
    }

    fun about(now: Instant): Question = Question(nothing, Period.of(mapOf("period" to "today"), now))

    private inline fun <reified T> absent(): T = Proxy.newProxyInstance(
        T::class.java.classLoader,
        arrayOf(T::class.java),
    ) { _, method, _ -> error("${method.name} was asked") } as T
}
