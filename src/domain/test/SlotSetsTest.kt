package twitchactors.domain

import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.pair
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class SlotSetsTest {
    private val runs = IntArray(SlotSets.MAX_RUNS)

    private fun SlotSets.slots(set: Int): List<Int> =
        (0 until runs(set, runs)).flatMap { SlotSets.first(runs[it])..SlotSets.last(runs[it]) }

    @Test
    fun `holds what a set of numbers holds, whatever the order`() = runBlocking<Unit> {
        checkAll(Arb.list(Arb.pair(Arb.int(0..2), Arb.int(0..287)), 1..700)) { additions ->
            val sets = SlotSets()
            repeat(3) { sets.addSet(100, 101) }
            val expected = List(3) { sortedSetOf(100, 101) }
            for ((set, slot) in additions) assertEquals(expected[set].add(slot), sets.add(set, slot))
            for (set in 0..2) {
                assertEquals(expected[set].toList(), sets.slots(set))
                assertEquals(expected[set].size, sets.count(set))
            }
        }
    }

    @Test
    fun `keeps runs ascending and apart`() = runBlocking<Unit> {
        checkAll(Arb.list(Arb.int(0..287), 1..288)) { slots ->
            val sets = SlotSets()
            sets.addSet(slots[0], slots[0])
            slots.forEach { sets.add(0, it) }
            val count = sets.runs(0, runs)
            for (i in 1 until count) assert(SlotSets.first(runs[i]) > SlotSets.last(runs[i - 1]) + 1)
        }
    }

    @Test
    fun `holds every other slot, the most runs there can be`() {
        val sets = SlotSets()
        sets.addSet(286, 286)
        for (slot in 284 downTo 0 step 2) sets.add(0, slot)
        assertEquals(SlotSets.MAX_RUNS, sets.runs(0, runs))
        for (slot in 1..285 step 2) sets.add(0, slot)
        assertEquals(1, sets.runs(0, runs))
        assertEquals(287, sets.count(0))
    }
}
