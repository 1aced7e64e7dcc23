package twitchactors.twitch

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class IrcLimitsTest {
    private var now = 0L
    private val limits = IrcLimits(perWindow = 20, rooms = 30) { now }

    @Test
    fun `twenty joins in any ten seconds, for each account`() {
        assertEquals(20, (1..25).count { limits.mayJoin("a") })
        assertTrue(limits.mayJoin("b"))
        now = 9_999
        assertFalse(limits.mayJoin("a"))
        now = 10_000
        assertTrue(limits.mayJoin("a"))
    }

    @Test
    fun `no more rooms than allowed, until one is left`() {
        repeat(30) {
            now += 1_000
            assertTrue(limits.mayJoin("a"))
        }
        now += 1_000
        assertFalse(limits.mayJoin("a"))
        limits.left("a", 2)
        assertTrue(limits.mayJoin("a"))
        assertTrue(limits.mayJoin("a"))
        assertFalse(limits.mayJoin("a"))
    }
}
