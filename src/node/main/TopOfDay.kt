package twitchactors.node

import twitchactors.domain.Day
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Slot
import twitchactors.domain.SlotSets
import twitchactors.domain.ViewerMerge
import twitchactors.store.DayStatus
import twitchactors.store.Seals
import twitchactors.web.StreamerRow
import twitchactors.web.TopStreamers

/** The streamers of a sealed day with the most viewers, counted from what was sealed, once per content. */
class TopOfDay(private val seals: Seals) {
    private var counted: DayStatus? = null
    private var top: TopStreamers? = null

    fun of(status: DayStatus): TopStreamers? {
        if (counted?.day != status.day || counted?.digest != status.digest) {
            top = count(status.day)
            counted = status
        }
        return top
    }

    private fun count(day: Day): TopStreamers {
        val merge = ViewerMerge(seals.of(day).map { OpenDayForm.cursor(checkNotNull(seals.form(day, it.partition))) })
        val viewers = LongArray(merge.streamers.size)
        val slots = LongArray(merge.streamers.size)
        while (
            merge.next { _, _, streamer, runs, count ->
                viewers[streamer]++
                for (i in 0 until count) slots[streamer] += SlotSets.length(runs[i]).toLong()
            }
        ) {
            continue
        }
        val rows = merge.streamers.mapIndexed { i, streamer -> StreamerRow(streamer, viewers[i], slots[i] * Slot.MINUTES) }
        return TopStreamers(day, rows.sortedWith(compareByDescending(StreamerRow::uniqueViewers).thenBy { it.streamer }).take(ROWS))
    }

    private companion object {
        const val ROWS = 20
    }
}
