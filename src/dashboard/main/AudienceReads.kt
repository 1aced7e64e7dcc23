package twitchactors.dashboard

import twitchactors.audience.StreamerDay
import twitchactors.audience.StreamerFlow
import twitchactors.audience.WindowAudience
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.StreamerOverlaps

/** What panels read of the audience of streamers, as it is published of sealed days, and of the 7 or 30 days up to one. */
interface AudienceReads {
    /** Those of [days] that are sealed, ascending. */
    fun sealed(days: Collection<Day>): List<Day>

    /** Unique chatters by streamer, of the [length] days up to [day]: 1, 7 or 30; null: not counted. */
    fun uniques(day: Day, length: Int): Map<String, Long>?

    fun day(streamer: Login, day: Day): StreamerDay?

    /** Those of [days] that there are, ascending. */
    fun days(streamer: Login, days: Collection<Day>): List<StreamerDay>

    /** @param length 7 or 30 */
    fun loyalty(streamer: Login, day: Day, length: Int): WindowAudience.Streamer?

    /** Of the windows that end with each of [days], those that are counted. */
    fun loyalties(streamer: Login, days: Collection<Day>, length: Int): Map<Day, WindowAudience.Streamer>

    /** @param length 1, 7 or 30 */
    fun overlaps(streamer: Login, day: Day, length: Int): StreamerOverlaps?

    fun flow(streamer: Login, day: Day): StreamerFlow?
}
