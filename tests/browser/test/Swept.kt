package twitchactors.browser

import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset
import java.time.temporal.ChronoUnit

/** Figures of sweeps, computed from their single rows as docs/contract.md and the pages say that they are computed. */
internal class Swept(all: List<SweptStream>, from: Instant, to: Instant) {
    private val rows = all.filter { it.at >= from && it.at < to }

    /** The rows of whole UTC days that the period touches. */
    private val ofDays = (day(from)..day(to.minusSeconds(1))).let { days -> all.filter { day(it.at) in days } }
    private val sweeps = rows.groupBy { it.at }
    private val hours = rows.groupBy { it.at.truncatedTo(ChronoUnit.HOURS) }

    val averageViewers: Double get() = rows.sumOf { it.viewers }.toDouble() / sweeps.size
    val averageStreams: Double get() = rows.size.toDouble() / sweeps.size
    val peakViewers: Long get() = sweeps.values.maxOf { sweep -> sweep.sumOf { it.viewers } }
    val hoursWatched: Double get() = watched(rows).values.sum()
    val categories: Int get() = rows.distinctBy { it.category }.size
    val channelsOfDays: Int get() = ofDays.distinctBy { it.channel }.size

    /** By hour: the viewers of its sweeps, averaged; and the most of one. */
    fun viewersByHour(): Map<Instant, Pair<Double, Long>> = hours.mapValues { (_, here) ->
        val totals = here.groupBy { it.at }.values.map { sweep -> sweep.sumOf { it.viewers } }
        totals.average() to totals.max()
    }

    /** By category: hours watched, where each of n sweeps in an hour stands for 1/n of it. */
    fun watchedByCategory(): Map<String, Double> = rows.groupBy { it.category }.mapValues { (_, here) -> watched(here).values.sum() }

    fun watchedByChannel(category: String): Map<String, Double> =
        rows.filter { it.category == category }.groupBy { it.channel }.mapValues { (_, here) -> watched(here).values.sum() }

    private fun watched(some: List<SweptStream>): Map<Instant, Double> = some.groupBy { it.at.truncatedTo(ChronoUnit.HOURS) }
        .mapValues { (hour, here) -> here.sumOf { it.viewers }.toDouble() / hours.getValue(hour).distinctBy { it.at }.size }

    fun streamedByCategory(): Map<String, Double> = rows.groupBy { it.category }.mapValues { (_, here) ->
        here.groupBy { it.at.truncatedTo(ChronoUnit.HOURS) }.entries.sumOf { (hour, some) ->
            some.size.toDouble() / hours.getValue(hour).distinctBy { it.at }.size
        }
    }

    fun peakOf(category: String): Long =
        rows.filter { it.category == category }.groupBy { it.at }.values.maxOf { sweep -> sweep.sumOf { it.viewers } }

    /** By tag: the share of all viewers that watch streams with it. */
    fun shareByTag(): Map<String, Double> = shareByTag(ofDays)

    fun shareByTag(category: String): Map<String, Double> = shareByTag(ofDays.filter { it.category == category })

    private fun shareByTag(some: List<SweptStream>): Map<String, Double> {
        val all = some.sumOf { it.viewers }.toDouble()
        return some.flatMap { row -> row.tags.distinct().map { it to row.viewers } }.groupBy({ it.first }, { it.second })
            .mapValues { (_, viewers) -> viewers.sum() / all }
    }

    fun channelsByDay(): Map<LocalDate, Int> = ofDays.groupBy { day(it.at) }.mapValues { (_, here) -> here.distinctBy { it.channel }.size }

    /** By hour of the day (UTC): the viewers of all sweeps in it, averaged. */
    fun viewersByHourOfDay(): Map<Int, Double> = rows.groupBy { it.at.atZone(ZoneOffset.UTC).hour }
        .mapValues { (_, here) -> here.sumOf { it.viewers }.toDouble() / here.distinctBy { it.at }.size }

    private companion object {
        fun day(at: Instant): LocalDate = at.atZone(ZoneOffset.UTC).toLocalDate()
    }
}
