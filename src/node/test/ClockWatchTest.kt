package twitchactors.node

import org.junit.jupiter.api.Assertions.assertEquals
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
    private val watch = ClockWatch(TOLERANCE, { database.also { clock += answer } }) { clock }

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

    private companion object {
        val NOW: Instant = Instant.parse("2022-08-01T12:00:00Z")
        val TOLERANCE: Duration = Duration.ofSeconds(10)
    }
}
