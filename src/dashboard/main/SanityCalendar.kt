package twitchactors.dashboard

import java.time.ZoneOffset

/** How whole each day of the last year is. */
internal val SANITY_CALENDAR = Panel(
    id = "sanity-calendar",
    title = "Sanity",
    how = "For each sealed day of the last year: samples that came, in percent of those that were expected; counted when the day is " +
        "archived and verified. A day that was looked at and had a finding says so in the table. The period does not change this.",
    origin = Origin.STATUS,
    look = Look.Calendar("day", "sanity"),
    wide = true,
    compares = false,
) { question ->
    val today = question.period.now.atZone(ZoneOffset.UTC).toLocalDate()
    val days = List(366) { today.minusDays(it.toLong()) }
    val statuses = question.reads.statuses.of(days.map(Days::of)).now().sortedBy { it.day }
    if (statuses.isEmpty()) return@Panel Table(emptyList(), emptyList(), why = "No day was sealed in the last year.")
    Table(
        listOf(
            Column.date("day", "Day (UTC)"),
            Column.share("sanity", "Samples that came"),
            Column.count("gaps", "Gaps"),
            Column.text("verified", "Verified"),
        ),
        statuses.map { status ->
            val covered = status.coverage
            Row(
                Days.date(status.day),
                covered?.let { share(it.samplesSeen.toDouble(), it.samplesExpected.toDouble()) },
                covered?.gaps,
                when (status.verified) {
                    null -> "not yet"
                    true -> "yes"
                    false -> "with findings"
                },
            )
        },
        coverage = "${statuses.size} sealed days, ${statuses.count { it.coverage != null }} of them counted",
    )
}
