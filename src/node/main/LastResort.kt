package twitchactors.node

import org.slf4j.LoggerFactory
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** Ends this process by force: what is stored is whole after any kill, and what was not stored others do again. */
internal object LastResort {
    private val log = LoggerFactory.getLogger(LastResort::class.java)

    /** Does so when the process, which is about to end with [exit] for [reason], has not ended by itself within [patience]. */
    fun after(patience: Duration, exit: Exit, reason: String) {
        val ending = Thread.currentThread()
        thread(name = "last-resort", isDaemon = true) {
            CountDownLatch(1).await(patience.toMillis(), TimeUnit.MILLISECONDS)
            log.error("what ends this process waits:\n{}", ending.stackTrace.joinToString("\n") { "  at $it" })
            System.err.println("twitchactors: $reason")
            Runtime.getRuntime().halt(exit.code)
        }
    }
}
