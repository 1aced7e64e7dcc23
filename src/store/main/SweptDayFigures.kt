package twitchactors.store

import java.time.LocalDate

/**
 * What pages read of categories and streams by the UTC day: what is distinct over a day does not follow from its hours. Every read is by an
 * index and touches the days that it is asked for, from the first (in) to the last (out), and nothing else.
 */
interface SweptDayFigures {
    /** Streams with a tag; of [category] only when that is given. */
    fun tags(from: LocalDate, to: LocalDate, category: String? = null): List<TagSum>

    /** Viewers of each category, summed over the sweeps: what the sums of its tags are parts of. */
    fun categoryViewers(from: LocalDate, to: LocalDate): Map<String, Long>

    /** Distinct channels, day by day; days without a sweep are absent. */
    fun channels(from: LocalDate, to: LocalDate): Map<LocalDate, Long>

    /** Distinct channels over all the days together. */
    fun channelsOver(from: LocalDate, to: LocalDate): Long

    /** @param streams and [viewers] are sums over the sweeps: for comparing tags with each other */
    data class TagSum(val category: String, val tag: String, val streams: Long, val viewers: Long)
}
