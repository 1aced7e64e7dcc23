package twitchactors.collect

import java.time.Duration
import java.time.Instant

/**
 * The time by which days and slots are counted, and how long it takes by the clock on the wall: the same, or faster, so that a
 * whole day can be run through in minutes. Everything that waits for a slot asks here.
 *
 * @param end from which on it stands still; null: never
 * @param wall the clock on the wall, the same on all nodes
 * @param trust whether it is known to be right
 */
class SlotClock private constructor(
    private val wallStart: Instant,
    private val start: Instant,
    private val speed: Double,
    private val end: Instant?,
    private val wall: () -> Instant,
    private val trust: () -> Boolean = { true },
) {
    /** False while the clock on the wall may be off, as after it was set: what is seen now belongs to no slot that it says. */
    val isTrusted: Boolean get() = trust()

    /** The same, to be trusted while [trust] holds. */
    fun trustedWhile(trust: () -> Boolean) = SlotClock(wallStart, start, speed, end, wall, trust)

    fun now(): Instant {
        if (speed == 1.0 && wallStart == start) return wall()
        val passed = maxOf(Duration.ZERO, Duration.between(wallStart, wall()))
        val now = start.plusNanos((passed.toNanos() * speed).toLong())
        return if (end != null && now > end) end else now
    }

    fun slot(): DaySlot = DaySlot.at(now())

    /** How long it is until [moment] by the clock on the wall; zero when it is over, [NEVER] when it does not come. */
    fun until(moment: Instant): Duration {
        if (end != null && moment > end) return NEVER
        return Duration.between(wall(), wallStart + onTheWall(Duration.between(start, moment))).coerceAtLeast(Duration.ZERO)
    }

    /** How long [time] is by the clock on the wall. */
    fun onTheWall(time: Duration): Duration = if (speed == 1.0) time else Duration.ofNanos(Math.ceil(time.toNanos() / speed).toLong())

    companion object {
        /** Longer than anything runs, and as long as a timer may be. */
        val NEVER: Duration = Duration.ofDays(200)

        /** The time of the world. */
        fun real(wall: () -> Instant = Instant::now) = SlotClock(Instant.EPOCH, Instant.EPOCH, 1.0, null, wall)

        /** A time that is [start] until [wallStart] and then passes [speed] times as fast as that of the world, until [end]. */
        fun simulated(
            start: Instant,
            speed: Double,
            wallStart: Instant = Instant.now(),
            end: Instant? = null,
            wall: () -> Instant = Instant::now,
        ): SlotClock {
            require(speed > 0) { "a time passes at a speed above 0, not $speed" }
            return SlotClock(wallStart, start, speed, end, wall)
        }
    }
}
