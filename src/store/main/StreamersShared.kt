package twitchactors.store

import twitchactors.audience.DayAudience
import twitchactors.audience.Overlap

/** What each two streamers share, seen from each of them. */
internal object StreamersShared {
    fun of(audience: DayAudience): List<StreamerOverlaps> {
        val others = List(audience.streamers.size) { ArrayList<StreamerOverlaps.Other>() }
        // Sorted by both, so each list comes sorted: first those before it, then those behind it.
        for (shared in audience.shared) {
            others[shared.b] += other(audience, shared.b, shared.a, shared)
            others[shared.a] += other(audience, shared.a, shared.b, shared)
        }
        return audience.streamers.mapIndexed { i, streamer ->
            StreamerOverlaps(streamer.streamer, audience.day, streamer.all.viewers, streamer.people.viewers, others[i])
        }
    }

    private fun other(audience: DayAudience, of: Int, with: Int, shared: DayAudience.Shared): StreamerOverlaps.Other {
        val (a, b) = audience.streamers[of] to audience.streamers[with]
        return StreamerOverlaps.Other(
            b.streamer,
            Overlap(a.all.viewers, b.all.viewers, shared.all.toLong()),
            Overlap(a.people.viewers, b.people.viewers, shared.people.toLong()),
        )
    }
}
