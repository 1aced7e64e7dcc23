package twitchactors.sources

import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/** Lets [limit] things be under way at a time; others wait in order. */
internal class InFlight(private val limit: Int) {
    private val waiting = ArrayDeque<() -> Unit>()
    private var underWay = 0

    fun <T> run(work: () -> CompletionStage<T>): CompletionStage<T> {
        val result = CompletableFuture<T>()
        val begin = {
            work().whenComplete { value, failure ->
                ended()
                if (failure == null) result.complete(value) else result.completeExceptionally(failure)
            }
            Unit
        }
        val isFree = synchronized(waiting) {
            if (underWay < limit) {
                underWay++
                true
            } else {
                waiting.addLast(begin)
                false
            }
        }
        if (isFree) begin()
        return result
    }

    private fun ended() {
        val next = synchronized(waiting) { waiting.removeFirstOrNull().also { if (it == null) underWay-- } }
        next?.invoke()
    }
}
