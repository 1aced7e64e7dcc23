package twitchactors.sources

import java.util.concurrent.atomic.LongAdder

/** What became of this node's requests for points, since it started. */
class BudgetFigures {
    internal val taken = LongAdder()
    internal val overdue = LongAdder()
    internal val refused = LongAdder()

    /** Points that were spent. */
    val points: Long get() = taken.sum()

    /** Requests that were not made, for their budget had no point for them in time: each is a gap. */
    val overruns: Long get() = overdue.sum()

    /** Requests that Twitch refused with 429: somebody else spends from the same budget, or we spent too much. */
    val refusals: Long get() = refused.sum()
}
