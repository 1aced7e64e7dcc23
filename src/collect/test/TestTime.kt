package twitchactors.collect

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.BootstrapSetup
import org.apache.pekko.actor.setup.ActorSystemSetup
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.actor.typed.javadsl.Behaviors
import scala.concurrent.ExecutionContext
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Executor
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/**
 * An actor system for which it is [now], until the test lets time pass. Timers, streams and the [clock] have this one time. All of it
 * works on one thread, and each step waits until nothing is left to be done: what a test sees depends neither on the machine nor on
 * luck. A day takes as long as what is done in it.
 */
internal class TestTime(private val start: Instant) : AutoCloseable {
    private val worker = Worker()
    val system: ActorSystem<Void> = ActorSystem.create(
        Behaviors.empty(),
        "test",
        ActorSystemSetup.create(
            BootstrapSetup.create(ConfigFactory.load("collect-still")).withDefaultExecutionContext(ExecutionContext.fromExecutor(worker)),
        ),
    )
    private val kit = ActorTestKit.create(system)
    private val scheduler = Adapter.toClassic(system).scheduler() as ManualScheduler

    val now: Instant get() = start.plusNanos(scheduler.now)
    val clock = SlotClock.real { now + clockIsAhead }.trustedWhile { isTrusted }

    /** By how much the clock on the wall is ahead: somebody has set it. */
    @Volatile
    var clockIsAhead: Duration = Duration.ZERO

    /** Whether that clock is known to be right. */
    @Volatile
    var isTrusted = true

    fun <T> spawn(behavior: Behavior<T>): ActorRef<T> = doing { kit.spawn(behavior) }

    /** Ends [actor] as when its node ends. */
    fun stop(actor: ActorRef<*>) = doing { kit.stop(actor) }

    /** Does [action] when [actor] has ended. */
    fun whenEnded(actor: ActorRef<*>, action: () -> Unit) {
        spawn(
            Behaviors.setup<Unit> { context ->
                context.watchWith(actor, Unit)
                Behaviors.receiveMessage {
                    action()
                    Behaviors.stopped()
                }
            },
        )
    }

    /** Lets [action] happen now, and all that follows from it without that time passes. */
    fun <T> doing(action: () -> T): T = action().also { goTo(now) }

    /** Lets time pass until [moment], and all happen that is due until then. */
    fun goTo(moment: Instant) {
        val until = Duration.between(start, moment).toNanos()
        settle()
        while (scheduler.runNext(until)) settle()
        scheduler.advance(until)
    }

    fun pass(time: Duration) = goTo(now + time)

    private fun settle() = worker.awaitNothing()

    override fun close() = kit.shutdownTestKit()

    /** One thread, of which it is known whether it has anything left to do. */
    private class Worker : Executor {
        private val threads = ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, LinkedBlockingQueue()) { work ->
            Thread(work, "test-time").also { it.isDaemon = true }
        }.also { it.allowCoreThreadTimeOut(true) }
        private val lock = ReentrantLock()
        private val nothing = lock.newCondition()
        private var left = 0

        override fun execute(work: Runnable) {
            lock.withLock { left++ }
            threads.execute {
                try {
                    work.run()
                } finally {
                    lock.withLock { if (--left == 0) nothing.signalAll() }
                }
            }
        }

        fun awaitNothing() = lock.withLock {
            var patience = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)
            while (left > 0) {
                check(patience > 0) { "it works on and on" }
                patience = nothing.awaitNanos(patience)
            }
        }
    }

    private companion object {
        const val PATIENCE_SECONDS = 60L
    }
}
