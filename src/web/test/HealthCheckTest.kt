package twitchactors.web

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Duration
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread

class HealthCheckTest {
    private var now = 0L

    @Test
    fun `it asks at most once a second`() {
        var asked = 0
        val check = HealthCheck({ Health(true, emptyMap()).also { asked++ } }, { now })
        repeat(100) { check.now() }
        assertEquals(1, asked)
        now += Duration.ofSeconds(1).toNanos()
        check.now()
        assertEquals(2, asked)
    }

    @Test
    fun `a failing question means not ready`() = assertFalse(HealthCheck({ error("no answer") }, { now }).now().ready)

    @Test
    fun `a question that hangs holds one thread only, and means not ready after its patience`() {
        val hanging = CountDownLatch(1)
        val end = CountDownLatch(1)
        var hangs = false
        val check = HealthCheck(
            {
                if (hangs) {
                    hanging.countDown()
                    end.await()
                }
                Health(true, emptyMap())
            },
            { now },
        )
        check.now()
        hangs = true
        now += Duration.ofSeconds(2).toNanos()
        val stuck = thread { check.now() }
        hanging.await()
        assertTrue(check.now().ready)
        now += Duration.ofSeconds(5).toNanos()
        assertFalse(check.now().ready)
        end.countDown()
        stuck.join()
    }
}
