package twitchactors.node

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertDoesNotThrow
import org.junit.jupiter.api.assertThrows
import twitchactors.services.ServiceUnavailable
import java.time.Duration
import java.time.Instant

/** A node works only while its machine's clock is that of MariaDB. */
class ClockWatchTest {
    private var database = NOW
    private var clock = NOW

    /** How long MariaDB takes to answer. */
    private var answer = Duration.ZERO
    private var nanos = 0L
    private val watch = ClockWatch(TOLERANCE, { database.also { clock += answer } }, { nanos }) { clock }

    private fun refused() = assertThrows<ServiceUnavailable> { watch.require() }.message.orEmpty()

    @Test
    fun `a clock that is two minutes off is refused with what is to be done`() {
        clock = NOW.plusSeconds(120)
        assertTrue("is 120 s ahead of MariaDB's" in refused() && "NTP" in refused(), refused())
        clock = NOW.minusSeconds(120)
        assertTrue("is 120 s behind MariaDB's" in refused(), refused())
    }

    @Test
    fun `what is within the tolerance is no trouble`() {
        for (seconds in listOf(-10L, 0, 10)) {
            clock = NOW.plusSeconds(seconds)
            assertDoesNotThrow { watch.require() }
        }
    }

    @Test
    fun `an answer that took long says nothing against the clock`() {
        answer = Duration.ofMinutes(3)
        assertDoesNotThrow { watch.require() }
        database = NOW.plusSeconds(170)
        clock = NOW
        assertDoesNotThrow { watch.require() }
        database = NOW.plusSeconds(191)
        clock = NOW
        assertTrue("is 11 s behind" in refused())
    }

    @Test
    fun `a clock that comes to be off is trouble when it is so twice in a row`() {
        watch.look()
        clock = NOW.minusSeconds(61)
        watch.look()
        assertNull(watch.trouble)
        clock = NOW
        watch.look()
        clock = NOW.minusSeconds(61)
        watch.look()
        assertNull(watch.trouble)
        watch.look()
        assertEquals(true, watch.trouble?.contains("61 s behind"))
    }

    @Test
    fun `a clock that was set is not steady until a look finds it right`() {
        assertTrue(watch.isSteady, "nothing is known of it")
        watch.require()
        pass(3_600)
        assertTrue(watch.isSteady)
        for (seconds in listOf(120L, -120L)) {
            clock += Duration.ofSeconds(seconds)
            assertFalse(watch.isSteady)
            watch.look()
            assertFalse(watch.isSteady, "it is off")
            clock -= Duration.ofSeconds(seconds)
            assertTrue(watch.isSteady, "it was set right again")
        }
        clock += Duration.ofSeconds(10)
        assertTrue(watch.isSteady, "within the tolerance")
    }

    @Test
    fun `a machine that has slept is not steady until a look finds its clock right`() {
        watch.require()
        clock += Duration.ofHours(1)
        database += Duration.ofHours(1)
        assertFalse(watch.isSteady)
        watch.look()
        assertTrue(watch.isSteady)
    }

    private fun pass(seconds: Long) {
        clock += Duration.ofSeconds(seconds)
        nanos += Duration.ofSeconds(seconds).toNanos()
    }

    private companion object {
        val NOW: Instant = Instant.parse("2022-08-01T12:00:00Z")
        val TOLERANCE: Duration = Duration.ofSeconds(10)
    }
}
