package twitchactors.store

import java.time.Instant
import java.time.LocalDate

/**
 * What pages read of categories and streams by the hour, and the last sweeps. Every read is by an index and touches no more than the hours
 * or the one sweep that it is asked for. Spans are whole hours, the end is not in them.
 */
interface SweptFigures {
    /** The first and the last hour of which there is anything; null when there is nothing. */
    fun extent(): Extent?

    /** All categories together, hour by hour, ascending; hours without a sweep are absent. */
    fun hours(from: Instant, to: Instant): List<SweptHour>

    /** Each category over the span, in any order. */
    fun categories(from: Instant, to: Instant): List<CategorySum>

    /** The given categories hour by hour, in any order. */
    fun categoryHours(categories: Collection<String>, from: Instant, to: Instant): List<CategoryHour>

    /** Channels of [category] over the span, those with the most viewer hours first. */
    fun channels(category: String, from: Instant, to: Instant, limit: Int): List<ChannelSum>

    /** What the last sweep of streams found, those with the most viewers first; null when none is kept. */
    fun lastStreams(limit: Int): LastSweep?

    /** What the last sweep of categories that has it said of each category: viewers, tags, image. */
    fun lastCategories(): List<LastCategory>

    /** @param last the last hour begins then */
    data class Extent(val first: Instant, val last: Instant)

    /** @param sweeps how many there were in that hour; averages are sums divided by it */
    data class SweptHour(
        val hour: Instant,
        val sweeps: Int,
        val channels: Long,
        val streamsSum: Long,
        val streamsPeak: Int,
        val viewersSum: Long,
        val viewersPeak: Long,
    ) {
        val streams: Double get() = streamsSum.toDouble() / sweeps
        val viewers: Double get() = viewersSum.toDouble() / sweeps
    }

    /**
     * A category over a span. Each hour counts as long as it had a sweep of any category: of n sweeps each stands for 1/n of it.
     *
     * @param hoursWatched Σ average viewers x hours
     * @param hoursStreamed Σ average streams x hours
     * @param hours in which it was found at all
     */
    data class CategorySum(
        val category: String,
        val hours: Int,
        val hoursWatched: Double,
        val hoursStreamed: Double,
        val viewersPeak: Long,
        val streamsPeak: Int,
    )

    /** @param viewers and [streams] are averages over the sweeps of the hour */
    data class CategoryHour(
        val hour: Instant,
        val category: String,
        val viewers: Double,
        val streams: Double,
        val viewersPeak: Long,
        val streamsPeak: Int,
    )

    data class ChannelSum(val channel: String, val hoursStreamed: Double, val hoursWatched: Double, val viewersPeak: Int)

    data class LastSweep(val at: Instant, val streams: List<LiveStream>, val count: Int, val viewers: Long)

    data class LiveStream(val channel: String, val category: String, val title: String, val viewers: Int, val tags: String)

    data class LastCategory(val category: String, val at: Instant, val viewers: Int, val tags: String, val imageUrl: String)
}
