package twitchactors.node

import sun.misc.Signal
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** Work that goes on until Ctrl-C, which is how it ends: all is closed in order, and the exit code is 0. */
internal object UntilInterrupted {
    @Volatile
    private var isStopping = false

    /** Does [work] until it ends or is interrupted. */
    fun run(work: () -> Unit) {
        val worker = Thread.currentThread()
        Signal.handle(Signal("INT")) {
            isStopping = true
            worker.interrupt()
        }
        try {
            work()
        } catch (_: InterruptedException) {
            System.err.println("ending; started again on the same data it goes on")
        }
    }

    /** Waits a moment; throws InterruptedException when it is time to end, also when somebody else has caught the first one. */
    fun pause(millis: Long = PAUSE_MS) {
        if (isStopping) throw InterruptedException()
        CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)
    }

    private const val PAUSE_MS = 1000L
}
