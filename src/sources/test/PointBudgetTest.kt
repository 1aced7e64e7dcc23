package twitchactors.sources

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

internal class PointBudgetTest {
    private val second = 1_000_000_000L
    private val pace = TwitchPace()
    private val budget = PointBudget(800, pace, 0)

    private fun told(remaining: Int, at: Long = 0, resetsAt: Long = at) = RateLimit(800, remaining, resetsAt, at)

    @Test
    fun `a budget of which nothing is known gives little until a reply has told`() {
        assertEquals(5, budget.grant(1000, 0))
        assertEquals(0, budget.grant(1000, 0))
        budget.told(told(795), outstanding = 4, nanos = 0)
        assertEquals(795 - 4 - 16, budget.grant(1000, 0))
    }

    @Test
    fun `it fills evenly, and what others spend lowers it`() {
        budget.told(told(16), 0, 0)
        assertEquals(0, budget.grant(10, 0))
        assertEquals(60.0 / 800, budget.wait(0) / 1e9, 0.001)
        assertEquals(13, budget.grant(1000, second))
        assertEquals(784, budget.grant(1000, 120 * second))
        budget.told(told(800), 0, 120 * second)
        assertEquals(0, budget.grant(1000, 120 * second), "points that are given away are not there, whatever an old reply says")
        budget.told(told(20), 0, 180 * second)
        assertEquals(4, budget.grant(1000, 180 * second))
    }

    @Test
    fun `after a refusal it is closed until the reset`() {
        budget.told(told(800), 0, 0)
        assertEquals(30 * second, budget.refused(told(0, at = 100, resetsAt = 130), 0))
        assertEquals(0, budget.grant(1, 29 * second))
        assertTrue(budget.grant(1000, 30 * second) in 380..390)
        assertEquals(60 * second, budget.refused(null, 30 * second), "a minute when Twitch does not say")
    }

    @Test
    fun `a clock that runs fast is found out, and never overrated`() {
        for (at in 0L..10) pace.seen(1000 + at, at * second)
        assertEquals(1.0, pace.pace)
        val fast = TwitchPace()
        for (tenth in 0L..100) fast.seen(1000 + tenth * 6, tenth * second / 10)
        assertTrue(fast.pace in 55.0..60.0, "${fast.pace}")
        val late = TwitchPace()
        late.seen(1000, 90_000_000)
        late.seen(1060, second + 90_000_000 - 80_000_000)
        assertTrue(late.pace <= 60.0, "${late.pace}")
    }
}
