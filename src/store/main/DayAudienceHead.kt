package twitchactors.store

import twitchactors.audience.BotSigns
import twitchactors.audience.DayAudience
import twitchactors.domain.Day
import twitchactors.domain.Login

/**
 * What is published of a day's audience as a whole.
 *
 * @param revision of the day that it follows from
 * @param follows says from which content and by which formulas: equal exactly when nothing would come out differently
 * @param bots for each reason how many viewers have it
 * @param streamers those of whom there are documents, sorted
 */
data class DayAudienceHead(
    val day: Day,
    val revision: Int,
    val follows: String,
    val all: DayAudience.Totals,
    val people: DayAudience.Totals,
    val bots: Map<BotSigns.Reason, Long>,
    val streamers: List<Streamer>,
) {
    /**
     * A streamer's day in short.
     *
     * @param viewers unique chatters
     * @param samples (viewer, slot)
     */
    data class Streamer(val login: Login, val viewers: Long, val samples: Long)

    companion object {
        fun of(audience: DayAudience, revision: Int, follows: String) = DayAudienceHead(
            audience.day,
            revision,
            follows,
            audience.all,
            audience.people,
            audience.bots,
            audience.streamers.map { Streamer(it.streamer, it.all.viewers, it.all.samples) },
        )
    }
}
