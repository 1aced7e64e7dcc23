package twitchactors.dashboard

import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException

/**
 * Answers to questions that many ask, each kept for some time, so that many who ask cost as much as one; who asks while an answer is on its
 * way waits for that. A failure is kept for as long, so that a database that is away is not asked by everybody. Safe for use by several
 * threads.
 *
 * @param most how many are kept; those that were not asked for the longest go first
 */
internal class KeptAnswers<K : Any, A>(private val nanoTime: () -> Long, private val most: Int) {
    private class Kept<A>(val at: Long, val answer: CompletableFuture<A>)

    private val byQuestion = object : LinkedHashMap<K, Kept<A>>(16, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<K, Kept<A>>): Boolean = size > most
    }

    /**
     * The answer to [question], no older than [nanos]: one that is kept, or what [query] finds.
     *
     * @throws CompletionException when the query failed
     */
    fun ask(question: K, nanos: Long, query: () -> A): A {
        var mine: CompletableFuture<A>? = null
        val answer = synchronized(byQuestion) {
            val kept = byQuestion[question]?.takeIf { nanoTime() - it.at < nanos }
            kept?.answer ?: CompletableFuture<A>().also {
                mine = it
                byQuestion[question] = Kept(nanoTime(), it)
            }
        }
        mine?.let { fill(it, query) }
        return answer.join()
    }

    private fun fill(answer: CompletableFuture<A>, query: () -> A) {
        try {
            answer.complete(query())
        } catch (failure: Exception) {
            answer.completeExceptionally(failure)
        }
    }
}
