package twitchactors.audience

import twitchactors.domain.Day
import twitchactors.domain.Login

/**
 * What a day's audience comes to.
 *
 * @param all of all viewers
 * @param people without those who look like bots
 * @param bots for each reason how many viewers have it; a viewer may have several, and not everybody with one is a bot
 * @param streamers all of whom there are viewers or samples, sorted by login
 * @param shared for each two streamers who share a viewer; the first is the lesser login
 * @param flows of the [streamers], in the same order
 */
class DayAudience(
    val day: Day,
    val all: Totals,
    val people: Totals,
    val bots: Map<BotSigns.Reason, Long>,
    val streamers: List<StreamerDay>,
    val shared: List<Shared>,
    val flows: List<StreamerFlow>,
) {
    /**
     * @param viewers distinct
     * @param atSeveral who were seen in several chats in one slot
     */
    data class Totals(val viewers: Long, val atSeveral: Long)

    /**
     * How many viewers streamers [a] and [b], which are indexes in the sorted streamers, share.
     *
     * @param all of all viewers
     * @param people of those who do not look like bots
     */
    data class Shared(val a: Int, val b: Int, val all: Int, val people: Int)
}
