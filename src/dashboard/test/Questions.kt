package twitchactors.dashboard

import twitchactors.store.SweptDayFigures
import twitchactors.store.SweptFigures
import twitchactors.store.ViewerDatabase
import java.lang.reflect.Proxy
import java.time.Instant

/** Questions of tests that read nothing, or from what a test has made up. */
internal object Questions {
    /** Reads that fail when something is asked of them. */
    private val nothing by lazy { reads(absent<SweptFigures>(), absent<SweptDayFigures>()) }

    fun reads(swept: SweptFigures, days: SweptDayFigures, now: Instant = Instant.EPOCH): Reads {
        // Connects in the background, and nobody asks it.
        val viewers = ViewerDatabase.connect("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=1", "nothing")
        return Reads(swept, days, viewers.dayStatuses, viewers.audiences, { null }, { now })
    }

    fun about(now: Instant): Question = Question(nothing, Period.of(mapOf("period" to "today"), now))

    private inline fun <reified T> absent(): T = Proxy.newProxyInstance(
        T::class.java.classLoader,
        arrayOf(T::class.java),
    ) { _, method, _ -> error("${method.name} was asked") } as T
}
