package twitchactors.dashboard

import twitchactors.store.SweptFigures
import twitchactors.store.SweptFigures.CategorySum
import twitchactors.store.SweptFigures.LastCategory
import twitchactors.store.SweptFigures.SweptHour
import java.time.Instant

/** [SweptFigures] of which several panels of a page ask the same: it is read once for all of them, and kept for a moment. */
class SharedSweptFigures(private val figures: SweptFigures, nanoTime: () -> Long = System::nanoTime) : SweptFigures by figures {
    private data class Span(val from: Instant, val to: Instant)

    private val hours = KeptAnswers<Span, List<SweptHour>>(nanoTime, MOST)
    private val categories = KeptAnswers<Span, List<CategorySum>>(nanoTime, MOST)
    private val last = KeptAnswers<Unit, List<LastCategory>>(nanoTime, 1)

    override fun hours(from: Instant, to: Instant): List<SweptHour> = hours.ask(Span(from, to), MOMENT) { figures.hours(from, to) }

    override fun categories(from: Instant, to: Instant): List<CategorySum> =
        categories.ask(Span(from, to), MOMENT) { figures.categories(from, to) }

    override fun lastCategories(): List<LastCategory> = last.ask(Unit, MOMENT) { figures.lastCategories() }

    private companion object {
        /** Spans, each with some thousand categories at most. */
        const val MOST = 20

        /** Nanoseconds; short beside how often anything is swept. */
        const val MOMENT = 3_000_000_000L
    }
}
