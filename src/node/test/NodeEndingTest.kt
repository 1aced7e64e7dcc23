package twitchactors.node

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.CoordinatedShutdown
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.PostStop
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicLong

@Timeout(60)
class NodeEndingTest {
    private val now = AtomicLong()
    private val released = CountDownLatch(1)

    /** Its only actor waits, when it is stopped, until it is released. */
    private val system = ActorSystem.create(
        Behaviors.receive(Void::class.java).onSignal(PostStop::class.java) {
            released.await()
            Behaviors.same()
        }.build(),
        "ending",
        ConfigFactory.parseString(
            """
            pekko.coordinated-shutdown { run-by-jvm-shutdown-hook = off, exit-jvm = off, phases.actor-system-terminate.timeout = 50 ms }
            pekko.actor.provider = local
            pekko.loglevel = OFF
            pekko.stdout-loglevel = OFF
            """,
        ),
    )
    private val ending = NodeEnding(system, now::get)

    @Test
    fun `a system is stuck when all was tried to end it some time ago, and not when it works or is gone`() {
        now.set(10 * GRACE)
        assertFalse(ending.isStuck, "while it works")
        CoordinatedShutdown.get(Adapter.toClassic(system)).runAll(CoordinatedShutdown.unknownReason()).toCompletableFuture().join()
        assertFalse(ending.isStuck, "when all was tried just now")
        assertFalse(ending.isOver)
        while (!ending.isStuck) now.addAndGet(GRACE)
        released.countDown()
        system.whenTerminated.toCompletableFuture().join()
        assertFalse(ending.isStuck, "when it is gone")
    }

    private companion object {
        val GRACE = NodeEnding.GRACE.toNanos()
    }
}
