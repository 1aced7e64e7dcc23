package twitchactors.twitch

import java.time.Duration
import java.time.Instant

/**
 * The time of a simulated Twitch: it begins at [startsAt] and runs [speed] times as fast as real time, without ever going back. Safe for
 * several threads.
 *
 * @param made the real time at which this is made
 * @param held so long it stands still before it begins
 * @param endsAt it stands still from then on; null: it goes on for ever
 * @param nanos a monotonic clock; a test gives one that it moves by hand
 */
class SimulatedClock(
    val startsAt: Instant,
    val speed: Double,
    private val made: Instant = Instant.now(),
    held: Duration = Duration.ZERO,
    val endsAt: Instant? = null,
    private val nanos: () -> Long = System::nanoTime,
) {
    @Volatile
    private var held = held.toNanos()

    /** The real time at which it begins, or has begun. */
    val began: Instant get() = made.plusNanos(held)
    private val origin = nanos()
    private val simulatedOrigin = startsAt.toEpochMilli()
    private val realOrigin = made.toEpochMilli()
    private val end = endsAt?.toEpochMilli() ?: Long.MAX_VALUE

    init {
        require(speed > 0) { "speed $speed: time must pass" }
        require(simulatedOrigin >= 0) { "$startsAt: begin in 1970 or later" }
    }

    /** Lets it begin after [wait] from now. False, and nothing is changed, when it has begun. */
    @Synchronized
    fun beginIn(wait: Duration): Boolean {
        val passed = nanos() - origin
        if (passed >= held) return false
        held = passed + wait.toNanos()
        return true
    }

    /** Simulated milliseconds since 1970. */
    fun millis(): Long {
        val passed = maxOf(0, nanos() - origin - held)
        return minOf(simulatedOrigin + (passed * speed / NANOS_PER_MILLI).toLong(), end)
    }

    /** Real milliseconds since 1970, monotonic. */
    fun realMillis(): Long = realOrigin + (nanos() - origin) / NANOS_PER_MILLI.toLong()

    private companion object {
        const val NANOS_PER_MILLI = 1e6
    }
}
