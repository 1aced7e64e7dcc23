package twitchactors.days

import twitchactors.audience.KnownBots
import twitchactors.audience.WindowAudience
import twitchactors.audience.WindowFold
import twitchactors.domain.Day
import twitchactors.domain.OpenDayForm
import twitchactors.store.Seals

/**
 * Counts the audience of several days from what is sealed of them, each time anew. What is in memory at a time is what one partition
 * has sealed of these days. Blocks its caller.
 */
class AudienceWindows(private val seals: Seals, private val partitions: Int, private val bots: KnownBots = KnownBots.shipped) {
    /** The days up to [last], at most [length] of the calendar, that all partitions have sealed and published. */
    fun days(last: Day, length: Int): List<Day> = (maxOf(0, last.epochDay - length + 1)..last.epochDay).map(::Day).filter { day ->
        seals.of(day).let { sealed -> sealed.size == partitions && sealed.all { it.published } }
    }

    /** The audience of [days], 2 to 64 of them, ascending; null when one of them is sealed anew meanwhile. */
    fun of(days: List<Day>): WindowAudience? {
        val before = days.map(::sealed)
        val fold = WindowFold(days, bots)
        for (partition in 0 until partitions) {
            fold.take(days.map { OpenDayForm.cursor(seals.form(it, partition) ?: return null) })
        }
        return if (days.map(::sealed) == before) fold.result() else null
    }

    private fun sealed(day: Day) = seals.of(day).map { it.revision to it.digest }
}
