package twitchactors.twitch

import twitchactors.domain.Slot
import twitchactors.simulator.WorldDay

/**
 * One slot of a simulated day, as a listing shows it: who is live, by falling number of live viewers, and with what.
 *
 * @property number slots since 1970, what a cursor remembers
 */
internal class Moment(val day: WorldDay, val slot: Int) {
    val number: Int = day.moment(slot)
    val startsAt: Long = Slot(slot).startsAt(day.day)
    val streams: List<LiveStream>
    val categories: List<LiveCategory>
    private val byStreamer = arrayOfNulls<LiveStream>(day.streamers)

    init {
        for (streamer in 0 until day.streamers) {
            val broadcast = day.broadcast(streamer, slot) ?: continue
            byStreamer[streamer] = LiveStream(streamer, broadcast, broadcast.segmentAt(number), day.liveViewers(streamer, slot))
        }
        streams = byStreamer.filterNotNull().sortedByDescending { it.viewers }
        categories = streams.groupBy { it.segment.game }
            .map { (name, streams) -> LiveCategory(name, streams.sumOf { it.viewers.toLong() }, streams) }
            .sortedByDescending { it.viewers }
    }

    fun stream(streamer: Int): LiveStream? = byStreamer.getOrNull(streamer)
}
