package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.audience.ChatFigures
import twitchactors.audience.LiveSample
import twitchactors.audience.Overlap
import twitchactors.audience.StreamerFlow
import twitchactors.dashboard.MadeUpTracked.Companion.sample
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.StreamerOverlaps
import java.time.Instant
import java.time.LocalDate
import kotlin.random.Random

/** The pages of a streamer and of a stream, and comparisons, over what is made up. */
class StreamerPageTest {
    private val anna = Login.require("anna")
    private val day = checkNotNull(Day.parse("2022-08-01"))

    private fun overlaps(vararg shared: Pair<String, Long>) = StreamerOverlaps(
        anna,
        day,
        100,
        80,
        shared.map { (name, count) -> StreamerOverlaps.Other(Login.require(name), Overlap(100, 50, count), Overlap(80, 40, count / 2)) },
    )

    @Test
    fun `a stream is named by its streamer, day and first slot, and nothing else is one`() {
        val subject = StreamSubject("anna", LocalDate.parse("2022-08-01"), 144)
        assertEquals("anna/2022-08-01/144", "$subject")
        assertEquals(subject, StreamSubject.of("Anna/2022-08-01/144"))
        val others = listOf(
            null,
            "",
            "anna",
            "anna/2022-08-01",
            "anna/2022-08-01/288",
            "anna/2022-02-30/1",
            "an na/2022-08-01/1",
            "a/b/c/d",
        )
        for (other in others) assertNull(StreamSubject.of(other), "$other")
    }

    @Test
    fun `there is a point for each slot, without numbers when the streamer was not live`() {
        val tracked = MadeUpTracked(
            listOf(sample("anna", 1), sample("anna", 2), sample("anna", 4, viewers = 10, chatters = 30), sample("anna", 90)),
        )
        val rows = STREAMER_OVER_TIME.query(Questions.tracked(tracked, subject = "anna")).rows.map { it.values }
        // Up to now, which is eight in the evening.
        assertEquals(240, rows.size)
        assertEquals(listOf(null, 100, 100, null, 10, null), rows.take(6).map { it[1] })
        assertEquals(listOf(null, 40, 40, null, 0, null), rows.take(6).map { it[3] })
        assertEquals(Instant.parse("2022-08-01T07:30:00Z") to 100, rows[90][0] to rows[90][1])
        assertEquals(4, rows.count { it[1] != null })
    }

    @Test
    fun `in longer periods hours and days weigh their samples`() {
        val tracked = MadeUpTracked(
            listOf(100, 300, 500).mapIndexed { at, viewers ->
                sample("anna", 1 + at, viewers = viewers, category = if (at < 2) "Chess" else "Music")
            },
        )
        for ((period, time) in listOf("7d" to Instant.parse("2022-08-01T00:00:00Z"), "30d" to LocalDate.parse("2022-08-01"))) {
            val question = Questions.tracked(tracked, subject = "anna", fields = mapOf("period" to period))
            val row = STREAMER_OVER_TIME.query(question).rows.single { it.values[1] != null }.values
            assertEquals(listOf(time, 300.0, "Chess"), listOf(row[0], row[1], row[4]))
        }
    }

    @Test
    fun `a stream began where its id did, over midnight too, or after a pause when there are no ids`() {
        val before = sample("anna", -2)
        val all = listOf(sample("anna", -8, streamId = "0"), before, sample("anna", 0), sample("anna", 30))
        assertEquals(before, StreamerState.begin(all))
        val nameless = listOf(sample("anna", 1, streamId = ""), sample("anna", 5, streamId = ""), sample("anna", 7, streamId = ""))
        assertEquals(nameless[1], StreamerState.begin(nameless))
    }

    @Test
    fun `whether somebody is live is said, with what is known of the last time`() {
        val tracked = MadeUpTracked(
            listOf(sample("anna", 237), sample("anna", 239, viewers = 70, chatters = 90), sample("bob", 20, title = "bye")),
        )
        val live = STREAMER_STATE.query(Questions.tracked(tracked, subject = "Anna"))
        assertEquals(listOf("Live", 70, 90, 0, 0.25, "Chess", "hello"), live.rows.single().values)
        val off = STREAMER_STATE.query(Questions.tracked(tracked, subject = "bob")).rows.single().values
        assertEquals(listOf("Not live", Instant.parse("2022-08-01T01:40:00Z"), "Chess", "bye"), off)
        val unknown = STREAMER_STATE.query(Questions.tracked(tracked, subject = "zoe"))
        assertTrue("./pbm streamer add zoe" in unknown.why.orEmpty())
    }

    @Test
    fun `streams of a day that is open come from its samples`() {
        val tracked = MadeUpTracked(
            listOf(
                sample("anna", 10, viewers = 5),
                sample("anna", 11, viewers = 15),
                sample("anna", 40, streamId = "2", category = "Music"),
            ),
        )
        val rows = STREAMER_STREAMS.query(Questions.tracked(tracked, subject = "anna")).rows
        assertEquals(listOf("/streams/anna/2022-08-01/40", "/streams/anna/2022-08-01/10"), rows.map { it.href })
        assertEquals(listOf(10 / 60.0, 10.0, 15), rows[1].values.subList(1, 4))
        assertEquals(listOf(null, null), rows[1].values.subList(5, 7))
    }

