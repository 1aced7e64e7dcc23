package twitchactors.collect

import com.typesafe.config.Config
import org.apache.pekko.actor.AbstractScheduler
import org.apache.pekko.actor.Cancellable
import org.apache.pekko.event.LoggingAdapter
import scala.concurrent.ExecutionContext
import scala.concurrent.duration.FiniteDuration
import java.util.PriorityQueue
import java.util.concurrent.ThreadFactory

/** What an actor system does later: nothing, before [TestTime] has let that time come. Pekko makes it by its name in the configuration. */
@Suppress("UNUSED_PARAMETER")
internal class ManualScheduler(config: Config, log: LoggingAdapter, threads: ThreadFactory) : AbstractScheduler() {
    private class Task(val at: Long, val number: Long, val every: Long?, val work: Runnable, val executor: ExecutionContext)

    private val tasks = PriorityQueue(compareBy<Task>({ it.at }, { it.number }))
    private var scheduled = 0L

    /** Nanoseconds since the actor system began. */
    @get:Synchronized
    var now = 0L
        private set

    /** Begins what is due first, if that is not after [until]; time goes on to then. False when there is nothing. */
    fun runNext(until: Long): Boolean {
        val next = synchronized(this) {
            val first = tasks.peek()?.takeIf { it.at <= until } ?: return false
            tasks.remove()
            now = maxOf(now, first.at)
            first.every?.let { add(first.at + it, it, first.work, first.executor) }
            first
        }
        next.executor.execute(next.work)
        return true
    }

    /** Lets time go on to [until], up to which nothing is due. */
    @Synchronized
    fun advance(until: Long) {
        now = maxOf(now, until)
    }

    override fun scheduleOnce(delay: FiniteDuration, work: Runnable, executor: ExecutionContext): Cancellable =
        add(delay, null, work, executor)

    @Suppress("OVERRIDE_DEPRECATION")
    override fun schedule(first: FiniteDuration, every: FiniteDuration, work: Runnable, executor: ExecutionContext): Cancellable =
        add(first, every.toNanos(), work, executor)

    override fun maxFrequency(): Double = 1e9

    @Synchronized
    private fun add(delay: FiniteDuration, every: Long?, work: Runnable, executor: ExecutionContext): Cancellable {
        val once = Cancelling(work)
        add(now + maxOf(0, delay.toNanos()), every, once, executor)
        return once
    }

    private fun add(at: Long, every: Long?, work: Runnable, executor: ExecutionContext) {
        tasks += Task(at, scheduled++, every, work, executor)
    }

    private inner class Cancelling(private val work: Runnable) :
        Cancellable,
        Runnable {
        @Volatile
        private var isOver = false

        override fun run() {
            if (!isOver) work.run()
        }

        override fun cancel(): Boolean = synchronized(this@ManualScheduler) {
            isOver = true
            tasks.removeIf { it.work === this }
        }

        override fun isCancelled(): Boolean = isOver
    }
}
