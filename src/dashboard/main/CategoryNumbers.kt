package twitchactors.dashboard

/** One category in numbers. */
internal val CATEGORY_NUMBERS = Panel(
    id = "category-numbers",
    title = "The period in numbers",
    how = "Average viewers and streams: over the hours in which the category was among those swept. Peak: the most in one sweep. Hours " +
        "watched and streamed: averages times hours. Share: of the hours watched of all swept categories. Viewers per stream: hours " +
        "watched by hours streamed.",
    origin = Origin.STREAM_SWEEPS,
    look = Look.Figures,
    wide = true,
) { question ->
    val sums = CategorySums(question)
    val sum = sums.all.find { it.category == question.subject } ?: return@Panel CategoryPage.nothing(question)
    val rank = sums.ranked().indexOf(sum) + 1
    Table(
        listOf(
            Column.decimal("average_viewers", "Average viewers"),
            Column.count("peak_viewers", "Peak viewers"),
            Column.hours("hours_watched", "Hours watched"),
            Column.count("rank", "Rank by hours watched"),
            Column.share("share", "Share of all"),
            Column.decimal("average_streams", "Average streams"),
            Column.hours("hours_streamed", "Hours streamed"),
            Column.decimal("ratio", "Viewers per stream"),
        ),
        listOf(
            Row(
                sum.hoursWatched / sum.hours,
                sum.viewersPeak,
                sum.hoursWatched,
                rank,
                share(sum.hoursWatched, sums.hoursWatched),
                sum.hoursStreamed / sum.hours,
                sum.hoursStreamed,
                share(sum.hoursWatched, sum.hoursStreamed),
            ),
        ),
        coverage = "${SweptSpan(question).coverage}; this category was in ${sum.hours} of them",
    )
}
