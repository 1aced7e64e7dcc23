package twitchactors.web

import org.slf4j.LoggerFactory
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

/**
 * Asks the live source at a fixed pace, so that a hundred open pages cost as much as none, and remembers two minutes for the rates.
 * A source that fails or hangs leaves the last view standing, marked stale.
 */
internal class LiveHistory(private val source: LiveSource, private val every: Duration, private val nanoTime: () -> Long) : AutoCloseable {
    private class Point(val nanos: Long, val at: Instant, val view: LiveView)

    private val log = LoggerFactory.getLogger("twitchactors.web.LiveHistory")
    private val points = ArrayDeque<Point>()
    private var failing = false
    private val timer = Executors.newSingleThreadScheduledExecutor { Thread(it, "web-live").apply { isDaemon = true } }

    fun start(): LiveHistory {
        timer.scheduleWithFixedDelay(::take, 0, every.toNanos(), TimeUnit.NANOSECONDS)
        return this
    }

    /** One more view. A failure is logged once until it is over. */
    fun take() {
        try {
            val view = source.now()
            synchronized(points) {
                points.addLast(Point(nanoTime(), Instant.now(), view))
                while (points.last().nanos - points.first().nanos > KEPT.toNanos()) points.removeFirst()
            }
            failing = false
        } catch (e: Exception) {
            if (!failing) log.warn("the live page keeps its last numbers, for there are no new ones: {}", e.toString())
            failing = true
        }
    }

    /** Null until the source has answered for the first time. */
    fun latest(): LiveMoment? = synchronized(points) {
        val last = points.lastOrNull() ?: return null
        val before = points.lastOrNull { last.nanos - it.nanos >= RATE_OVER.toNanos() } ?: points.first()
        LiveMoment(
            view = last.view,
            at = last.at,
            samplesPerSecond = rate(before, last) { it.samplesFed },
            sightingsPerSecond = rate(before, last) { it.namesApplied },
            sightingRates = points.zipWithNext { one, next -> rate(one, next) { it.namesApplied } ?: 0.0 },
            stale = nanoTime() - last.nanos > every.toNanos() + STALE_AFTER.toNanos(),
        )
    }

    override fun close() {
        timer.shutdownNow()
    }

    /** A restart of what counts makes a count fall: that is no growth, and no negative one either. */
    private fun rate(from: Point, to: Point, count: (LiveView) -> Long): Double? {
        val seconds = (to.nanos - from.nanos) / 1e9
        return if (seconds <= 0) null else maxOf(0L, count(to.view) - count(from.view)) / seconds
    }

    private companion object {
        val KEPT: Duration = Duration.ofMinutes(2)
        val RATE_OVER: Duration = Duration.ofSeconds(10)
        val STALE_AFTER: Duration = Duration.ofSeconds(5)
    }
}
