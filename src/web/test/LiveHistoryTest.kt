package twitchactors.web

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Duration

class LiveHistoryTest {
    private var seconds = 0L
    private var names = 0L
    private var fails = false
    private val empty = MadeUpLive().now()
    private val history = LiveHistory(
        { if (fails) error("the source is gone") else empty.copy(namesApplied = names) },
        Duration.ofSeconds(1),
    ) { Duration.ofSeconds(seconds).toNanos() }

    @Test
    fun `a rate is the growth over ten seconds, and a restart is no growth`() {
        assertNull(history.latest())
        repeat(30) { tick(if (it < 19) 1_000 else 50) }
        assertEquals(50.0, history.latest()?.sightingsPerSecond)
        names = 0
        tick(0)
        assertEquals(0.0, history.latest()?.sightingsPerSecond)
        repeat(200) { tick(10) }
        assertEquals(120, history.latest()?.sightingRates?.size)
    }

    @Test
    fun `a source that fails leaves the last numbers standing, marked stale`() {
        tick(7)
        fails = true
        repeat(8) { tick(7) }
        assertEquals(7L, history.latest()?.view?.namesApplied)
        assertTrue(checkNotNull(history.latest()).stale)
    }

    private fun tick(more: Long) {
        seconds++
        if (!fails) names += more
        history.take()
    }
}
