package twitchactors.dashboard

/** The state of the period's days in numbers. */
internal val STATUS_NUMBERS = Panel(
    id = "status-numbers",
    title = "In numbers",
    how = "Sealed days: those of which every partition has fixed the same revision. Verified: looked at after archiving, with nothing " +
        "wrong. Samples of what was expected: (streamer, slot) with a list of names, of those that were tracked and not known to be " +
        "offline, over all days that were looked at. Gaps: the others. Archives: bytes of the .7z and Parquet files.",
    origin = Origin.STATUS,
    look = Look.Figures,
    wide = true,
) { question ->
    val days = StatusDays(question)
    if (days.statuses.isEmpty()) return@Panel days.nothing("No day of this period is sealed yet.")
    val counted = days.statuses.mapNotNull { it.coverage }
    val files = days.looks.values.flatMap { listOfNotNull(it.archive, it.parquet) }
    Table(
        listOf(
            Column.count("sealed", "Sealed days"),
            Column.count("verified", "Verified, nothing wrong"),
            Column.count("with_findings", "With findings"),
            Column.share("sanity", "Samples of what was expected"),
            Column.count("gaps", "Gaps"),
            Column.bytes("archives", "Archives"),
        ),
        listOf(
            Row(
                days.statuses.count { it.sealed },
                days.statuses.count { it.verified == true },
                days.statuses.count { it.verified == false },
                share(counted.sumOf { it.samplesSeen }.toDouble(), counted.sumOf { it.samplesExpected }.toDouble()),
                if (counted.isEmpty()) null else counted.sumOf { it.gaps },
                if (files.isEmpty()) null else files.sumOf { it.size },
            ),
        ),
        coverage = days.coverage,
    )
}
