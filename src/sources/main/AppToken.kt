package twitchactors.sources

import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * The app's own token: got when it is needed, and anew before it ends or when Twitch does not take it. Whoever asks while it is
 * being got waits for the same one. A failure is remembered for a moment, so that thousands who ask do not become thousands of requests.
 *
 * @param nanos a monotonic clock
 */
internal class AppToken(private val oauth: TwitchOAuth, private val nanos: () -> Long = System::nanoTime) : HelixToken {
    private class Got(val token: CompletableFuture<IssuedToken>, val at: Long)

    private var got: Got? = null

    override val budget: String get() = BUDGET

    override fun access(): CompletionStage<Secret> = current().thenApply { it.access }

    override fun instead(refused: Secret): CompletionStage<Secret> {
        synchronized(this) { if (got?.token?.ifThere()?.access == refused) got = null }
        return access()
    }

    /** Asks Twitch whether the token is still good, and gets a new one when it is not. */
    fun validate(): CompletionStage<*> = current().thenCompose { token ->
        oauth.owner(token.access).thenCompose { owner -> if (owner == null) instead(token.access) else access() }
    }

    @Synchronized
    private fun current(): CompletableFuture<IssuedToken> {
        val now = nanos()
        got?.takeIf { isGood(it, now) }?.let { return it.token }
        return oauth.appToken().toCompletableFuture().also { got = Got(it, now) }
    }

    private fun isGood(got: Got, now: Long): Boolean {
        val age = now - got.at
        val token = got.token.ifThere()
        return when {
            token != null -> age < token.lives.toNanos() - EARLY.toNanos().coerceAtMost(token.lives.toNanos() / 2)
            got.token.isDone -> age < FAILURE_LASTS.toNanos()
            else -> true
        }
    }

    private fun <T> CompletableFuture<T>.ifThere(): T? = if (isDone && !isCompletedExceptionally) join() else null

    companion object {
        const val BUDGET = "app"
        private val EARLY = Duration.ofMinutes(10)
        private val FAILURE_LASTS = Duration.ofSeconds(5)
    }
}
