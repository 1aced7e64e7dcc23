package twitchactors.node

import twitchactors.domain.Slot
import twitchactors.store.Audiences
import twitchactors.store.DayStatus
import twitchactors.web.StreamerRow
import twitchactors.web.TopStreamers

/** The streamers of a sealed day with the most viewers, as they are published; read once per content. Blocks its caller. */
class TopOfDay(private val audiences: Audiences) {
    private var known: DayStatus? = null
    private var top: TopStreamers? = null

    fun of(status: DayStatus): TopStreamers? {
        if (known?.day != status.day || known?.audience != status.audience) {
            top = read(status)
            known = status
        }
        return top
    }

    private fun read(status: DayStatus): TopStreamers? {
        val head = audiences.head(status.day).toCompletableFuture().get() ?: return null
        val rows = head.streamers.filter { it.viewers > 0 }.map { StreamerRow(it.login, it.viewers, it.samples * Slot.MINUTES) }
        return TopStreamers(status.day, rows.sortedWith(compareByDescending(StreamerRow::uniqueViewers).thenBy { it.streamer }).take(ROWS))
    }

    private companion object {
        const val ROWS = 20
    }
}
