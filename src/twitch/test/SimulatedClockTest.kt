package twitchactors.twitch

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Duration
import java.time.Instant

class SimulatedClockTest {
    @Test
    fun `simulated time runs so many times as fast as real time`() {
        val time = ManualTime("2022-08-01T00:00:00Z", speed = 1440.0)
        time.pass(Duration.ofSeconds(60))
        assertEquals(Instant.parse("2022-08-02T00:00:00Z"), Instant.ofEpochMilli(time.clock.millis()))
        assertEquals(Instant.parse("2030-01-01T00:01:00Z"), Instant.ofEpochMilli(time.clock.realMillis()))
    }

    @Test
    fun `it stands still until it begins`() {
        var nanos = 7L
        val start = Instant.parse("2022-08-01T00:00:00Z")
        val clock = SimulatedClock(start, speed = 60.0, made = start, held = Duration.ofSeconds(3)) { nanos }
        assertEquals(start.plusSeconds(3), clock.began)
        nanos += 2_000_000_000
        assertEquals(start, Instant.ofEpochMilli(clock.millis()))
        nanos += 2_000_000_000
        assertEquals(start.plusSeconds(60), Instant.ofEpochMilli(clock.millis()))
    }

    @Test
    fun `it begins sooner when it is told, and only before it has begun`() {
        var nanos = 0L
        val start = Instant.parse("2022-08-01T00:00:00Z")
        val clock = SimulatedClock(start, speed = 60.0, made = start, held = Duration.ofHours(1)) { nanos }
        nanos = 10_000_000_000
        assertTrue(clock.beginIn(Duration.ofSeconds(2)))
        assertEquals(start.plusSeconds(12), clock.began)
        nanos = 12_000_000_000
        assertEquals(start, Instant.ofEpochMilli(clock.millis()))
        assertFalse(clock.beginIn(Duration.ofSeconds(2)))
        nanos = 13_000_000_000
        assertEquals(start.plusSeconds(60), Instant.ofEpochMilli(clock.millis()))
    }

    @Test
    fun `it stands still at its end`() {
        var nanos = 0L
        val start = Instant.parse("2022-08-01T00:00:00Z")
        val clock = SimulatedClock(start, speed = 60.0, made = start, endsAt = start.plusSeconds(90)) { nanos }
        nanos = 1_000_000_000
        assertEquals(start.plusSeconds(60), Instant.ofEpochMilli(clock.millis()))
        nanos = 5_000_000_000
        assertEquals(start.plusSeconds(90), Instant.ofEpochMilli(clock.millis()))
        assertEquals(start.plusSeconds(5), Instant.ofEpochMilli(clock.realMillis()))
    }
}
