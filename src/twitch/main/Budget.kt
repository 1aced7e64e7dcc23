package twitchactors.twitch

import java.util.concurrent.atomic.AtomicLong

/** A bucket of points that fills evenly, by [perMinute] a minute. [now] is milliseconds of the time of limits. */
internal class Budget(private val perMinute: Int, private val now: () -> Long) {
    /**
     * What a reply says of the budget in its headers.
     *
     * @property reset epoch second at which the bucket is full again
     */
    class State(val granted: Boolean, val limit: Int, val remaining: Int, val reset: Long)

    val spent = AtomicLong()
    val refused = AtomicLong()

    /** The most points that were spent within a minute of the clock. A full bucket that is emptied while it fills gives twice its size. */
    @get:Synchronized
    var mostInAMinute = 0L
        private set
    private var minute = 0L
    private var inMinute = 0L
    private var points = perMinute.toDouble()
    private var at = now()

    /** Takes one point, if there is one. */
    @Synchronized
    fun take(): State {
        val now = now()
        points = minOf(perMinute.toDouble(), points + (now - at) * perMinute / MINUTE)
        at = now
        val granted = points >= 1
        if (granted) {
            points -= 1
            count(now)
        }
        (if (granted) spent else refused).incrementAndGet()
        val full = now + (perMinute - points) * MINUTE / perMinute
        return State(granted, perMinute, points.toInt(), (full.toLong() + 999) / 1000)
    }

    private fun count(now: Long) {
        val current = now / MINUTE.toLong()
        if (current != minute) {
            minute = current
            inMinute = 0
        }
        mostInAMinute = maxOf(mostInAMinute, ++inMinute)
    }

    private companion object {
        const val MINUTE = 60_000.0
    }
}
