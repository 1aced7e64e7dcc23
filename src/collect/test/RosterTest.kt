package twitchactors.collect

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.domain.Login

class RosterTest {
    private val one = Login.require("one")
    private val two = Login.require("two")
    private val slot = DaySlot.firstOf(Day(19_205))

    @Test
    fun `the top and the pinned are tracked, and the paused are not`() {
        val roster = Roster(setOf(one))
        assertEquals(RosterChanged(slot, listOf(one, two), emptyList()), roster.changedTo(listOf(two), slot))
        roster.take(RosterChanged(slot, listOf(one, two), emptyList()))
        assertNull(roster.changedTo(listOf(two, one), slot + 1))
        roster.take(Unpinned(one)).take(Paused(two))
        assertEquals(RosterChanged(slot + 1, emptyList(), listOf(one, two)), roster.changedTo(listOf(two), slot + 1))
        roster.take(Resumed(two)).take(Pinned(one))
        assertNull(roster.changedTo(listOf(two), slot + 1))
    }

    @Test
    fun `when somebody was tracked is known for days`() {
        val roster = Roster()
        assertTrue(roster.isNew)
        roster.take(RosterChanged(slot, listOf(one, two), emptyList()))
        roster.take(RosterChanged(slot + 3, emptyList(), listOf(one)))
        roster.take(RosterChanged(slot + 5, listOf(one), emptyList()))
        val spans = listOf(Roster.Span(slot, slot + 3), Roster.Span(slot + 5, null))
        assertEquals(spans, roster.spansIn(slot..slot + 9)[one])
        assertEquals(spans.take(1), roster.spansIn(slot + 2..slot + 4)[one])
        assertEquals(setOf(two), roster.spansIn(slot + 3..slot + 4).keys)
        roster.take(RosterChanged(slot + 7, emptyList(), listOf(one, two)))
        roster.take(RosterChanged(slot + 9 * 288, emptyList(), emptyList()))
        assertTrue(roster.spansIn(slot..slot + 9).isEmpty())
    }

    @Test
    fun `who is untracked before the first slot came was never tracked`() {
        val roster = Roster()
        roster.take(RosterChanged(slot + 1, listOf(one), emptyList())).take(RosterChanged(slot + 1, emptyList(), listOf(one)))
        assertTrue(roster.spansIn(slot..slot + 9).isEmpty())
    }
}
