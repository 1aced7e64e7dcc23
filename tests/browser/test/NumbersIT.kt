package twitchactors.browser

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.bson.Document
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.extension.ExtendWith
import java.time.Instant
import kotlin.math.abs

/** The numbers of the pages are what plain SQL over single rows and the documents of the viewer database say. */
@ExtendWith(Stage::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
internal class NumbersIT(private val demo: StartedDemo) {
    private val streams by lazy { demo.models.streams() }
    private val documents by lazy { demo.models.all("viewer_days") }

    private fun ask(panel: String, query: String = ""): PanelData {
        demo.settle()
        return PanelData.of(demo.caller.get("/api/v1/panels/$panel$query", demo.session(demo.visitor)))
    }

    private fun PanelData.swept() = Swept(streams, from, to)

    private fun assertNear(expected: Double, found: Double?, what: String) =
        assertTrue(found != null && abs(found - expected) <= ROUNDED + 1e-9 * abs(expected), "$what: $found for $expected")

    private fun assertNear(expected: Map<String, Double>, found: Map<String, Double?>) {
        assertTrue(found.isNotEmpty())
        found.forEach { (key, value) -> assertNear(expected.getValue(key), value, key) }
    }

    /** The [count] largest, as a ranking shows them. */
    private fun Map<String, Double>.top(count: Int): List<String> =
        toList().sortedWith(compareByDescending<Pair<String, Double>> { it.second }.thenBy { it.first }).take(count).map { it.first }

    @Test
    fun `there is something to count`() {
        demo.settle()
        assertTrue(streams.size > 200 && documents.size > 2000, "${streams.size} rows, ${documents.size} documents")
        assertTrue(streams.distinctBy { it.category }.size >= 5)
    }

    @Test
    fun `the period in numbers`() = PERIODS.forEach { period ->
        val data = ask("overview-numbers", period)
        val swept = data.swept()
        assertNear(swept.averageViewers, data.number("average_viewers"), "average viewers")
        assertNear(swept.averageStreams, data.number("average_streams"), "average streams")
        assertNear(swept.hoursWatched, data.number("hours_watched"), "hours watched")
        assertEquals(swept.peakViewers.toDouble(), data.number("peak_viewers"))
        assertEquals(swept.categories.toDouble(), data.number("categories"))
        assertEquals(swept.channelsOfDays.toDouble(), data.number("unique_streamers"))
    }

    @Test
    fun `viewers hour by hour`() {
        val data = ask("viewers-over-time")
        val expected = data.swept().viewersByHour()
        assertEquals(expected.keys, data.rows.mapTo(HashSet()) { Instant.parse(it.getValue("time").content) })
        data.rows.forEachIndexed { i, row ->
            val (average, peak) = expected.getValue(Instant.parse(row.getValue("time").content))
            assertNear(average, data.number(i, "viewers"), "$row")
            assertEquals(peak.toDouble(), data.number(i, "peak"))
        }
    }

    @Test
    fun `categories by hours watched`() = PERIODS.forEach { period ->
        val data = ask("top-categories", period)
        val watched = data.swept().watchedByCategory()
        assertEquals(watched.top(10), data.rows.map { it.getValue("category").content })
        assertNear(watched, data.byText("category", "hours_watched"))
        assertNear(watched.mapValues { it.value / watched.values.sum() }, data.byText("category", "share"))
    }

    @Test
    fun `cards of categories`() {
        val data = ask("category-cards")
        val swept = data.swept()
        val (watched, streamed) = swept.watchedByCategory() to swept.streamedByCategory()
        assertEquals(watched.keys, data.rows.mapTo(HashSet()) { it.getValue("category").content })
        assertNear(watched, data.byText("category", "hours_watched"))
        assertNear(streamed, data.byText("category", "hours_streamed"))
        assertNear(watched.mapValues { (category, hours) -> hours / streamed.getValue(category) }, data.byText("category", "ratio"))
        assertNear(watched.keys.associateWith { swept.peakOf(it).toDouble() }, data.byText("category", "peak_viewers"))
    }

    @Test
    fun `a category and its streamers`() {
        for (category in listOf(ask("top-categories").rows.first().getValue("category").content) + StartedDemo.ODD_CATEGORIES) {
            val of = "?of=${Caller.code(category)}"
            val data = ask("category-numbers", of)
            val swept = data.swept()
            assertNear(swept.watchedByCategory().getValue(category), data.number("hours_watched"), category)
            assertEquals(swept.peakOf(category).toDouble(), data.number("peak_viewers"))
            val channels = ask("category-channels", of)
            val expected = swept.watchedByChannel(category)
            assertEquals(expected.top(20), channels.rows.map { it.getValue("channel").content })
            assertNear(expected, channels.byText("channel", "hours_watched"))
        }
    }

    @Test
    fun `tags by their share of the viewers`() {
        val data = ask("top-tags")
        val expected = data.swept().shareByTag()
        assertEquals(expected.top(20), data.rows.map { it.getValue("tag").content })
        assertNear(expected, data.byText("tag", "share"))
        val heat = ask("category-tags")
        val category = heat.rows.first().getValue("category").content
        val ofCategory = heat.swept().shareByTag(category)
        heat.rows.forEachIndexed { i, row ->
            if (row.getValue("category").content == category) {
                assertNear(ofCategory[row.getValue("tag").content] ?: 0.0, heat.number(i, "share"), "$row")
            }
        }
    }

    @Test
    fun `times of the day, and unique streamers by day`() {
        val hours = ask("temporal-hours")
        val expected = hours.swept().viewersByHourOfDay()
        assertEquals(24, hours.rows.size)
        (0..23).forEach { hour ->
            val found = hours.number(hour, "value")
            expected[hour]?.let { assertNear(it, found, "hour $hour") } ?: assertNull(found, "hour $hour")
        }
        val days = ask("temporal-calendar", "?metric=streamers")
        val streamers = days.swept().channelsByDay()
        assertEquals(streamers.mapKeys { "${it.key}" }, days.byText("day", "value").mapValues { it.value!!.toInt() })
    }

    @Test
    fun `viewers of sealed days`() {
        val data = ask("viewers-by-day")
        assertEquals(StartedDemo.DAYS, data.rows.map { it.getValue("day").content })
        data.rows.forEachIndexed { i, row ->
            val day = ChatDay(documents, row.getValue("day").content)
            assertEquals(
                listOf(day.viewers, day.pairs, day.sightings).map { it.toDouble() },
                listOf("viewers", "pairs", "sightings").map { data.number(i, it) },
            )
        }
        val chatters = ask("temporal-line", "?metric=chatters")
        assertEquals(StartedDemo.DAYS.associateWith { ChatDay(documents, it).viewers.toDouble() }, chatters.byText("time", "value"))
    }

    @Test
    fun `the state of the database`() {
        val data = ask("database-state")
        val (before, last) = StartedDemo.DAYS.map { ChatDay(documents, it) }
        assertEquals(last.viewers.toDouble(), data.number("viewers_sealed"))
        assertNear(last.viewers.toDouble() / before.viewers - 1, data.number("change"), "change")
        assertEquals(last.viewersOf.size.toDouble(), data.number("streamers"))
        assertEquals(documents.size.toDouble(), data.number("viewer_days"))
        val head = checkNotNull(demo.models.document("streamer_days", StartedDemo.DAYS[1]))
        assertEquals(head.get("people", Document::class.java).get("viewers", Number::class.java).toDouble(), data.number("people"))
    }

    @Test
    fun `how whole days are`() {
        val data = ask("sanity-calendar")
        val coverage = demo.status(StartedDemo.DAYS[0]).get("coverage", Document::class.java)
        val (seen, expected) = listOf("samples_seen", "samples_expected").map { coverage.get(it, Number::class.java).toDouble() }
        assertNear(seen / expected, data.byText("day", "sanity")[StartedDemo.DAYS[0]], "samples that came")
        assertEquals(coverage.get("gaps", Number::class.java).toDouble(), data.byText("day", "gaps")[StartedDemo.DAYS[0]])
        assertEquals("yes", data.rows.first().getValue("verified").content)
    }

    @Test
    fun `what is live`() {
        val data = ask("live-now")
        val last = demo.models.sql(
            "SELECT channel, viewers FROM streamers WHERE timestamp = (SELECT MAX(timestamp) FROM streamers) " +
                "ORDER BY viewers DESC, channel LIMIT 10",
        )
        assertEquals(last.map { it[0] }, data.rows.map { it.getValue("channel").content })
        assertEquals(last.map { (it[1] as Int).toDouble() }, data.rows.indices.map { data.number(it, "viewers") })
        val live = Json.parseToJsonElement(demo.caller.get("/api/v1/live-view", demo.session(demo.visitor)).text).jsonObject
        val days = live.getValue("days").jsonArray.map { it.jsonObject }.associateBy { it.getValue("day").jsonPrimitive.content }
        for (date in StartedDemo.DAYS) {
            val day = ChatDay(documents, date)
            val shown = listOf("viewers", "pairs", "sightings").map { days.getValue(date).getValue(it).jsonPrimitive.long }
            assertEquals(listOf(day.viewers, day.pairs, day.sightings).map { it.toLong() }, shown)
        }
    }

    private companion object {
        /** The API gives four places, and so does MariaDB of each hour's quotient before it sums them up. */
        const val ROUNDED = 0.01
        val PERIODS = listOf("", "?period=24h", "?period=custom&from=${StartedDemo.IMPORTED_DAY}&to=${StartedDemo.IMPORTED_DAY}")
    }
}
