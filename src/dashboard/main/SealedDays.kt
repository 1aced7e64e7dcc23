package twitchactors.dashboard

/** What was sealed and verified of each day. */
internal val SEALED_DAYS = Panel(
    id = "sealed-days",
    title = "Days",
    how = "Samples of what was expected: see Coverage. Findings: what the verifier has found when it compared sample files, archive, " +
        "Parquet, what was sealed and every viewer-day of the day with each other. Digest: SHA-256 over the day's sorted sightings; " +
        "equal digests mean equal days. Its first 16 digits.",
    origin = Origin.STATUS,
    look = Look.Rows,
    wide = true,
    compares = false,
) { question ->
    val days = StatusDays(question)
    if (days.statuses.isEmpty()) return@Panel days.nothing("No day of this period is sealed yet.")
    Table(
        listOf(
            Column.date("day", "Day (UTC)"),
            Column.share("sanity", "Of what was expected"),
            Column.count("gaps", "Gaps"),
            Column.count("slots_seen", "Slots seen, of 288"),
            Column.count("viewers", "Viewers"),
            Column.count("revision", "Revision"),
            Column.text("verified", "Verified"),
            Column.count("findings", "Findings"),
            Column.moment("looked_at", "Looked at"),
            Column.text("digest", "Digest"),
        ),
        days.statuses.map { status ->
            val look = days.looks[Days.date(status.day)]
            val covered = status.coverage
            Row(
                Days.date(status.day),
                covered?.let { share(it.samplesSeen.toDouble(), it.samplesExpected.toDouble()) },
                covered?.gaps,
                covered?.slotsSeen,
                status.viewers,
                status.revision,
                when (status.verified) {
                    null -> "not yet"
                    true -> "yes"
                    false -> "with findings"
                },
                look?.findings?.size,
                look?.at,
                status.digest?.take(16),
            )
        },
        coverage = days.coverage,
    )
}
