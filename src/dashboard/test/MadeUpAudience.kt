package twitchactors.dashboard

import twitchactors.audience.StreamerDay
import twitchactors.audience.StreamerFlow
import twitchactors.audience.WindowAudience
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.StreamerOverlaps

/** What a test has made up of sealed days. */
internal class MadeUpAudience(
    private val sealed: List<Day> = emptyList(),
    private val uniques: Map<Pair<Day, Int>, Map<String, Long>> = emptyMap(),
    private val days: List<StreamerDay> = emptyList(),
    private val overlaps: List<StreamerOverlaps> = emptyList(),
    private val flows: List<StreamerFlow> = emptyList(),
) : AudienceReads {
    override fun sealed(days: Collection<Day>): List<Day> = sealed.filter { it in days }.sorted()

    override fun uniques(day: Day, length: Int): Map<String, Long>? = uniques[day to length]

    override fun day(streamer: Login, day: Day): StreamerDay? = days.find { it.streamer == streamer && it.day == day }

    override fun days(streamer: Login, days: Collection<Day>): List<StreamerDay> =
        this.days.filter { it.streamer == streamer && it.day in days }

    override fun loyalty(streamer: Login, day: Day, length: Int): WindowAudience.Streamer? = null

    override fun loyalties(streamer: Login, days: Collection<Day>, length: Int): Map<Day, WindowAudience.Streamer> = emptyMap()

    override fun overlaps(streamer: Login, day: Day, length: Int): StreamerOverlaps? =
        overlaps.find { it.streamer == streamer && it.day == day }

    override fun flow(streamer: Login, day: Day): StreamerFlow? = flows.find { it.streamer == streamer && it.day == day }
}
