package twitchactors.dashboard

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.dashboard.MadeUpTracked.Companion.sample
import twitchactors.domain.Day

/** The page of streamers, over samples that are made up: anna has the most viewers, bob the most airtime, carl is of another language. */
class StreamersTest {
    private val tracked = MadeUpTracked(
        List(4) { sample("anna", 10 + it, viewers = 1000, chatters = 100) } +
            List(40) { sample("bob", 20 + it, viewers = 200, chatters = 190, category = if (it < 10) "Music" else "Chess") } +
            List(6) { sample("carl", 30 + it, viewers = null, chatters = 300).copy(language = "de") },
    )
    private val sealed = checkNotNull(Day.parse("2022-08-01"))

    private fun ranking(vararg choices: Pair<String, String>, isAdmin: Boolean = false, audience: AudienceReads = MadeUpAudience()) =
        STREAMERS_RANKING.query(Questions.tracked(tracked, audience, choices = mapOf(*choices), isAdmin = isAdmin))

    private fun Table.names() = rows.map { it.values.first() }

    private fun Table.of(name: String, column: String) = rows.first { it.values.first() == name }.values[index(column)]

    @Test
    fun `ranked by what is chosen, and what is not known comes last`() {
        assertEquals(listOf("anna", "bob", "carl"), ranking().names())
        assertEquals(listOf("bob", "anna", "carl"), ranking("by" to "watched").names())
        assertEquals(listOf("bob", "carl", "anna"), ranking("by" to "airtime").names())
        assertEquals(listOf("carl", "bob", "anna"), ranking("by" to "chatters").names())
        val table = ranking()
        assertEquals(1000.0, table.of("anna", "average_viewers"))
        assertEquals(4 * 5 / 60.0 * 1000, table.of("anna", "hours_watched") as Double, 1e-9)
        assertEquals(900.0, table.of("anna", "average_anonymous"))
        assertEquals(listOf(null, null), listOf(table.of("carl", "average_viewers"), table.of("carl", "peak_viewers")))
    }

    @Test
    fun `language and category leave the others out, and can be picked`() {
        assertEquals(listOf("carl"), ranking("language" to "de").names())
        val music = ranking("category" to "Music")
        assertEquals(listOf("bob"), music.names())
        assertEquals(10 * 5 / 60.0, music.of("bob", "airtime") as Double, 1e-9)
        assertEquals(mapOf("language" to listOf("fr", "de"), "category" to listOf("Chess", "Music")), music.offers - "q")
        val none = ranking("category" to "Music", "language" to "de")
        assertTrue(none.rows.isEmpty() && "language and category" in none.why.orEmpty())
    }

    @Test
    fun `a search keeps the rank, and whoever is not tracked can be tracked by a command`() {
        val bob = ranking("q" to "OB", "by" to "average")
        assertEquals(listOf("bob", 2), bob.rows.single().values.take(2))
        assertEquals(listOf("anna", "bob", "carl"), bob.offers.getValue("q"))
        for (isAdmin in listOf(false, true)) {
            val unknown = ranking("q" to "Zerator", isAdmin = isAdmin)
            assertTrue(unknown.rows.isEmpty() && "./pbm streamer add zerator" in unknown.why.orEmpty(), unknown.why)
        }
        assertFalse("pbm" in ranking("q" to "no such name!").why.orEmpty())
        val before = mapOf("from" to "2022-07-20")
        val elsewhere = STREAMERS_RANKING.query(Questions.tracked(tracked, choices = mapOf("q" to "anna"), fields = before))
        assertTrue("other times" in elsewhere.why.orEmpty() && "/streamers/anna" in elsewhere.elsewhere?.href.orEmpty(), elsewhere.why)
    }

    @Test
    fun `unique chatters are those of the window that is counted, and are not known before`() {
        assertEquals(null, ranking().of("anna", "unique_chatters"))
        assertTrue("none of the period is yet" in ranking().note.orEmpty())
        val week7 = (sealed to 7) to mapOf("anna" to 77L)
        val audience = MadeUpAudience(listOf(sealed), mapOf((sealed to 1) to mapOf("anna" to 5L, "bob" to 9L), week7))
        val table = ranking("by" to "unique", audience = audience)
        assertEquals(listOf("bob", "anna", "carl"), table.names())
        assertTrue("on 2022-08-01" in table.note.orEmpty())
        val two = MadeUpAudience(listOf(sealed, Day(sealed.epochDay - 1)), mapOf(week7))
        val week = STREAMERS_RANKING.query(Questions.tracked(tracked, two, fields = mapOf("period" to "7d")))
        assertEquals(77L, week.of("anna", "unique_chatters"))
        assertTrue("in the 7 days up to 2022-08-01" in week.note.orEmpty())
    }

    @Test
    fun `short periods are asked by hours, long ones by days`() {
        ranking()
        assertEquals("hours", tracked.asked)
        STREAMERS_TOP.query(Questions.tracked(tracked, fields = mapOf("period" to "30d")))
        assertEquals("days", tracked.asked)
    }

    @Test
    fun `who is live is told by the last slot that has arrived`() {
        val live = STREAMERS_LIVE.query(
            Questions.tracked(MadeUpTracked(listOf(sample("anna", 239), sample("bob", 238, viewers = 500), sample("carl", 236)))),
        )
        assertEquals(listOf("bob", "anna"), live.names())
        val none = STREAMERS_LIVE.query(Questions.tracked(MadeUpTracked(listOf(sample("anna", 200)))))
        assertTrue(none.rows.isEmpty() && "half hour" in none.why.orEmpty())
    }

    @Test
    fun `where there is nothing the page says why and leads to where there is something`() {
        val empty = STREAMERS_NUMBERS.query(Questions.tracked(MadeUpTracked(emptyList())))
        assertEquals(TrackedSpan.NOTHING_YET, empty.why)
        val future = STREAMERS_NUMBERS.query(Questions.tracked(tracked, fields = mapOf("from" to "2031-01-01")))
        assertTrue("in the future" in future.why.orEmpty() && "from=2022-08-01" in future.elsewhere?.href.orEmpty(), future.why)
    }
}
