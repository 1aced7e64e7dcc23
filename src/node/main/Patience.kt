package twitchactors.node

import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** Waits for conditions that nobody announces, up to a limit over all of them. */
class Patience(private val limit: Duration?) {
    private val began = System.nanoTime()

    /** Asks [condition] again and again until it holds; throws [Ended] with [Exit.TIMED_OUT] when the limit is over before. */
    fun until(what: String, condition: () -> Boolean) {
        while (!condition()) {
            if (limit != null && System.nanoTime() - began > limit.toNanos()) {
                System.err.println("twitchactors: the time is over while waiting for $what; what was done is kept, run it again to go on")
                throw Ended(Exit.TIMED_OUT)
            }
            CountDownLatch(1).await(ASK_EVERY_MS, TimeUnit.MILLISECONDS)
        }
    }

    private companion object {
        const val ASK_EVERY_MS = 100L
    }
}
