package twitchactors.web

import java.time.Duration
import java.util.concurrent.atomic.AtomicBoolean

/**
 * Asks for the health at most once a second: `/health/ready` is open to all. A question that fails, or hangs for [PATIENCE], means
 * not ready. Only one thread is ever stuck in a question; the others get the last answer.
 */
internal class HealthCheck(private val ask: () -> Health, private val nanoTime: () -> Long) {
    private class Told(val health: Health, val at: Long)

    private val asking = AtomicBoolean()

    @Volatile
    private var told: Told? = null

    fun now(): Health {
        val last = told
        if (last != null && nanoTime() - last.at < PAUSE.toNanos()) return last.health
        if (!asking.compareAndSet(false, true)) {
            return if (last != null && nanoTime() - last.at < PATIENCE.toNanos()) last.health else HANGS
        }
        try {
            val health = try {
                ask()
            } catch (e: Exception) {
                Health(false, mapOf("node" to ServiceHealth(false, e.toString())))
            }
            told = Told(health, nanoTime())
            return health
        } finally {
            asking.set(false)
        }
    }

    private companion object {
        val PAUSE: Duration = Duration.ofSeconds(1)
        val PATIENCE: Duration = Duration.ofSeconds(5)
        val HANGS = Health(false, mapOf("node" to ServiceHealth(false, "its health check does not answer")))
    }
}
