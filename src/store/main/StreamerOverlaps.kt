package twitchactors.store

import twitchactors.audience.Overlap
import twitchactors.domain.Day
import twitchactors.domain.Login

/**
 * With whom [streamer] shares viewers on a day.
 *
 * @param viewers unique chatters of the streamer
 * @param people those of them who do not look like bots
 * @param others who share at least one, sorted
 */
data class StreamerOverlaps(val streamer: Login, val day: Day, val viewers: Long, val people: Long, val others: List<Other>) {
    /**
     * @param all of all viewers: A is the streamer, B is [login]
     * @param people without those who look like bots
     */
    data class Other(val login: Login, val all: Overlap, val people: Overlap)
}