    @Test
    fun `titles can be searched, and what they had is theirs alone`() {
        val tracked = MadeUpTracked(
            listOf(
                sample("anna", 1, title = "Été <b>", viewers = 10),
                sample("anna", 2, title = "Été <b>", viewers = 30),
                sample("anna", 3, title = "b"),
            ),
        )
        fun find(text: String) = STREAMER_TITLES.query(Questions.tracked(tracked, subject = "anna", choices = mapOf("title" to text)))
        assertEquals(listOf("Été <b>", 2 / 12.0, 20.0), find("été").rows.single().values.take(3))
        val none = find("x")
        assertTrue("'x'" in none.why.orEmpty())
    }

    @Test
    fun `stretches go as far as title and category stay`() {
        fun live(slot: Int, title: String, game: String) = LiveSample(slot, 1, title = title, game = game)
        val all = listOf(live(1, "a", "x"), live(2, "a", "x"), live(4, "a", "y"), live(5, "b", "y"), live(6, "a", "x"))
        val stretches = StreamChanges.stretches(all).map { part -> part.map { it.slot } }
        assertEquals(listOf(listOf(1, 2), listOf(4), listOf(5), listOf(6)), stretches)
        assertEquals(emptyList<Any>(), StreamChanges.stretches(emptyList()))
        assertEquals(listOf(12, 13, 14, 55), Slots.of("12-14,55"))
    }

    @Test
    fun `retention of several days is their sums`() {
        fun figures(could: Long, stayed: Long) = ChatFigures(
            1,
            1,
            0,
            ChatFigures.RETENTION_MINUTES.map { ChatFigures.Retention(it, if (it == 60) 0 else could, if (it == 60) 0 else stayed) },
            emptyList(),
        )
        val table = Retention.table(listOf(figures(10, 5), figures(30, 5)), listOf(figures(100, 10)), "half")
        assertEquals(listOf(0.25, 0.25, 0.25, null), table.rows.map { it.values[1] })
        assertEquals(listOf(0.1, 0.1, 0.1, null), table.rows.map { it.values[2] })
    }

    @Test
    fun `neighbours who share few are not told of`() {
        val audience = MadeUpAudience(listOf(day), overlaps = listOf(overlaps("bob" to 12, "carl" to 4, "dora" to 30)))
        val tracked = MadeUpTracked(listOf(sample("anna", 1)))
        val all = STREAMER_NEIGHBOURS.query(Questions.tracked(tracked, audience, "anna", mapOf("who" to "all")))
        assertEquals(listOf("dora", "bob"), all.rows.map { it.values[0] })
        assertEquals(listOf(30L, 0.3, 0.6, 0.25), all.rows[0].values.subList(1, 5))
        val people = STREAMER_NEIGHBOURS.query(Questions.tracked(tracked, audience, "anna"))
        assertEquals(listOf("dora" to 15L, "bob" to 6L), people.rows.map { it.values[0] to it.values[1] })
    }

    @Test
    fun `flows say the share of those who could be seen before or after`() {
        fun side(vararg others: Pair<String, Long>) = StreamerFlow.Side(
            StreamerFlow.Totals(50, 20),
            StreamerFlow.Totals(40, 10),
            others.map { (name, count) -> StreamerFlow.Other(Login.require(name), count, count - 1) },
        )
        val flow = StreamerFlow(anna, day, side("bob" to 25, "carl" to 5), side(), emptyList())
        val question = Questions.tracked(MadeUpTracked(emptyList()))
        val rows = AudienceFlow.table(question, flow.before, flow.after, "").rows.map { it.values }
        assertEquals(
            listOf(
                listOf("nowhere", "before", 10L, 0.25),
                listOf("bob", "before", 24L, 0.6),
                listOf("nowhere", "after", 10L, 0.25),
            ),
            rows,
        )
    }

    @Test
    fun `what two of three share leaves bounds for what all share`() {
        val random = Random(5)
        repeat(200) {
            val (a, b, c) = List(3) { (0 until 40).filter { random.nextInt(3) > 0 }.toSet() }
            val sizes = listOf(a, b, c).map { it.size.toLong() }
            val pairs = listOf(a intersect b, a intersect c, b intersect c).map { it.size.toLong() }
            val (least, most) = Regex("""\d+""").findAll(CompareVenn.ofThree(sizes, pairs)).map { it.value.toInt() }.toList()
            assertTrue((a intersect b intersect c).size in least..most)
            assertTrue(most <= pairs.min())
        }
        assertEquals("Seen in all three: at least 10, at most 10.", CompareVenn.ofThree(listOf(10, 10, 10), listOf(10, 10, 10)))
    }

    @Test
    fun `those who are compared are tracked, each once`() {
        val tracked = MadeUpTracked(listOf(sample("anna", 1), sample("bob", 1, viewers = 900)))
        val compared = COMPARE_NUMBERS.query(Questions.tracked(tracked, choices = mapOf("a" to "Bob", "b" to "bob", "c" to "anna")))
        assertEquals(listOf("bob", "anna"), compared.rows.map { it.values[0] })
        val unknown = COMPARE_NUMBERS.query(Questions.tracked(tracked, choices = mapOf("a" to "zoe")))
        assertTrue("./pbm streamer add zoe" in unknown.why.orEmpty(), unknown.why)
        val none = COMPARE_NUMBERS.query(Questions.tracked(tracked))
        assertTrue("a=bob" in none.elsewhere?.href.orEmpty() && "b=anna" in none.elsewhere?.href.orEmpty())
        assertTrue(COMPARE_VENN.query(Questions.tracked(tracked, choices = mapOf("a" to "bob"))).rows.isEmpty())
    }
}
