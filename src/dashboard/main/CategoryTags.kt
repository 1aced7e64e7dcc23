package twitchactors.dashboard

import twitchactors.store.SweptDayFigures

/** The tags of a category's streams. */
internal val CATEGORY_TAGS = Panel(
    id = "category-own-tags",
    title = "Tags",
    how =
    "Share of the category's viewers that watch streams with the tag, over the whole UTC days that the period touches. The twelve with " +
        "the most.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Bars("tag", "share", lying = true),
) { question ->
    val days = question.period.utcDays
    val (from, to) = days.first() to days.last().plusDays(1)
    val category = question.subject.orEmpty()
    val tags = question.reads.days.tags(from, to, category)
    if (tags.isEmpty()) return@Panel CategoryPage.nothing(question)
    val viewers = question.reads.days.categoryViewers(from, to)[category]?.toDouble() ?: 0.0
    Table(
        listOf(Column.text("tag", "Tag"), Column.share("share", "Share of viewers")),
        tags.sortedWith(compareByDescending<SweptDayFigures.TagSum> { it.viewers }.thenBy { it.tag }).take(12)
            .map { Row(it.tag, share(it.viewers.toDouble(), viewers)) },
        coverage = "UTC days $from to ${days.last()}",
    )
}
