package twitchactors.sources

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
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
        budget.told(told(795), outstanding = 4, age = 0, nanos = 0)
        assertEquals(795 - 4 - 16, budget.grant(1000, 0))
    }

    @Test
    fun `it fills evenly, and what others spend lowers it`() {
        budget.told(told(16), 0, 0, 0)
        assertEquals(0, budget.grant(10, 0))
        assertEquals(60.0 / 800, budget.wait(0) / 1e9, 0.001)
        assertEquals(13, budget.grant(1000, second))
        assertEquals(784, budget.grant(1000, 120 * second))
        budget.told(told(800), 0, 0, 120 * second)
        assertEquals(0, budget.grant(1000, 120 * second), "points that are given away are not there, whatever an old reply says")
        budget.told(told(20), 0, 0, 180 * second)
        assertEquals(4, budget.grant(1000, 180 * second))
    }

    @Test
    fun `what an old reply said has grown since`() {
        budget.told(told(800), 0, 0, 0)
        budget.told(told(16), outstanding = 0, age = 30 * second, nanos = 40 * second)
        assertEquals(400, budget.grant(1000, 40 * second))
    }

    @Test
    fun `a little less than was thought is no news, much less is`() {
        budget.told(told(116), 0, 0, 0)
        budget.told(told(116), outstanding = 8, age = 0, nanos = 0)
        assertEquals(100, budget.grant(1000, 0))
        budget.told(told(216), 0, 0, 15 * second)
        budget.told(told(207), outstanding = 0, age = 0, nanos = 15 * second)
        assertEquals(191, budget.grant(1000, 15 * second))
    }

    @Test
    fun `who always waits gets nearly all there is, and is never refused`() {
        for (perMinute in listOf(800, 180_000)) {
            for (millis in listOf(5L, 80L, 900L)) {
                val shortage = Shortage(perMinute, millis)
                val granted = shortage.through(seconds = 60)
                assertEquals(0, shortage.refused, "$perMinute a minute, $millis ms")
                assertTrue(granted in perMinute * 95 / 100..perMinute * 103 / 100, "$granted of $perMinute a minute, $millis ms")
            }
        }
    }

    /** Twitch's bucket, nearly empty, and one who waits for points at all times; replies take [millis]. All by a clock of its own. */
    private class Shortage(private val perMinute: Int, private val millis: Long) {
        private class Reply(val at: Long, val told: RateLimit)

        private val budget = PointBudget(perMinute, TwitchPace(), 0)
        private val sent = ArrayDeque<Long>()
        private val replies = ArrayDeque<Reply>()
        private var left = perMinute * 0.03
        private var latest: Reply? = null
        private var granted = 0
        var refused = 0
            private set

        /** So many points are granted in the time. */
        fun through(seconds: Int): Int {
            for (now in 0L until seconds * 1000L) {
                left = minOf(left + perMinute / 60_000.0, perMinute.toDouble())
                while (sent.isNotEmpty() && sent.first() <= now) answer(sent.removeFirst(), now)
                while (replies.isNotEmpty() && replies.first().at <= now) latest = replies.removeFirst()
                if (now % TURN == 0L) lease(now)
            }
            return granted
        }

        /** Half way there the bucket is looked at. */
        private fun answer(at: Long, now: Long) {
            if (left < 1) refused++ else left--
            replies += Reply(at + millis / 2, RateLimit(perMinute, left.toInt(), 0, now / 1000))
        }

        private fun lease(now: Long) {
            latest?.let { budget.told(it.told, sent.size + replies.size, (now - it.at) * MILLI, now * MILLI) }
            latest = null
            repeat(budget.grant(MOST, now * MILLI)) {
                granted++
                sent += now + millis / 2
            }
        }

        private companion object {
            const val TURN = 20L
            const val MOST = 200
            const val MILLI = 1_000_000L
        }
    }

    @Test
    fun `after a refusal it is closed until the reset`() {
        budget.told(told(800), 0, 0, 0)
        assertFalse(budget.isClosed(0))
        assertEquals(30 * second, budget.refused(told(0, at = 100, resetsAt = 130), 0))
        assertTrue(budget.isClosed(29 * second))
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
