package twitchactors.sources

/**
 * How fast Twitch's clock runs by ours: 1 for Twitch; a simulated one may run a thousand times as fast, and its budgets fill by its
 * own clock. Never more than is sure, so that nobody spends points that are not there yet.
 */
internal class TwitchPace {
    private var beganAt = 0L
    private var beganNanos = 0L
    private var isBegun = false

    /** Seconds of Twitch's in one of ours. */
    var pace = 1.0
        private set

    /** Twitch's clock showed [at], in seconds, when ours showed [nanos]. */
    fun seen(at: Long, nanos: Long) {
        val theirs = at - beganAt
        val ours = (nanos - beganNanos) / NANOS
        if (!isBegun || theirs < 0 || ours > LONGEST) {
            beganAt = at
            beganNanos = nanos
            isBegun = true
        } else if (ours >= SHORTEST && theirs >= LEAST_THEIRS) {
            // Theirs is in whole seconds, and ours is late by what a message takes.
            val sure = (theirs - 1) / (ours + LATE)
            pace = if (theirs / ours < NEARLY_ONE) 1.0 else maxOf(1.0, sure)
        }
    }

    private companion object {
        const val NANOS = 1e9
        const val SHORTEST = 1.0
        const val LONGEST = 60.0
        const val LEAST_THEIRS = 10
        const val LATE = 0.1
        const val NEARLY_ONE = 1.5
    }
}
