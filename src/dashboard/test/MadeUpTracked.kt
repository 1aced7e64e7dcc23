package twitchactors.dashboard

import twitchactors.domain.Login
import twitchactors.store.TrackedFigures
import twitchactors.store.TrackedFigures.SampleSeen
import twitchactors.store.TrackedFigures.StreamerHour
import twitchactors.store.TrackedFigures.StreamerOfDay
import twitchactors.store.TrackedFigures.StreamerSum
import twitchactors.store.TrackedFigures.Sums
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset
import java.time.temporal.ChronoUnit

/** Tracked streamers that a test has made up: each of [samples] speaks for five minutes. */
internal class MadeUpTracked(private val samples: List<SampleSeen>) : TrackedFigures {
    /** What was asked for last, in words. */
    var asked = ""
        private set

    override fun extent(): ClosedRange<LocalDate>? = samples.map { day(it) }.let { days -> days.minOrNull()?.rangeTo(days.max()) }

    override fun names(): List<String> = samples.map { it.streamer }.distinct().sorted()

    override fun days(streamer: Login): List<LocalDate> = of(streamer).map { day(it) }.distinct()

    override fun streamers(from: Instant, to: Instant, language: String?, category: String?): List<StreamerSum> {
        asked = "hours"
        return sums(samples.filter { it.at >= from && it.at < to }, language, category)
    }

    override fun streamers(from: LocalDate, to: LocalDate, language: String?, category: String?): List<StreamerSum> {
        asked = "days"
        return sums(samples.filter { day(it) >= from && day(it) < to }, language, category)
    }

    private fun sums(all: List<SampleSeen>, language: String?, category: String?) = all
        .filter { (language == null || it.language == language) && (category == null || it.category == category) }
        .groupBy { it.streamer }
        .map { (name, these) -> StreamerSum(name, these.first().language, these.distinctBy { day(it) }.size, sums(these)) }

    override fun kinds(from: LocalDate, to: LocalDate) =
        TrackedFigures.Kinds(samples.map { it.language }.distinct(), samples.map { it.category }.distinct())

    override fun hours(streamer: Login, from: Instant, to: Instant): List<StreamerHour> =
        of(streamer).filter { it.at >= from && it.at < to }.groupBy { it.at.truncatedTo(ChronoUnit.HOURS) to it.category }
            .map { (key, these) -> StreamerHour(key.first, key.second, sums(these)) }

    override fun dayByDay(streamer: Login, from: LocalDate, to: LocalDate): List<StreamerOfDay> =
        of(streamer).filter { day(it) >= from && day(it) < to }.groupBy { day(it) to it.category }
            .map { (key, these) -> StreamerOfDay(key.first, key.second, sums(these)) }

    override fun samples(streamer: Login, days: List<LocalDate>): List<SampleSeen> = of(streamer).filter { day(it) in days }

    override fun lastSamples(from: Instant, to: Instant): List<SampleSeen> =
        samples.filter { it.at >= from && it.at <= to }.groupBy { it.streamer }.map { (_, these) -> these.maxBy { it.at } }

    private fun of(streamer: Login) = samples.filter { it.streamer == streamer.name }.sortedBy { it.at }

    private fun day(sample: SampleSeen): LocalDate = sample.at.atZone(ZoneOffset.UTC).toLocalDate()

    private fun sums(all: List<SampleSeen>): Sums {
        val both = all.filter { it.viewers != null && it.chatters != null }
        return Sums(
            all.size,
            all.count { it.chatters == null },
            all.count { it.chatters != null && !it.isComplete },
            all.size * MINUTES,
            all.count { it.viewers != null } * MINUTES,
            all.sumOf { (it.viewers ?: 0) * MINUTES },
            all.mapNotNull { it.viewers }.maxOrNull(),
            all.count { it.chatters != null } * MINUTES,
            all.sumOf { (it.chatters ?: 0) * MINUTES },
            all.mapNotNull { it.chatters }.maxOrNull(),
            both.size * MINUTES,
            both.sumOf { maxOf(0, it.viewers!! - it.chatters!!) * MINUTES },
        )
    }

    companion object {
        private const val MINUTES = 5L

        /** A sample of [streamer] in slot [slot] of 2022-08-01; below 0: of the day before. */
        fun sample(
            streamer: String,
            slot: Int,
            viewers: Int? = 100,
            chatters: Int? = 60,
            category: String = "Chess",
            title: String = "hello",
            streamId: String = "1",
        ) = SampleSeen(
            streamer, Instant.parse("2022-08-01T00:00:00Z").plusSeconds(slot * 300L), viewers, chatters, isComplete = true, title, category,
            "fr", streamId, "chatters",
        )
    }
}
