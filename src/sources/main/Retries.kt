package twitchactors.sources

import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ThreadLocalRandom

/** Does something again, a few times and with longer and longer pauses, when it gets [NoAnswerYet]. */
internal class Retries(private val http: TwitchHttp, private val retries: Int, private val retryAfter: Duration) {
    fun <T> run(attempt: () -> CompletionStage<T>): CompletionStage<T> = CompletableFuture<T>().also { again(attempt, 0, it) }

    private fun <T> again(attempt: () -> CompletionStage<T>, failures: Int, result: CompletableFuture<T>) {
        attempt().whenComplete { value, failure ->
            val reason = failure?.let { NoAnswer.of(it) }
            when {
                reason == null -> result.complete(value)
                reason is NoAnswerYet && failures < retries -> http.after(pause(failures)) { again(attempt, failures + 1, result) }
                else -> result.completeExceptionally(reason)
            }
        }
    }

    /** With up to a half more, so that those who failed together do not come back together. */
    private fun pause(failures: Int): Duration {
        val nanos = retryAfter.toNanos() shl minOf(failures, MOST_DOUBLINGS)
        return Duration.ofNanos(nanos + ThreadLocalRandom.current().nextLong(nanos / 2 + 1))
    }

    private companion object {
        const val MOST_DOUBLINGS = 6
    }
}
