package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.domain.Arrived
import twitchactors.domain.CategoryRow
import twitchactors.domain.Login
import twitchactors.domain.StreamRow
import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit
import kotlin.random.Random

/** What pages read is what plain sums over the rows say. */
@ExtendWith(TestStores::class)
class SweptFiguresIT(private val started: TestStores.Started) {
    private val db = started.dataSource
    private val figures = StoredSweptFigures(db)
    private val days = StoredSweptDayFigures(db)
    private val begin = Instant.parse("2025-02-23T22:00:00Z")
    private val end = begin.plus(5, ChronoUnit.HOURS)
    private val firstDay = LocalDate.parse("2025-02-23")
    private val tags = listOf("English, fun", "English", "", " fun ,x, fun", "日本語, 🦇, <b>", "y".repeat(120) + ", fun")

    @BeforeEach
    fun empty() = TABLES.forEach { db.update("DELETE FROM $it") }

    /** Sweeps at uneven times over two days, with channels that come, go and change their category. */
    private fun rows(random: Random): List<StreamRow> = listOf(0, 10, 20, 61, 95, 119, 125, 180, 299).flatMap { minute ->
        (0 until 30).filter { random.nextInt(4) > 0 }.map { channel ->
            val category = "k${random.nextInt(5)}"
            val login = Login.require("c$channel")
            StreamRow(begin.plusSeconds(minute * 60L), category, "hi", login, random.nextInt(10_000), tags[channel % tags.size])
        }
    }

    private fun take(rows: List<StreamRow>) {
        StreamTable(db).write(rows.map { Arrived(it, begin) })
        val rollUps = RollUps(db)
        do {
            val isMore = rollUps.rollUpOne()
        } while (isMore)
    }

    private fun hour(row: StreamRow) = row.timestamp.truncatedTo(ChronoUnit.HOURS)

    private fun day(row: StreamRow) = LocalDate.parse("${row.timestamp}".take(10))

    @Test
    fun `hours over all categories are plain sums over the sweeps`() {
        val rows = rows(Random(3))
        take(rows)
        val expected = rows.groupBy(::hour).toSortedMap().map { (hour, all) ->
            val sweeps = all.groupBy { it.timestamp }.values
            val viewers = sweeps.map { sweep -> sweep.sumOf { it.viewers.toLong() } }
            val channels = all.distinctBy { it.channel }.size.toLong()
            val streams = sweeps.map { it.size }
            val sums = streams.sum().toLong() to viewers.sum()
            SweptFigures.SweptHour(hour, sweeps.size, channels, sums.first, streams.max(), sums.second, viewers.max())
        }
        assertEquals(expected, figures.hours(begin, end))
        assertEquals(expected.drop(1).dropLast(1), figures.hours(begin.plus(1, ChronoUnit.HOURS), expected.last().hour))
        assertEquals(SweptFigures.Extent(begin, expected.last().hour), figures.extent())
    }

    @Test
    fun `hours watched and streamed count each sweep as its part of the hour, whatever the interval`() {
        val rows = rows(Random(4))
        take(rows)
        val perHour = rows.groupBy(::hour).mapValues { (_, all) -> all.distinctBy { it.timestamp }.size }
        val found = figures.categories(begin, end).associateBy { it.category }
        assertEquals(rows.map { it.category }.toSet(), found.keys)
        for ((category, all) in rows.groupBy { it.category }) {
            val sum = found.getValue(category)
            assertEquals(all.sumOf { it.viewers.toDouble() / perHour.getValue(hour(it)) }, sum.hoursWatched, 0.01, category)
            assertEquals(all.sumOf { 1.0 / perHour.getValue(hour(it)) }, sum.hoursStreamed, 0.01, category)
            assertEquals(all.distinctBy(::hour).size, sum.hours)
            assertEquals(all.groupBy { it.timestamp }.values.maxOf { sweep -> sweep.sumOf { it.viewers.toLong() } }, sum.viewersPeak)
            val channels = figures.channels(category, begin, end, 1000).associateBy { it.channel }
            assertEquals(all.map { it.channel.name }.toSet(), channels.keys)
            assertEquals(sum.hoursWatched, channels.values.sumOf { it.hoursWatched }, 0.01)
            val hours = figures.categoryHours(listOf(category), begin, end)
            assertEquals(sum.hoursWatched, hours.sumOf { it.viewers }, 0.01)
        }
    }

    @Test
    fun `a tag counts once per stream, trimmed, and those that are too long or empty do not`() {
        val rows = rows(Random(5))
        take(rows)
        val expected = HashMap<Triple<LocalDate, String, String>, Pair<Long, Long>>()
        for (row in rows) {
            for (tag in row.tags.split(",").map { it.trim() }.filter { it.isNotEmpty() && it.length <= 100 }.toSet()) {
                expected.merge(Triple(day(row), row.category, tag), 1L to row.viewers.toLong()) { a, b ->
                    a.first + b.first to a.second + b.second
                }
            }
        }
        for (date in listOf(firstDay, firstDay.plusDays(1))) {
            val found = days.tags(date, date.plusDays(1)).associate { Triple(date, it.category, it.tag) to (it.streams to it.viewers) }
            assertEquals(expected.filterKeys { it.first == date }, found)
        }
        assertTrue(expected.keys.any { it.third == "🦇" } && expected.keys.any { it.third == "<b>" })
        assertEquals(setOf("k1"), days.tags(firstDay, firstDay.plusDays(2), "k1").map { it.category }.toSet())
    }

    @Test
    fun `channels are distinct over a day, and over days together`() {
        val rows = rows(Random(6))
        take(rows)
        val byDay = rows.groupBy(::day).mapValues { (_, all) -> all.distinctBy { it.channel }.size.toLong() }
        assertEquals(byDay, days.channels(firstDay, firstDay.plusDays(2)))
        assertEquals(rows.distinctBy { it.channel }.size.toLong(), days.channelsOver(firstDay, firstDay.plusDays(2)))
        val viewers = rows.groupBy { it.category }.mapValues { (_, all) -> all.sumOf { it.viewers.toLong() } }
        assertEquals(viewers, days.categoryViewers(firstDay, firstDay.plusDays(2)))
    }

    @Test
    fun `the last sweep is told by its viewers, and each category by what was last said of it`() {
        assertNull(figures.lastStreams(3))
        assertNull(figures.extent())
        val rows = rows(Random(7))
        take(rows)
        val last = rows.filter { it.timestamp == rows.last().timestamp }.sortedByDescending { it.viewers }
        val sweep = checkNotNull(figures.lastStreams(3))
        assertEquals(last.take(3).map { it.viewers }, sweep.streams.map { it.viewers })
        assertEquals(last.size to last.sumOf { it.viewers.toLong() }, sweep.count to sweep.viewers)
        fun category(minute: Long, name: String, image: String) = CategoryRow(begin.plusSeconds(minute * 60), name, 1, "", image)
        val said = listOf(category(0, "Chess", "old"), category(30, "Chess", "new"), category(0, "🦇", "bat"))
        CategoryTable(db).write(said.map { Arrived(it, begin) })
        assertEquals(mapOf("Chess" to "new", "🦇" to "bat"), figures.lastCategories().associate { it.category to it.imageUrl })
    }

    private companion object {
        val TABLES = listOf("categories", "streamers", "sweeps", "roll_ups_due", "swept_hours") +
            listOf("category", "category_stream", "channel", "tag").flatMap { listOf("${it}_hours", "${it}_days") }
    }
}
