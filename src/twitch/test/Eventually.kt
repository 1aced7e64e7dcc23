package twitchactors.twitch

import java.time.Duration
import java.util.concurrent.locks.LockSupport

/** Waits for what another thread brings about, for ten seconds at most. */
internal fun eventually(holds: () -> Boolean) {
    val end = System.nanoTime() + Duration.ofSeconds(10).toNanos()
    while (!holds()) {
        check(System.nanoTime() < end) { "not within ten seconds" }
        LockSupport.parkNanos(20_000_000)
    }
}
