package twitchactors.analyser

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot

/**
 * What one day adds to a viewer.
 *
 * @param slotsAtSeveral slots in which the viewer was seen in several chats
 * @param mostAtOnce in how many chats at most in one slot, 1 or more
 * @param hours for each hour of the day (UTC) the slots in which the viewer was seen anywhere, 0 to [SLOTS_PER_HOUR]
 * @param streamers slots in each chat
 * @param games for each game the slots in which the viewer was in a chat whose sample says it
 */
data class SeenDay(
    val day: Day,
    val slotsAtSeveral: Int,
    val mostAtOnce: Int,
    val hours: List<Int>,
    val streamers: Map<Login, Int>,
    val games: Map<String, Int>,
) {
    /** In how many slots the viewer was seen anywhere. */
    val slots: Int get() = hours.sum()

    companion object {
        const val HOURS = 24
        const val SLOTS_PER_HOUR = Slot.PER_DAY / HOURS
    }
}
