package twitchactors.sources

/**
 * What is left of a token's points, as far as can be known from here: a bucket that fills evenly up to its limit within a minute of
 * Twitch's. What the headers say can only lower it, for points are given away here before Twitch counts them. Not safe for use by
 * several threads.
 *
 * @param perMinute until Twitch tells
 * @param now monotonic nanoseconds
 */
internal class PointBudget(perMinute: Int, private val pace: TwitchPace, private var now: Long) {
    private var limit = perMinute
    private var points = minOf(UNTOLD, perMinute.toDouble())
    private var isTold = false
    private var closedUntil = now

    /** Points that may be spent now, [wanted] at most. */
    fun grant(wanted: Int, nanos: Long): Int {
        fill(nanos)
        if (isClosed(nanos)) return 0
        return minOf(wanted, (points - reserve).toInt()).coerceAtLeast(0).also { points -= it }
    }

    /** Whether nothing is to be had, for Twitch has said 429. */
    fun isClosed(nanos: Long): Boolean = nanos < closedUntil

    /** Nanoseconds until there is a point again. */
    fun wait(nanos: Long): Long {
        fill(nanos)
        val short = (reserve + 1 - points).coerceAtLeast(0.0) / perNano
        return maxOf(closedUntil - nanos, short.toLong(), SHORTEST_WAIT)
    }

    /**
     * Takes in what a reply said. A little less than was thought to be left is no news: of the requests that are under way Twitch has
     * counted some, and it counts whole points. The reserve is there for that; else every reply would take a little away.
     *
     * @param outstanding requests that have their points and whose replies are not there yet
     * @param age nanoseconds since the reply came, in which the bucket has filled
     */
    fun told(told: RateLimit, outstanding: Int, age: Long, nanos: Long) {
        fill(nanos)
        limit = told.limit
        val now = minOf(told.remaining + age.coerceAtLeast(0) * perNano, limit.toDouble())
        val left = (now - outstanding).coerceAtLeast(0.0)
        if (!isTold || left < points - reserve * NO_NEWS) points = left
        isTold = true
    }

    /** Twitch said 429: nothing is to be had until the reset. Returns for how many nanoseconds. */
    fun refused(told: RateLimit?, nanos: Long): Long {
        fill(nanos)
        points = 0.0
        val seconds = (told?.let { it.resetsAt - it.at } ?: MINUTE).coerceIn(1, LONGEST_RESET)
        val closed = (seconds * NANOS / pace.pace).toLong()
        closedUntil = maxOf(closedUntil, nanos + closed)
        return closedUntil - nanos
    }

    /** Left alone, so that what others spend of the same budget, or two nodes at the same moment, is no overrun. */
    private val reserve: Double get() = if (isTold) limit * RESERVED else 0.0

    private val perNano: Double get() = limit * pace.pace / MINUTE / NANOS

    private fun fill(nanos: Long) {
        val most = if (isTold) limit.toDouble() else minOf(UNTOLD, limit.toDouble())
        points = minOf(most, points + (nanos - now) * perNano)
        now = nanos
    }

    private companion object {
        /** A budget of which nothing is known may be spent nearly to the end, by who asked before. */
        const val UNTOLD = 5.0
        const val RESERVED = 0.02

        /** A share of the reserve. */
        const val NO_NEWS = 0.5
        const val MINUTE = 60L
        const val LONGEST_RESET = 120L
        const val NANOS = 1e9
        const val SHORTEST_WAIT = 1_000_000L
    }
}
