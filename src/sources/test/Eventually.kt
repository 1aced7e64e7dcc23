package twitchactors.sources

import java.time.Duration
import java.util.concurrent.locks.LockSupport

/** Waits for what another thread or program brings about, for a minute at most. */
internal fun eventually(what: String, holds: () -> Boolean) {
    val end = System.nanoTime() + Duration.ofMinutes(1).toNanos()
    while (!holds()) {
        check(System.nanoTime() < end) { "not within a minute: $what" }
        LockSupport.parkNanos(20_000_000)
    }
}
