package twitchactors.dashboard

/** Which tags the streams of each of the largest categories carry. */
internal val CATEGORY_TAG_HEAT = Panel(
    id = "category-tags",
    title = "Category by tag",
    how =
    "Share of a category's viewers that watch streams with the tag, over the whole UTC days that the period touches: the fifteen largest " +
        "categories and the fifteen tags with the most viewers in them.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Heat("tag", "category", "share", tall = true),
) { question ->
    val days = question.period.utcDays
    val (from, to) = days.first() to days.last().plusDays(1)
    val sums = question.reads.swept.categories(Days.start(from), Days.start(to)).sortedByDescending { it.hoursWatched }.take(15)
    if (sums.isEmpty()) return@Panel SweptSpan(question).nothing("/categories")
    val top = sums.map { it.category }
    val tags = question.reads.days.tags(from, to).filter { it.category in top }
    if (tags.isEmpty()) return@Panel Table(emptyList(), emptyList(), why = "No stream of these categories has a tag.")
    val totals = question.reads.days.categoryViewers(from, to)
    val names = tags.groupBy { it.tag }.mapValues { (_, all) -> all.sumOf { it.viewers } }.entries
        .sortedWith(compareByDescending<Map.Entry<String, Long>> { it.value }.thenBy { it.key }).take(15).map { it.key }
    val viewers = tags.associate { (it.category to it.tag) to it.viewers }
    Table(
        listOf(Column.text("category", "Category"), Column.text("tag", "Tag"), Column.share("share", "Share of viewers")),
        top.flatMap { category ->
            names.map { tag ->
                val watched = viewers[category to tag] ?: 0
                Row(
                    listOf(category, tag, share(watched.toDouble(), totals[category]?.toDouble() ?: 0.0)),
                    href = question.link(CategoryLinks.page(category)),
                )
            }
        },
        coverage = "UTC days $from to ${days.last()}",
    )
}
