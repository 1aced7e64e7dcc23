package twitchactors.dashboard

/** What there is of each day in the archive. */
internal val ARCHIVES = Panel(
    id = "archives",
    title = "Archives",
    how = "The .7z holds the day's sample files with a manifest, the Parquet every viewer's runs of slots. Size and SHA-256 are those " +
        "of the files when the day was looked at last. Sample files go only after the archive was read back and folds to what was " +
        "sealed.",
    origin = Origin.FILES,
    look = Look.Rows,
    wide = true,
    compares = false,
) { question ->
    val days = StatusDays(question)
    val archived = days.looks.filterValues { it.archive != null }.toSortedMap(compareByDescending { it })
    if (archived.isEmpty()) return@Panel days.nothing("No day of this period is archived yet.")
    Table(
        listOf(
            Column.date("day", "Day (UTC)"),
            Column.bytes("size", "Archive"),
            Column.bytes("parquet_size", "Parquet"),
            Column.count("rejected", "Files rejected"),
            Column.text("sources", "Samples by source"),
            Column.text("verified", "Verified"),
            Column.text("sha256", "SHA-256 of the archive"),
        ),
        archived.map { (day, look) ->
            Row(
                day,
                look.archive?.size,
                look.parquet?.size,
                look.rejected,
                look.sources.entries.joinToString { (source, samples) -> "$source ${CellText.of(samples, Column.Kind.COUNT, Zone.UTC)}" },
                if (look.findings.isEmpty()) "nothing wrong" else "${look.findings.size} findings",
                look.archive?.sha256,
            )
        },
        coverage = days.coverage,
    )
}
