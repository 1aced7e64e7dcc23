package twitchactors.web

import java.time.Duration

/** Asks for the health at most once a second: `/health/ready` is open to all. A question that fails means not ready. */
internal class HealthCheck(private val ask: () -> Health, private val nanoTime: () -> Long) {
    private var health = Health(false, emptyMap())
    private var askedAt: Long? = null

    @Synchronized
    fun now(): Health {
        val last = askedAt
        if (last == null || nanoTime() - last > Duration.ofSeconds(1).toNanos()) {
            health = try {
                ask()
            } catch (e: Exception) {
                Health(false, mapOf("node" to ServiceHealth(false, e.toString())))
            }
            askedAt = nanoTime()
        }
        return health
    }
}
