package twitchactors.domain

import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.set
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

class RunsTest {
    private val runs = IntArray(SlotSets.MAX_RUNS)
    private val back = IntArray(SlotSets.MAX_RUNS)

    private fun text(slots: Iterable<Int>): String {
        val sets = SlotSets()
        val first = slots.first()
        sets.addSet(first, first)
        slots.forEach { sets.add(0, it) }
        return Runs.text(runs, sets.runs(0, runs))
    }

    @Test
    fun `are written as ranges and single slots`() {
        assertEquals("0", text(listOf(0)))
        assertEquals("12-40,55", text((12..40) + 55))
        assertEquals("0-287", text(0..287))
        assertEquals("286-287", text(listOf(287, 286)))
    }

    @Test
    fun `any set of slots is read back as it was`() = runBlocking<Unit> {
        checkAll(Arb.set(Arb.int(0..287), 1..200)) { slots ->
            val text = text(slots)
            val count = Runs.read(text, back)
            assertEquals(slots.sorted(), (0 until count).flatMap { SlotSets.first(back[it])..SlotSets.last(back[it]) })
            assertEquals(text, Runs.text(back, count))
        }
    }

    @Test
    fun `the most runs that there can be are read back`() {
        val text = (0..286 step 2).joinToString(",")
        assertEquals(SlotSets.MAX_RUNS, Runs.read(text, back))
        assertEquals(text, Runs.text(back, SlotSets.MAX_RUNS))
    }

    @Test
    fun `what cannot have been written is refused`() {
        val numbers = listOf("", "-", "288", "1-288", "01", "1 ", "99999999999")
        val runs = listOf(",", "1,", ",1", "1-", "-1", "1--2", "2-1", "1-1", "1,2", "1-3,4", "5,3", "5,5")
        for (text in numbers + runs) assertThrows(DamagedForm::class.java, { Runs.read(text, back) }, text)
    }

    @Test
    fun `any text is either refused or written back as it was`() = runBlocking<Unit> {
        checkAll(3_000, Arb.list(Arb.element("0123456789-,".toList()), 1..12)) { characters ->
            val text = characters.joinToString("")
            try {
                assertEquals(text, Runs.text(back, Runs.read(text, back)))
            } catch (_: DamagedForm) {
                // Refused.
            }
        }
    }
}
