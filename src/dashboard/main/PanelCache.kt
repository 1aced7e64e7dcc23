package twitchactors.dashboard

import org.slf4j.LoggerFactory
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException

/**
 * Answers of panels for some seconds, or until the browser asks again when that is sooner, so that many who look cost
 * as much as one; who asks while an answer is on its way waits for that.
 * A failure is kept for as long, so that a database that is away is not asked by everybody.
 */
internal class PanelCache(private val nanoTime: () -> Long, private val keptNanos: Long = KEPT_NANOS) {
    private class Kept(val at: Long, val answer: CompletableFuture<Table>)

    private val log = LoggerFactory.getLogger("twitchactors.dashboard.PanelCache")
    private val byKey = object : LinkedHashMap<String, Kept>(16, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<String, Kept>): Boolean = size > MOST
    }

    fun ask(panel: Panel, question: Question): Answered {
        val table = table(panel, question) ?: return Answered(panel, question, Table(emptyList(), emptyList(), why = AWAY), failed = true)
        val before = if (question.period.compare && panel.compares) table(panel, question.before()) else null
        return Answered(panel, question, table, before)
    }

    private fun table(panel: Panel, question: Question): Table? {
        val key = key(panel, question)
        var mine: CompletableFuture<Table>? = null
        val answer = synchronized(byKey) {
            val kept = byKey[key]?.takeIf { nanoTime() - it.at < kept(panel) }
            kept?.answer ?: CompletableFuture<Table>().also {
                mine = it
                byKey[key] = Kept(nanoTime(), it)
            }
        }
        mine?.let { fill(it, panel, question) }
        return try {
            answer.join()
        } catch (_: CompletionException) {
            null
        }
    }

    /** What is looked at again soon is not kept longer than until then. */
    private fun kept(panel: Panel): Long = panel.refreshSeconds?.let { minOf(keptNanos, it * SECOND_NANOS) } ?: keptNanos

    private fun fill(answer: CompletableFuture<Table>, panel: Panel, question: Question) {
        try {
            answer.complete(panel.query(question))
        } catch (failure: Exception) {
            log.warn("panel {} has no answer: {}", panel.id, failure.toString())
            answer.completeExceptionally(failure)
        }
    }

    private fun key(panel: Panel, question: Question): String = question.period.let { period ->
        val choices = panel.choices.map { question.choice(it) }
        listOf(panel.id, period.from, period.to, Zone.name(period.zone), question.subject, question.isAdmin, choices).joinToString("\u0000")
    }

    private companion object {
        const val MOST = 1000
        const val SECOND_NANOS = 1_000_000_000L
        const val KEPT_NANOS = 5_000_000_000L
        const val AWAY = "This could not be read just now: a database does not answer. Try again in a moment."
    }
}
