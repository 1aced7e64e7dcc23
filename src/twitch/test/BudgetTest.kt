package twitchactors.twitch

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class BudgetTest {
    private var now = 0L
    private val budget = Budget(800) { now }

    @Test
    fun `points come back evenly, and never more than there were`() {
        assertEquals(800, (1..900).count { budget.take().granted })
        now += 75
        assertEquals(1, (1..10).count { budget.take().granted })
        now += 750
        assertEquals(10, (1..20).count { budget.take().granted })
        now += 600_000
        val state = budget.take()
        assertEquals(799 to true, state.remaining to state.granted)
        assertEquals(now / 1000 + 1, state.reset)
        assertEquals(812 to 119, budget.spent.toInt() to budget.refused.toInt())
    }

    @Test
    fun `the busiest minute is remembered`() {
        now = 59_000
        repeat(10) { budget.take() }
        now = 60_000
        repeat(30) { budget.take() }
        now = 120_000
        repeat(20) { budget.take() }
        assertEquals(30, budget.mostInAMinute)
    }

    @Test
    fun `what is refused is not counted as spent in a minute`() {
        repeat(900) { budget.take() }
        assertEquals(800, budget.mostInAMinute)
    }
}
