package twitchactors.node

import org.apache.pekko.actor.typed.ActorSystem
import org.slf4j.LoggerFactory
import twitchactors.services.ServiceUnavailable
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Executor
import java.util.concurrent.atomic.AtomicBoolean

/**
 * Whether this machine's clock is that of the others. A poll belongs to the slot that its node's clock says, and days are closed by it,
 * so a node whose clock is off would put viewers where they were not. The clock that all nodes share is MariaDB's: one that differs
 * from it by more than [tolerance] does no work.
 *
 * Between two looks it is known whether somebody has set the clock, for then it has gone otherwise than the time that nobody can set.
 *
 * @param database what MariaDB's clock says; blocks, and throws while MariaDB is away
 * @param nanoTime the time that nobody can set
 * @param clock this machine's
 */
internal class ClockWatch(
    private val tolerance: Duration,
    private val database: () -> Instant,
    private val nanoTime: () -> Long = System::nanoTime,
    private val clock: () -> Instant = Instant::now,
) {
    /** Why this node must not work; null while its clock is right, as far as is known. */
    @Volatile
    var trouble: String? = null
        private set

    /** When the clock was last found right: by itself, and by the time that nobody can set. */
    private class Found(val at: Instant, val nanos: Long)

    @Volatile
    private var right: Found? = null

    /**
     * False when the clock was set by more than [tolerance] since it was last found right, or the machine has slept: whether it is right
     * the next look will tell.
     */
    val isSteady: Boolean
        get() = right.let { it == null || (Duration.between(it.at, clock()) - Duration.ofNanos(nanoTime() - it.nanos)).abs() <= tolerance }

    private val isLooking = AtomicBoolean()
    private var wasOff = false

    /**
     * For a node that is about to begin.
     *
     * @throws ServiceUnavailable when the clock is off
     */
    fun require() {
        val off = off()
        if (off.abs() > tolerance) throw ServiceUnavailable(reason(off))
    }

    /** Looks now and then, by [blocking], for as long as [system] works. */
    fun keep(system: ActorSystem<*>, blocking: Executor) {
        system.scheduler().scheduleWithFixedDelay(LOOK_EVERY, LOOK_EVERY, {
            if (isLooking.compareAndSet(false, true)) {
                blocking.execute {
                    try {
                        look()
                    } catch (failure: Exception) {
                        log.warn("MariaDB does not tell the time: {}", failure.message)
                    } finally {
                        isLooking.set(false)
                    }
                }
            }
        }, system.executionContext())
    }

    /** Twice in a row the clock must be off, for clocks that are set by a step are so for a moment. */
    internal fun look() {
        val off = off()
        val isOff = off.abs() > tolerance
        trouble = if (isOff && wasOff) reason(off) else null
        wasOff = isOff
    }

    /** How far the clock is ahead of MariaDB's, at least; below zero when it is behind. */
    private fun off(): Duration {
        val asked = clock()
        val told = database()
        val answered = clock()
        val nanos = nanoTime()
        // MariaDB read its clock at some moment between the two, however long that took.
        val off = when {
            told < asked -> Duration.between(told, asked)
            told > answered -> Duration.between(told, answered)
            else -> Duration.ZERO
        }
        if (off.abs() <= tolerance) right = Found(answered, nanos)
        return off
    }

    private fun reason(off: Duration): String {
        val way = if (off.isNegative) "behind" else "ahead of"
        return "this machine's clock is ${off.abs().toSeconds()} s $way MariaDB's, and slots and days go by it; have both set by NTP, " +
            "then start the node again (twitchactors.cluster.clock-tolerance is ${tolerance.toSeconds()} s)"
    }

    private companion object {
        val LOOK_EVERY: Duration = Duration.ofSeconds(5)
        val log = LoggerFactory.getLogger(ClockWatch::class.java)
    }
}
