package twitchactors.collect

import twitchactors.domain.Day
import java.util.TreeMap

/**
 * The days that are collected and not closed yet: what the events of days add up to.
 *
 * @param open by partition of `samples`, the offset before which nothing of the day stands
 * @param lastEnded no day up to this one is open; null: none has ended
 */
data class CollectedDays(val open: Map<Day, List<Long>> = emptyMap(), val lastEnded: Day? = null) {
    fun after(event: DayCollectEvent): CollectedDays = when (event) {
        is DayBegun -> copy(open = TreeMap(open + (event.day to event.offsets)))
        is DayEnded -> CollectedDays(TreeMap(open.filterKeys { it > event.day }), event.day)
    }

    /** Whether [day] has neither begun nor ended. */
    fun isNew(day: Day) = day !in open && (lastEnded == null || day > lastEnded)

    /** From where `samples` has to be read to know all of the open days, when its ends are [ends]. */
    fun begin(ends: List<Long>): List<Long> = open.values.fold(ends) { least, offsets ->
        List(ends.size) { minOf(least[it], offsets.getOrElse(it) { 0L }) }
    }
}
