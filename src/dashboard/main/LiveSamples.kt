package twitchactors.dashboard

import twitchactors.domain.Slot
import twitchactors.store.TrackedFigures.SampleSeen
import java.time.Duration
import java.time.Instant

/** Which tracked streamers are live, by the last samples that have arrived. */
internal class LiveSamples(question: Question) {
    private val recent: List<SampleSeen> = question.reads.tracked.lastSamples(question.reads.now() - LOOKED_BACK, question.reads.now())

    /** The last slot of which anything has arrived; null when that was long ago. */
    val asOf: Instant? = recent.maxOfOrNull { it.at }

    /** The last sample of each who has one in that slot or the one before. */
    val streams: List<SampleSeen> = recent.filter { it.at >= checkNotNull(asOf).minusSeconds(Slot.SECONDS) }

    companion object {
        const val HOW = "The last samples that have arrived, at most half an hour old: who has one in the last slot, or in the one " +
            "before, is live. Viewers are Twitch's own count; chatters are the accounts seen in the chat in that sample."
        private val LOOKED_BACK = Duration.ofMinutes(30)
    }
}
