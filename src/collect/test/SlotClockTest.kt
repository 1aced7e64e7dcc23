package twitchactors.collect

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.time.Duration
import java.time.Instant

class SlotClockTest {
    private val start = Instant.parse("2022-08-01T00:00:00Z")
    private val wallStart = Instant.parse("2030-01-01T12:00:00Z")
    private var wall = wallStart

    @Test
    fun `real time is the wall's`() {
        val clock = SlotClock.real { wall }
        assertEquals(wall, clock.now())
        assertEquals(Duration.ofSeconds(7), clock.until(wall.plusSeconds(7)))
        assertEquals(Duration.ZERO, clock.until(wall.minusSeconds(7)))
        assertEquals(Duration.ofMinutes(5), clock.onTheWall(Duration.ofMinutes(5)))
    }

    @Test
    fun `simulated time stands still, runs, and stands still again`() {
        val clock = SlotClock.simulated(start, 60.0, wallStart, start.plusSeconds(600)) { wall }
        wall = wallStart.minusSeconds(3)
        assertEquals(start, clock.now())
        assertEquals(Duration.ofSeconds(5), clock.until(start.plusSeconds(120)), "what is left until it begins counts")
        wall = wallStart.plusSeconds(4)
        assertEquals(start.plusSeconds(240), clock.now())
        assertEquals(DaySlot.at(start), clock.slot())
        assertEquals(Duration.ofSeconds(1), clock.until(start.plusSeconds(300)))
        assertEquals(Duration.ZERO, clock.until(start))
        wall = wallStart.plusSeconds(11)
        assertEquals(start.plusSeconds(600), clock.now())
        assertEquals(Duration.ZERO, clock.until(start.plusSeconds(600)))
        assertEquals(SlotClock.NEVER, clock.until(start.plusSeconds(601)), "a time that does not come")
    }
}
