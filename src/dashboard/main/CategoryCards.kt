package twitchactors.dashboard

import twitchactors.store.SweptFigures.CategorySum

/** Every category of the period as a card. */
internal val CATEGORY_CARDS = Panel(
    id = "category-cards",
    title = "Categories",
    how =
    "Hours watched: average viewers times hours. Share: of the hours watched of all swept categories. Viewers per stream: hours watched " +
        "by hours streamed (the viewer ratio). Peak: the most viewers in one sweep. Tags are those that Twitch gave last.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Cards,
    wide = true,
    choices = listOf(CategoryChoices.SEARCH, CategoryChoices.SORT),
) { question ->
    val span = SweptSpan(question)
    val sums = CategorySums(question)
    if (sums.all.isEmpty()) return@Panel span.nothing("/categories")
    val wanted = question.choice(CategoryChoices.SEARCH)
    val found = CategoryChoices.sorted(sums.all.filter { it.category.contains(wanted, ignoreCase = true) }, question)
    val known = question.reads.swept.lastCategories().associateBy { it.category }
    Table(
        listOf(
            Column.text("category", "Category"),
            Column.hours("hours_watched", "Hours watched"),
            Column.share("share", "Share"),
            Column.decimal("average_viewers", "Average viewers"),
            Column.count("peak_viewers", "Peak"),
            Column.hours("hours_streamed", "Hours streamed"),
            Column.decimal("ratio", "Viewers per stream"),
            Column.text("tags", "Tags"),
        ),
        found.take(SHOWN).map { sum -> card(sum, sums.hoursWatched, known[sum.category]?.tags, question) },
        coverage = span.coverage,
        note = if (found.size > SHOWN) "The first $SHOWN of ${found.size}: search for others." else null,
        why = "No category of this period has '$wanted' in its name.",
    )
}

private const val SHOWN = 60

private fun card(sum: CategorySum, all: Double, tags: String?, question: Question) = Row(
    listOf(
        sum.category,
        sum.hoursWatched,
        share(sum.hoursWatched, all),
        sum.hoursWatched / sum.hours,
        sum.viewersPeak,
        sum.hoursStreamed,
        share(sum.hoursWatched, sum.hoursStreamed),
        tags,
    ),
    href = question.link(CategoryLinks.page(sum.category)),
    picture = CategoryPictures.path(sum.category),
)
