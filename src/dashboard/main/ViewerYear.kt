package twitchactors.dashboard

/** On which days of the last year a viewer was there. */
internal val VIEWER_YEAR = Panel(
    id = "viewer-year",
    title = "The last year",
    how = "Hours seen in any chat on each UTC day of the 365 up to the last sealed one: distinct five-minute slots. A day leads to it.",
    origin = Origin.CHAT,
    look = Look.Calendar("day", "hours"),
    wide = true,
    compares = false,
) { question ->
    val viewer = ViewerPage.of(question) ?: return@Panel ViewerPage.nobody()
    Table(
        listOf(Column.date("day", "Day (UTC)"), Column.hours("hours", "Hours in chat")),
        viewer.figures.year.entries.sortedBy { it.key }.map { (day, minutes) ->
            Row(listOf(Days.date(day), minutes / 60.0), href = viewer.link(day))
        },
        coverage = viewer.coverage,
        why = "The account was not seen in the last year.",
    )
}
