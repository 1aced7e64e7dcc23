package twitchactors.audience

import twitchactors.domain.Day
import twitchactors.domain.Login

/**
 * Where a streamer's viewers were in the [SLOTS] slots before they were first, and after they were last seen in this chat on a day.
 *
 * @param streams the same of each stream: before the first and after the last sighting in it
 */
data class StreamerFlow(val streamer: Login, val day: Day, val before: Side, val after: Side, val streams: List<OfStream>) {
    /** @param id Twitch's own; empty: unknown */
    data class OfStream(val id: String, val first: Int, val last: Int, val before: Side, val after: Side)

    /**
     * Before or after.
     *
     * @param people without those who look like bots
     * @param others in whose chats viewers were then, sorted; who was in several counts for each
     */
    data class Side(val all: Totals, val people: Totals, val others: List<Other>)

    /**
     * @param could viewers whose slots before or after lie within the day: only these count
     * @param nowhere those of them who were seen in no other chat then
     */
    data class Totals(val could: Long, val nowhere: Long)

    /** @param people those of the [viewers] who do not look like bots */
    data class Other(val streamer: Login, val viewers: Long, val people: Long)

    companion object {
        /** 15 minutes. */
        const val SLOTS = 3
    }
}
