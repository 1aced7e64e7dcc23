package twitchactors.store

import twitchactors.domain.Login
import java.time.Instant
import java.time.LocalDate

/**
 * What pages read of tracked streamers, out of what their samples say besides the logins. Every read is by an index and touches no more
 * than what it is asked for. Spans of hours are whole hours, the end is not in them.
 */
interface TrackedFigures {
    /** The first and the last day of which there is anything; null when there is nothing. */
    fun extent(): ClosedRange<LocalDate>?

    /** Everybody of whom there ever was a sample, sorted. */
    fun names(): List<String>

    /** The days on which there are samples of [streamer], ascending. */
    fun days(streamer: Login): List<LocalDate>

    /** Each streamer over a span of hours, in any order; only what was in [language] and [category] when these are given. */
    fun streamers(from: Instant, to: Instant, language: String? = null, category: String? = null): List<StreamerSum>

    /** As the other one, over the days [from] (in) to [to] (out). */
    fun streamers(from: LocalDate, to: LocalDate, language: String? = null, category: String? = null): List<StreamerSum>

    /** What there is over the days [from] (in) to [to] (out). */
    fun kinds(from: LocalDate, to: LocalDate): Kinds

    /** [streamer] hour by hour and category by category, ascending; hours without a sample are absent. */
    fun hours(streamer: Login, from: Instant, to: Instant): List<StreamerHour>

    /** [streamer] day by day and category by category, from [from] (in) to [to] (out), ascending. */
    fun dayByDay(streamer: Login, from: LocalDate, to: LocalDate): List<StreamerOfDay>

    /** The samples of [streamer] on [days], ascending; those of days that are too old are no longer there. */
    fun samples(streamer: Login, days: List<LocalDate>): List<SampleSeen>

    /** Of each streamer who has a sample in the slots from [from] (in) to [to] (in): the last one, in any order. */
    fun lastSamples(from: Instant, to: Instant): List<SampleSeen>

    /**
     * Sums of samples, as `V33` says. Averages are by the minutes of those samples that say it.
     *
     * @param airtime in minutes
     */
    data class Sums(
        val samples: Int,
        val gaps: Int,
        val partials: Int,
        val airtime: Long,
        val measured: Long,
        val viewerMinutes: Long,
        val viewersPeak: Int?,
        val counted: Long,
        val chatterMinutes: Long,
        val chattersPeak: Int?,
        val compared: Long,
        val anonymousMinutes: Long,
    ) {
        val viewers: Double? get() = average(viewerMinutes, measured)
        val chatters: Double? get() = average(chatterMinutes, counted)
        val anonymous: Double? get() = average(anonymousMinutes, compared)

        /** Hours on air. */
        val hours: Double get() = airtime / MINUTES_PER_HOUR

        /** Average viewers x hours on air. */
        val hoursWatched: Double? get() = viewers?.let { it * hours }

        operator fun plus(other: Sums) = Sums(
            samples + other.samples,
            gaps + other.gaps,
            partials + other.partials,
            airtime + other.airtime,
            measured + other.measured,
            viewerMinutes + other.viewerMinutes,
            listOfNotNull(viewersPeak, other.viewersPeak).maxOrNull(),
            counted + other.counted,
            chatterMinutes + other.chatterMinutes,
            listOfNotNull(chattersPeak, other.chattersPeak).maxOrNull(),
            compared + other.compared,
            anonymousMinutes + other.anonymousMinutes,
        )

        private fun average(sum: Long, of: Long) = if (of == 0L) null else sum.toDouble() / of

        companion object {
            private const val MINUTES_PER_HOUR = 60.0

            fun of(all: Iterable<Sums>): Sums = all.reduce(Sums::plus)
        }
    }

    /** @param languages those with the most airtime first; [categories]: those with the most viewers first */
    data class Kinds(val languages: List<String>, val categories: List<String>)

    /** @param days on how many UTC days there was a sample */
    data class StreamerSum(val streamer: String, val language: String, val days: Int, val sums: Sums)

    data class StreamerHour(val hour: Instant, val category: String, val sums: Sums)

    data class StreamerOfDay(val day: LocalDate, val category: String, val sums: Sums)

    /**
     * A sample, besides its logins.
     *
     * @param at the beginning of its slot
     * @param chatters how many logins it has; null: unknown, as of a gap
     */
    data class SampleSeen(
        val streamer: String,
        val at: Instant,
        val viewers: Int?,
        val chatters: Int?,
        val isComplete: Boolean,
        val title: String,
        val category: String,
        val language: String,
        val streamId: String,
        val source: String,
    )
}
