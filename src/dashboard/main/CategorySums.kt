package twitchactors.dashboard

import twitchactors.store.SweptFigures.CategorySum

/** The categories of the period of [question]. */
internal class CategorySums(private val question: Question) {
    val all: List<CategorySum> by lazy { question.reads.swept.categories(question.period.from, question.period.to) }

    val hoursWatched: Double get() = all.sumOf { it.hoursWatched }

    /** The [count] with the most hours watched, most first. */
    fun top(count: Int): List<String> = ranked().take(count).map { it.category }

    fun ranked(): List<CategorySum> = all.sortedWith(compareByDescending<CategorySum> { it.hoursWatched }.thenBy { it.category })
}
