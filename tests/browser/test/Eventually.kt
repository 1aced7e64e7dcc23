package twitchactors.browser

import org.junit.jupiter.api.Assertions.fail
import java.util.concurrent.locks.LockSupport
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.TimeSource

/** A bound against hanging: a busy machine takes its time. */
private val LIMIT = 3.minutes
private val PAUSE = 100.milliseconds

/** Waits until [wrong] finds nothing; else fails with what it found last. */
internal fun eventually(what: String, limit: Duration = LIMIT, wrong: () -> String?) {
    val end = TimeSource.Monotonic.markNow() + limit
    while (true) {
        val found = wrong() ?: return
        if (end.hasPassedNow()) fail<Unit>("$what, after $limit: $found")
        LockSupport.parkNanos(PAUSE.inWholeNanoseconds)
    }
}
