package twitchactors.analyser

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Slot

class SeenDaysTest {
    private val day = Day(19_205)
    private val open = OpenDay(day)

    private fun see(viewer: String, streamer: String, slots: IntRange) =
        slots.forEach { open.add(Login.require(viewer), Login.require(streamer), Slot(it)) }

    private fun walk(games: Map<Login, Array<String?>> = emptyMap()): Map<String, SeenDay> {
        val days = SeenDays(OpenDayForm.cursor(ByteSink().also { OpenDayForm.write(open, it) }.copy()), games)
        return buildMap { while (days.next()) put(days.viewer.name, days.seen()) }
    }

    private fun hours(vararg slots: Pair<Int, Int>) = slots.toMap().let { of -> List(24) { of[it] ?: 0 } }

    @Test
    fun `hours are of distinct slots, streamers of each chat`() {
        see("one", "anna", 10..13)
        see("one", "zed", 12..25)
        see("two", "zed", 287..287)
        val (one, two) = walk().let { it.getValue("one") to it.getValue("two") }
        assertEquals(SeenDay(day, 2, 2, hours(0 to 2, 1 to 12, 2 to 2), streamers("anna" to 4, "zed" to 14), emptyMap()), one)
        assertEquals(SeenDay(day, 0, 1, hours(23 to 1), streamers("zed" to 1), emptyMap()), two)
    }

    @Test
    fun `a game that several chats show in one slot counts once, and what is unknown not at all`() {
        see("one", "anna", 0..9)
        see("one", "zed", 5..14)
        see("two", "zed", 14..14)
        val anna = arrayOfNulls<String>(288).also { it.fill("Chess", 0, 8) }
        val zed = arrayOfNulls<String>(288).also { zed ->
            zed.fill("Chess", 0, 12)
            zed[12] = "Go"
        }
        val seen = walk(mapOf(Login.require("anna") to anna, Login.require("zed") to zed))
        assertEquals(mapOf("Chess" to 12, "Go" to 1), seen.getValue("one").games)
        assertEquals(emptyMap<String, Int>(), seen.getValue("two").games)
    }

    @Test
    fun `a viewer who is not looked at is passed over`() {
        see("one", "anna", 0..0)
        see("two", "anna", 1..1)
        val days = SeenDays(OpenDayForm.cursor(ByteSink().also { OpenDayForm.write(open, it) }.copy()), emptyMap())
        assertTrue(days.next() && days.next())
        assertEquals(hours(0 to 1), days.seen().hours)
        assertFalse(days.next())
    }

    private fun streamers(vararg slots: Pair<String, Int>) = slots.associate { Login.require(it.first) to it.second }
}
