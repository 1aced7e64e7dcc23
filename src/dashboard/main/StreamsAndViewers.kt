package twitchactors.dashboard

/** Where categories lie between many streams and many viewers. */
internal val STREAMS_AND_VIEWERS = Panel(
    id = "streams-viewers",
    title = "Streams and viewers by category",
    how = "For each of the thirty categories with the most hours watched: streams and viewers on average over the hours in which the " +
        "category was found. Both axes are logarithmic; above the diagonal are categories where few streams gather many viewers.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Scatter("streams", "viewers", label = "category"),
) { question ->
    val span = SweptSpan(question)
    val sums = question.reads.swept.categories(question.period.from, question.period.to)
    if (sums.isEmpty()) return@Panel span.nothing("/")
    Table(
        listOf(
            Column.text("category", "Category"),
            Column.decimal("streams", "Average streams"),
            Column.decimal("viewers", "Average viewers"),
            Column.decimal("ratio", "Viewers per stream"),
        ),
        sums.sortedByDescending { it.hoursWatched }.take(30).map { sum ->
            Row(
                listOf(
                    sum.category,
                    sum.hoursStreamed / sum.hours,
                    sum.hoursWatched / sum.hours,
                    share(sum.hoursWatched, sum.hoursStreamed),
                ),
                href = question.link(CategoryLinks.page(sum.category)),
            )
        },
        coverage = span.coverage,
    )
}
