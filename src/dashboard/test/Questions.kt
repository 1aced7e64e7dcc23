package twitchactors.dashboard

import twitchactors.store.SweptDayFigures
import twitchactors.store.SweptFigures
import twitchactors.store.TrackedFigures
import twitchactors.store.ViewerDatabase
import java.lang.reflect.Proxy
import java.time.Instant

/** Questions of tests that read nothing, or from what a test has made up. */
internal object Questions {
    /** Reads that fail when something is asked of them. */
    private val nothing by lazy { reads() }

    fun reads(
        swept: SweptFigures = absent(),
        days: SweptDayFigures = absent(),
        tracked: TrackedFigures = absent(),
        audience: AudienceReads = absent(),
        now: Instant = Instant.EPOCH,
    ): Reads {
        // Connects in the background, and nobody asks it.
        val viewers = ViewerDatabase.connect("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=1", "nothing")
        return Reads(swept, days, tracked, viewers.dayStatuses, viewers.audiences, audience, { null }, { now })
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
