package twitchactors.twitch

import java.time.Duration
import java.time.Instant
import java.util.concurrent.atomic.AtomicLong

/** A clock that stands still until it is moved. */
internal class ManualTime(startsAt: String = "2022-08-01T19:30:00Z", speed: Double = 1.0) {
    private val passed = AtomicLong(1_000_000)
    val nanos: () -> Long = passed::get
    val clock = SimulatedClock(Instant.parse(startsAt), speed, Instant.parse("2030-01-01T00:00:00Z"), nanos = nanos)

    /** Moves real time on by [by]. */
    fun pass(by: Duration) {
        passed.addAndGet(by.toNanos())
    }

    fun passSlots(slots: Int) = pass(Duration.ofSeconds(300L * slots))
}
