package twitchactors.collect

import twitchactors.domain.Login
import twitchactors.domain.Slot

/**
 * Who is tracked, and who was in the last days: what the events of the roster add up to. For one actor.
 *
 * @param configured who is pinned by the configuration; what events say counts more
 */
class Roster(private val configured: Set<Login> = emptySet()) {
    /** Slots from [from] to before [until]; null: it goes on. */
    data class Span(val from: DaySlot, val until: DaySlot?) {
        operator fun contains(slot: DaySlot) = slot >= from && (until == null || slot < until)
    }

    private val pinnedByWord = HashMap<Login, Boolean>()
    private val pausedNow = HashSet<Login>()
    private val spans = HashMap<Login, List<Span>>()

    val pinned: Set<Login> get() = configured.filterTo(HashSet()) { pinnedByWord[it] != false } + pinnedByWord.filterValues { it }.keys
    val paused: Set<Login> get() = pausedNow

    /** Whether nobody was ever tracked. */
    val isNew: Boolean get() = spans.isEmpty()

    /** Who is tracked from the last change on. */
    val tracked: Set<Login> get() = spans.filterValues { it.last().until == null }.keys

    /** The last span of everybody who is tracked in [slot] or later. */
    fun since(slot: DaySlot): Map<Login, Span> =
        spans.mapValues { it.value.last() }.filterValues { span -> span.until.let { it == null || it > slot } }

    /** Of everybody who is tracked in some slot of [slots], when. */
    fun spansIn(slots: ClosedRange<DaySlot>): Map<Login, List<Span>> = spans
        .mapValues { (_, all) -> all.filter { it.from <= slots.endInclusive && (it.until == null || it.until > slots.start) } }
        .filterValues { it.isNotEmpty() }

    /** What has to change so that the pinned and [top] are tracked from [from] on, but not who is paused; null: nothing. */
    fun changedTo(top: Collection<Login>, from: DaySlot): RosterChanged? {
        val wanted = (pinned + top) - pausedNow
        val now = tracked
        val change = RosterChanged(from, (wanted - now).sorted(), (now - wanted).sorted())
        return change.takeIf { it.tracked.isNotEmpty() || it.untracked.isNotEmpty() }
    }

    /** Takes [event] in. */
    fun take(event: RosterEvent): Roster {
        when (event) {
            is Pinned -> pinnedByWord[event.streamer] = true
            is Unpinned -> pinnedByWord[event.streamer] = false
            is Paused -> pausedNow += event.streamer
            is Resumed -> pausedNow -= event.streamer
            is RosterChanged -> change(event)
        }
        return this
    }

    private fun change(change: RosterChanged) {
        for (streamer in change.untracked) {
            val before = spans[streamer] ?: continue
            val last = before.last()
            // Untracked before its first slot came: it never was.
            val kept = if (last.from >= change.from) before.dropLast(1) else before.dropLast(1) + last.copy(until = change.from)
            if (kept.isEmpty()) spans.remove(streamer) else spans[streamer] = kept
        }
        for (streamer in change.tracked) spans[streamer] = spans[streamer].orEmpty() + Span(change.from, null)
        val oldest = change.from - KEPT_SLOTS
        spans.values.removeIf { all -> all.all { it.until != null && it.until < oldest } }
    }

    private companion object {
        /** Longer than a day waits to be closed while its records are in Kafka. */
        const val KEPT_SLOTS = 8 * Slot.PER_DAY
    }
}
