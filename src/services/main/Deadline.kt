package twitchactors.services

import java.time.Duration
import java.util.concurrent.locks.LockSupport

/** A moment on the monotonic clock by which something has to have happened. */
internal class Deadline private constructor(private val nanos: Long) {
    val remaining: Duration get() = Duration.ofNanos((nanos - System.nanoTime()).coerceAtLeast(0))
    val passed: Boolean get() = remaining.isZero

    /** Asks [condition] every 50 ms until it holds; false when this deadline passes before. */
    fun await(condition: () -> Boolean): Boolean {
        while (true) {
            if (condition()) return true
            if (passed) return false
            pause()
        }
    }

    /** Lets a little time pass for something that nobody announces, at most what remains. */
    fun pause() = LockSupport.parkNanos(minOf(POLL_NANOS, remaining.toNanos() + 1))

    companion object {
        private const val POLL_NANOS = 50_000_000L

        fun after(duration: Duration) = Deadline(System.nanoTime() + duration.toNanos())
    }
}
