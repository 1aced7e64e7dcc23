package twitchactors.store

import twitchactors.audience.DayAudience
import twitchactors.audience.Overlap
import twitchactors.audience.WindowAudience
import twitchactors.domain.Day
import twitchactors.domain.Login

/** What each two streamers share, seen from each of them. */
internal object StreamersShared {
    private class Streamer(val login: Login, val viewers: Long, val people: Long)

    fun of(audience: DayAudience): List<StreamerOverlaps> =
        of(audience.day, audience.streamers.map { Streamer(it.streamer, it.all.viewers, it.people.viewers) }, audience.shared)

    /** Those of all days together, of the last day. */
    fun of(audience: WindowAudience): List<StreamerOverlaps> =
        of(audience.days.last(), audience.streamers.map { Streamer(it.streamer, it.all.viewers, it.people.viewers) }, audience.shared)

    private fun of(day: Day, streamers: List<Streamer>, pairs: List<DayAudience.Shared>): List<StreamerOverlaps> {
        val others = List(streamers.size) { ArrayList<StreamerOverlaps.Other>() }
        // Sorted by both, so each list comes sorted: first those before it, then those behind it.
        for (shared in pairs) {
            others[shared.b] += other(streamers[shared.b], streamers[shared.a], shared)
            others[shared.a] += other(streamers[shared.a], streamers[shared.b], shared)
        }
        return streamers.mapIndexed { i, of -> StreamerOverlaps(of.login, day, of.viewers, of.people, others[i]) }
    }

    private fun other(of: Streamer, with: Streamer, shared: DayAudience.Shared) = StreamerOverlaps.Other(
        with.login,
        Overlap(of.viewers, with.viewers, shared.all.toLong()),
        Overlap(of.people, with.people, shared.people.toLong()),
    )
}
