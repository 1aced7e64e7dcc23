package twitchactors.days

import twitchactors.store.DayStatus
import twitchactors.store.DayTrace
import java.time.Instant

/** What the events of a day add up to. */
data class LivedDay(val openedAt: Instant? = null, val feeds: Set<String> = emptySet(), val sealed: DaySealed? = null) {
    /** This day after [event]. */
    fun after(event: DayEvent): LivedDay = when (event) {
        is DayOpened -> copy(openedAt = event.at)
        is DayClosed -> copy(feeds = feeds + event.feed)
        is DaySealed -> copy(sealed = event)
    }

    /** What [trace] tells of its beginning and its feeds that no event has told yet. */
    fun newsIn(trace: DayTrace): List<DayEvent> = buildList {
        if (openedAt == null) trace.openedAt?.let { add(DayOpened(it)) }
        trace.closes.filterKeys { it !in feeds }.entries.sortedBy { it.value }.forEach { add(DayClosed(it.value, it.key)) }
    }

    /**
     * [content], sealed by [at], as the seal of this day: the last one if it is that; else the next, whose revision is another
     * exactly when the digest is.
     *
     * @param status what readers were told last. Its revision may be greater than that of any event, where the journal is younger
     *   than the day or was restored from a backup: a revision that was seen is never given to other content
     */
    fun sealedAs(content: DayContent, at: Instant, status: DayStatus?): DaySealed {
        val told = status?.revision ?: 0
        val last = sealed
        if (last != null && last.revision >= told) {
            if (last.content == content) return last
            return DaySealed(at, last.revision + if (last.content.digest == content.digest) 0 else 1, content)
        }
        val same = status != null && status.digest == content.digest
        return DaySealed(at, maxOf(1, told + if (same) 0 else 1), content)
    }
}
