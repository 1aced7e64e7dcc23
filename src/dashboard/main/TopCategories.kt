package twitchactors.dashboard

import twitchactors.store.SweptFigures

/** The categories with the most hours watched. */
internal val TOP_CATEGORIES = Panel(
    id = "top-categories",
    title = "Top categories",
    how = "Hours watched of each category: average viewers of each hour times one hour, summed. The ten with the most.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Bars("category", "hours_watched", lying = true),
) { question ->
    val span = SweptSpan(question)
    val sums = question.reads.swept.categories(question.period.from, question.period.to)
    if (sums.isEmpty()) return@Panel span.nothing("/")
    Table(
        listOf(Column.text("category", "Category"), Column.hours("hours_watched", "Hours watched"), Column.share("share", "Share")),
        sums.sortedWith(compareByDescending<SweptFigures.CategorySum> { it.hoursWatched }.thenBy { it.category }).take(10).map { sum ->
            Row(
                listOf(sum.category, sum.hoursWatched, share(sum.hoursWatched, sums.sumOf { it.hoursWatched })),
                href = question.link(CategoryLinks.page(sum.category)),
            )
        },
        coverage = span.coverage,
    )
}
