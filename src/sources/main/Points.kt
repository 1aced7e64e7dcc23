package twitchactors.sources

import java.util.concurrent.CompletionStage

/** The points that requests cost, of one budget for each token. Who took one gives account of it by [done], whatever came of it. */
internal interface Points {
    /** Completes when a request may be sent; fails with [NoAnswer] when the budget leaves none for too long. */
    fun take(budget: String): CompletionStage<*>

    /**
     * @param told by the reply; null when it told nothing or none came
     * @param isRefused whether Twitch said 429
     */
    fun done(budget: String, told: RateLimit?, isRefused: Boolean)
}
