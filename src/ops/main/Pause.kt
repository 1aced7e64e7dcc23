package twitchactors.ops

import java.util.concurrent.locks.LockSupport

/** A moment between two looks at something that nobody announces. */
internal object Pause {
    private const val NANOS = 50_000_000L

    fun brief() = LockSupport.parkNanos(NANOS)
}
