package twitchactors.dashboard

import twitchactors.store.SweptDayFigures
import twitchactors.store.SweptFigures
import twitchactors.store.SweptFigures.CategoryHour
import twitchactors.store.SweptFigures.CategorySum
import twitchactors.store.SweptFigures.ChannelSum
import twitchactors.store.SweptFigures.Extent
import twitchactors.store.SweptFigures.LastCategory
import twitchactors.store.SweptFigures.LastSweep
import twitchactors.store.SweptFigures.LiveStream
import twitchactors.store.SweptFigures.SweptHour
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset
import java.time.temporal.ChronoUnit

/** Sweeps that a test has made up: one in each hour that [streams] has, with the streams of it. */
internal class MadeUpSwept(private val streams: Map<Instant, List<LiveStream>>) : SweptFigures {
    private fun within(from: Instant, to: Instant) =
        streams.filterKeys { it >= from && it < to }.mapKeys { it.key.truncatedTo(ChronoUnit.HOURS) }

    override fun extent(): Extent? = streams.keys.minOrNull()?.let { Extent(it, streams.keys.max()) }

    override fun hours(from: Instant, to: Instant): List<SweptHour> = within(from, to).toSortedMap().map { (hour, here) ->
        val viewers = here.sumOf { it.viewers }.toLong()
        SweptHour(hour, 1, here.size.toLong(), here.size.toLong(), here.size, viewers, viewers)
    }

    override fun categories(from: Instant, to: Instant): List<CategorySum> =
        within(from, to).values.flatten().groupBy { it.category }.map { (category, here) ->
            val watched = here.sumOf { it.viewers }.toDouble()
            CategorySum(category, here.size, watched, here.size.toDouble(), here.maxOf { it.viewers }.toLong(), 1)
        }

    override fun categoryHours(categories: Collection<String>, from: Instant, to: Instant): List<CategoryHour> =
        within(from, to).flatMap { (hour, here) ->
            here.filter { it.category in categories }
                .map { CategoryHour(hour, it.category, it.viewers.toDouble(), 1.0, it.viewers.toLong(), 1) }
        }

    override fun channels(category: String, from: Instant, to: Instant, limit: Int): List<ChannelSum> =
        within(from, to).values.flatten().filter {
            it.category == category
        }.map { ChannelSum(it.channel, 1.0, it.viewers.toDouble(), it.viewers) }

    override fun lastStreams(limit: Int): LastSweep? = streams.keys.maxOrNull()?.let { at ->
        val last = streams.getValue(at)
        LastSweep(at, last, last.size, last.sumOf { it.viewers }.toLong())
    }

    override fun lastCategories(): List<LastCategory> = streams.flatMap { (at, here) ->
        here.map { LastCategory(it.category, at, it.viewers, it.tags, "") }
    }

    /** The same by the day. */
    val days: SweptDayFigures = object : SweptDayFigures {
        private fun within(from: LocalDate, to: LocalDate) =
            within(from.atStartOfDay(ZoneOffset.UTC).toInstant(), to.atStartOfDay(ZoneOffset.UTC).toInstant())

        override fun tags(from: LocalDate, to: LocalDate, category: String?) = within(from, to).values.flatten()
            .filter { category == null || it.category == category }
            .flatMap { stream ->
                stream.tags.split(", ").filter {
                    it.isNotEmpty()
                }.map { SweptDayFigures.TagSum(stream.category, it, 1, stream.viewers.toLong()) }
            }

        override fun categoryViewers(from: LocalDate, to: LocalDate) =
            within(from, to).values.flatten().groupBy { it.category }.mapValues { it.value.sumOf { stream -> stream.viewers }.toLong() }

        override fun channels(from: LocalDate, to: LocalDate) =
            within(from, to).entries.groupBy { it.key.atZone(ZoneOffset.UTC).toLocalDate() }
                .mapValues { (_, hours) -> hours.flatMap { it.value }.distinctBy { it.channel }.size.toLong() }

        override fun channelsOver(from: LocalDate, to: LocalDate) = within(from, to).values.flatten().distinctBy {
            it.channel
        }.size.toLong()
    }
}
