package twitchactors.twitch

import twitchactors.domain.Day
import twitchactors.domain.Slot
import twitchactors.simulator.WorldDay
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * The moment that is now, and those that cursors remember.
 *
 * @param cursorSlots how many slots old a remembered moment may be
 */
internal class Moments(private val days: WorldDays, private val clock: SimulatedClock, private val cursorSlots: Int) {
    private val kept = object : LinkedHashMap<Int, Moment>(KEPT, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<Int, Moment>): Boolean = size > KEPT
    }

    /** The moment that is now; at once, but for a day that is still being worked out. */
    fun now(): CompletionStage<Moment> {
        val number = number()
        val day = Day(number / Slot.PER_DAY)
        val slot = number % Slot.PER_DAY
        days.keepAround(day, slot)
        days.ready(day)?.let { return CompletableFuture.completedFuture(moment(it, slot)) }
        return days.of(day).thenApply { moment(it, slot) }
    }

    /** The moment of that [number]; null when it is to come, too long ago, or was before the simulation began. */
    fun remembered(number: Int): Moment? {
        val age = number() - number
        if (age !in 0..cursorSlots) return null
        return days.ready(Day(number / Slot.PER_DAY))?.let { moment(it, number % Slot.PER_DAY) }
    }

    private fun number() = (clock.millis() / 1000 / Slot.SECONDS).toInt()

    @Synchronized
    private fun moment(day: WorldDay, slot: Int): Moment = kept.getOrPut(day.moment(slot)) { Moment(day, slot) }

    private companion object {
        const val KEPT = 8
    }
}
