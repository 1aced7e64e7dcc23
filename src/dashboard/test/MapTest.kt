package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.audience.Overlap
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.AudienceMap
import twitchactors.store.DayStatus
import twitchactors.store.StreamerOverlaps
import java.time.Instant

class MapTest {
    private val now = Instant.parse("2022-08-03T12:00:00Z")
    private val day = Day.parse("2022-08-02")!!
    private val anna = Login.require("anna")
    private val bert = Login.require("bert")
    private val carl = Login.require("carl")
    private val map = AudienceMap(
        listOf(
            AudienceMap.Placed(bert, 0, 0.5, -0.5, 40),
            AudienceMap.Placed(anna, 0, 0.1, 0.2, 90),
            AudienceMap.Placed(carl, 1, -1.0, 1.0, 60),
        ),
        listOf(anna, carl),
        0.25,
        1,
    )

    private fun question(maps: MapReads, vararg fields: Pair<String, String>): Question {
        val sealed = DayStatus(day, 1, 16, true, 190, 200, 300, "ab", null)
        val reads = Questions.reads(now = now, about = Questions.About(Questions.workings(listOf(sealed)), maps))
        return Question(reads, Period.of(emptyMap(), now), mapOf(*fields))
    }

    private fun shares(of: Login, viewers: Long, other: Login, others: Long, shared: Long) = StreamerOverlaps(
        of,
        day,
        viewers,
        viewers,
        listOf(StreamerOverlaps.Other(other, Overlap(viewers, others, shared), Overlap(viewers, others, shared))),
    )

    private val asked = ArrayList<Pair<Day, Int>>()
    private val maps = MapReads(
        { day, length -> map.takeIf { asked.add(day to length) } },
        { _, _, _ -> listOf(shares(anna, 90, bert, 40, 12), shares(bert, 40, anna, 90, 12)) },
    )

    @Test
    fun `a streamer stands on the map with community, size and neighbours, the largest first`() {
        val table = COMMUNITY_MAP.query(question(maps))
        assertEquals(
            listOf(
                listOf("anna", "around anna", 90L, "bert (12)", 0.1, 0.2),
                listOf("carl", "around carl", 60L, "", -1.0, 1.0),
                listOf("bert", "around anna", 40L, "anna (12)", 0.5, -0.5),
            ),
            table.rows.map { it.values },
        )
        assertTrue("2022-08-02" in table.coverage.orEmpty() && "3 streamers, 1 pairs" in table.coverage.orEmpty(), table.coverage)
    }

    @Test
    fun `communities are summed, and the days that are chosen are asked for`() {
        val rows = COMMUNITIES.query(question(maps, "over" to "30")).rows
        assertEquals(listOf(day to 30), asked)
        assertEquals(listOf(listOf("around anna", 130L, 2, "anna, bert"), listOf("around carl", 60L, 1, "carl")), rows.map { it.values })
    }

    @Test
    fun `before a map is made the page says so`() {
        val table = COMMUNITY_MAP.query(question(Questions.noMap))
        assertTrue(table.rows.isEmpty() && "sealed" in table.why.orEmpty())
    }

    @Test
    fun `what others have published is there as they did, and says so`() {
        for (month in Reference.MONTH.options.keys) {
            val table = REFERENCE_MAP.query(question(maps, "reference" to month))
            assertEquals(200, table.rows.size)
            assertTrue("Published data" in table.note.orEmpty())
            val places = table.rows.flatMap { listOf(it.values[4] as Double, it.values[5] as Double) }
            assertTrue(places.all { it in -1.0..1.0 } && places.distinct().size > 100, month)
            assertTrue(table.rows.map { it.values[1] }.distinct().size in 3..60, month)
        }
        // The first line of the published file of the largest channel, and whom it shares most with.
        val first = REFERENCE_MAP.query(question(maps, "reference" to "2022-01")).rows.first()
        val largest = checkNotNull(
            javaClass.getResourceAsStream("/reference/overlap_2022-01-nodes.csv"),
        ).bufferedReader().readLines().drop(1)
            .map { it.split(',') }.maxBy { it[2].toLong() }
        assertEquals(listOf(largest[0], largest[2].toLong()), listOf(first.values[0], first.values[2]))
    }

    @Test
    fun `what is published is not counted as ours`() {
        assertEquals(Origin.PUBLISHED, REFERENCE_MAP.origin)
        assertTrue("published" in REFERENCE_MAP.title)
    }
}
