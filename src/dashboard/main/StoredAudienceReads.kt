package twitchactors.dashboard

import twitchactors.audience.StreamerDay
import twitchactors.audience.StreamerFlow
import twitchactors.audience.WindowAudience
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.Audiences
import twitchactors.store.DayStatuses
import twitchactors.store.StreamerOverlaps
import twitchactors.store.WindowAudiences

/** [AudienceReads] out of the viewer database. */
class StoredAudienceReads(private val statuses: DayStatuses, private val audiences: Audiences, private val windows: WindowAudiences) :
    AudienceReads {
    override fun sealed(days: Collection<Day>): List<Day> = statuses.of(days).now().filter { it.sealed }.map { it.day }.sorted()

    override fun uniques(day: Day, length: Int): Map<String, Long>? = if (length == 1) {
        audiences.head(day).now()?.let { head -> head.streamers.associate { it.login.name to it.viewers } }
    } else {
        windows.head(day, length).now()?.let { head -> head.streamers.associate { it.login.name to it.viewers } }
    }

    override fun day(streamer: Login, day: Day): StreamerDay? = audiences.streamerDay(streamer, day).now()

    override fun days(streamer: Login, days: Collection<Day>): List<StreamerDay> = audiences.streamerDays(streamer, days).now()

    override fun loyalty(streamer: Login, day: Day, length: Int): WindowAudience.Streamer? = windows.loyalty(streamer, day, length).now()

    override fun loyalties(streamer: Login, days: Collection<Day>, length: Int): Map<Day, WindowAudience.Streamer> =
        windows.loyalties(streamer, days, length).now()

    override fun overlaps(streamer: Login, day: Day, length: Int): StreamerOverlaps? =
        if (length == 1) audiences.overlaps(streamer, day).now() else windows.overlaps(streamer, day, length).now()

    override fun flow(streamer: Login, day: Day): StreamerFlow? = audiences.flow(streamer, day).now()
}
