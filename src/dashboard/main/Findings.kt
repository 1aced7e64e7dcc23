package twitchactors.dashboard

import twitchactors.web.Access

/** What the verifier has found. */
internal val FINDINGS = Panel(
    id = "findings",
    title = "Findings",
    how = "What was not as it should be when each day was looked at last, and what to do. 'verify' looks again.",
    origin = Origin.FILES,
    look = Look.Rows,
    wide = true,
    access = Access.ADMIN,
    compares = false,
) { question ->
    val days = StatusDays(question)
    if (days.looks.isEmpty()) return@Panel days.nothing("No day of this period was looked at yet.")
    Table(
        listOf(Column.date("day", "Day (UTC)"), Column.text("finding", "Finding")),
        days.looks.toSortedMap(compareByDescending { it }).flatMap { (day, look) -> look.findings.map { Row(day, it) } },
        coverage = days.coverage,
        why = "Nothing is wrong with the days that were looked at.",
    )
}
