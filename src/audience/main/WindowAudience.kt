package twitchactors.audience

import twitchactors.domain.Day
import twitchactors.domain.Login

/**
 * What the audiences of several days come to, as the sets of viewers that they are: who comes on several days is one viewer.
 *
 * @param days those that were counted, ascending; the last one is the day that new and returning viewers are of
 * @param all unique viewers
 * @param people those of them who look like a bot on none of the days
 * @param streamers sorted by login
 * @param shared for each two streamers who share a viewer, whether or not on the same day; as [DayAudience.shared]
 */
class WindowAudience(
    val days: List<Day>,
    val all: Long,
    val people: Long,
    val streamers: List<Streamer>,
    val shared: List<DayAudience.Shared>,
) {
    /** One streamer's viewers, with [all] and without those who look like bots. */
    data class Streamer(val streamer: Login, val all: Loyalty, val people: Loyalty)

    /**
     * How faithful viewers are to one streamer.
     *
     * @param viewers unique chatters of all days
     * @param new of the last day, who were seen on none of the days before
     * @param returning of the last day, who were seen on a day before
     * @param regular those of the [returning] who were seen on [REGULAR_DAYS] of the days before or more
     * @param leaving who were seen on the first day and on none since: with the next day they are lost to this window
     * @param lost who were seen on none of the last 7 days of the calendar
     * @param byDays how many were seen on exactly 1, 2, .. of the days
     */
    data class Loyalty(
        val viewers: Long,
        val new: Long,
        val returning: Long,
        val regular: Long,
        val leaving: Long,
        val lost: Long,
        val byDays: List<Long>,
    )

    companion object {
        /** On so many days before somebody was there who is a regular viewer. */
        const val REGULAR_DAYS = 3
    }
}
