package twitchactors.web

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Duration

class GuessThrottleTest {
    private var now = 0L
    private val throttle = GuessThrottle({ now }, perName = 3, perAddress = 5, window = Duration.ofMinutes(10))

    @Test
    fun `a name is closed to an address after its guesses, until the window has passed`() {
        repeat(3) { throttle.wrong("a", "ann") }
        assertEquals(601, throttle.waitSeconds("a", "ann"))
        assertEquals(0, throttle.waitSeconds("a", "visitor"))
        assertEquals(0, throttle.waitSeconds("b", "ann"))
        now += Duration.ofMinutes(10).toNanos()
        assertEquals(0, throttle.waitSeconds("a", "ann"))
    }

    @Test
    fun `many names from one address close it for all names`() {
        repeat(5) { throttle.wrong("a", "name$it") }
        assertTrue(throttle.waitSeconds("a", "visitor") > 0)
        assertEquals(0, throttle.waitSeconds("b", "visitor"))
    }

    @Test
    fun `one network of IPv6 is one address`() {
        repeat(3) { throttle.wrong("2001:db8:0:1:0:0:0:$it", "ann") }
        assertTrue(throttle.waitSeconds("2001:db8:0:1:ffff:0:0:9", "ann") > 0)
        assertEquals(0, throttle.waitSeconds("2001:db8:0:2:0:0:0:1", "ann"))
    }
}
