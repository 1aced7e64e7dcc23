package twitchactors.profile

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.domain.Login

/** Days that a partition drops from memory, and what it still knows of them. */
class ForgottenDaysTest {
    private val name = "viewer".toByteArray()
    private fun day(number: Int) = Day(19_205 + number)
    private fun state() = PartitionState(3, KeptOut.NOBODY)

    private fun PartitionState.see(day: Day, slot: Int) = see(day, Login.require("streamer"), slot, name) { it(0, name.size) }

    /** Takes in [day], which a whole feed seals, and of which another one was half done. */
    private fun PartitionState.sealHalf(day: Day): SealedDay {
        remember(day, null)
        see(day, 1)
        assertFalse(close(day, "dead", 0, 2))
        assertFalse(close(day, "done", 0, 2))
        assertTrue(close(day, "done", 1, 2))
        return seal(day)!!
    }

    private fun again(state: PartitionState) = PartitionState.read(3, state.form(), KeptOut.NOBODY)
        .also { assertArrayEquals(state.form(), it.form()) }

    @Test
    fun `a feed that died does not keep its day in memory`() {
        val state = state()
        repeat(10) { state.sealHalf(day(it)) }
        state.forget(3)
        assertEquals(listOf(day(7), day(8), day(9)), state.knownDays.toList())
    }

    @Test
    fun `a feed that is only slow ends later, also after a restart`() {
        val state = state()
        val sealed = List(10) { state.sealHalf(day(it)) }
        state.forget(3)
        val later = again(state)
        later.remember(day(0), sealed[0])
        assertTrue(later.close(day(0), "dead", 1, 2), "it was half done when the day was forgotten")
        assertEquals(null, later.seal(day(0)))
    }

    @Test
    fun `a day that has changed since it was sealed stays`() {
        val state = state()
        repeat(4) { state.sealHalf(day(it)) }
        state.see(day(0), 7)
        state.forget(1)
        assertEquals(listOf(day(0)), state.knownDays.toList())
        assertEquals(2, again(state).seal(day(0))!!.revision)
    }

    @Test
    fun `what is known of feeds that died does not grow without end`() {
        val state = state()
        fun after(days: IntRange) = days.forEach { state.sealHalf(day(it)) }.let { state.forget(1).let { state.form().size } }
        val size = after(0..199)
        assertEquals(size.toDouble(), after(200..999).toDouble(), 200.0)
    }

    @Test
    fun `a seal of another owner that came late is joined, and the own one is the next revision`() {
        val late = state().sealHalf(day(0))
        val own = state()
        own.remember(day(0), null)
        own.see(day(0), 9)
        own.join(late)
        assertEquals(2, own.seal(day(0))!!.revision)
    }
}
