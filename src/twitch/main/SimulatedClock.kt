package twitchactors.twitch

import java.time.Instant

/**
 * The time of a simulated Twitch: it begins at [startsAt] and runs [speed] times as fast as real time, without ever going back.
 *
 * @param began the real time at which it begins
 * @param nanos a monotonic clock; a test gives one that it moves by hand
 */
class SimulatedClock(
    val startsAt: Instant,
    val speed: Double,
    began: Instant = Instant.now(),
    private val nanos: () -> Long = System::nanoTime,
) {
    private val origin = nanos()
    private val simulatedOrigin = startsAt.toEpochMilli()
    private val realOrigin = began.toEpochMilli()

    init {
        require(speed > 0) { "speed $speed: time must pass" }
        require(simulatedOrigin >= 0) { "$startsAt: begin in 1970 or later" }
    }

    /** Simulated milliseconds since 1970. */
    fun millis(): Long = simulatedOrigin + ((nanos() - origin) * speed / NANOS_PER_MILLI).toLong()

    /** Real milliseconds since 1970, monotonic. */
    fun realMillis(): Long = realOrigin + (nanos() - origin) / NANOS_PER_MILLI.toLong()

    private companion object {
        const val NANOS_PER_MILLI = 1e6
    }
}
