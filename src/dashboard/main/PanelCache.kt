package twitchactors.dashboard

import org.slf4j.LoggerFactory
import java.util.concurrent.CompletionException

/** Answers of panels, kept for some seconds, or until the browser asks again when that is sooner. */
internal class PanelCache(nanoTime: () -> Long, private val keptNanos: Long = KEPT_NANOS) {
    private val log = LoggerFactory.getLogger("twitchactors.dashboard.PanelCache")
    private val kept = KeptAnswers<String, Table>(nanoTime, MOST)

    fun ask(panel: Panel, question: Question): Answered {
        val table = table(panel, question) ?: return Answered(panel, question, Table(emptyList(), emptyList(), why = AWAY), failed = true)
        val before = if (question.period.compare && panel.compares) table(panel, question.before()) else null
        return Answered(panel, question, table, before)
    }

    private fun table(panel: Panel, question: Question): Table? = try {
        kept.ask(key(panel, question), nanos(panel)) { query(panel, question) }
    } catch (_: CompletionException) {
        null
    }

    /** What is looked at again soon is not kept longer than until then. */
    private fun nanos(panel: Panel): Long = panel.refreshSeconds?.let { minOf(keptNanos, it * SECOND_NANOS) } ?: keptNanos

    private fun query(panel: Panel, question: Question): Table = try {
        panel.query(question)
    } catch (failure: Exception) {
        log.warn("panel {} has no answer: {}", panel.id, failure.toString())
        throw failure
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
