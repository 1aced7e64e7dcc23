package twitchactors.dashboard

/** Why samples are missing. */
internal val GAP_REASONS = Panel(
    id = "gap-reasons",
    title = "Gaps by reason",
    how = "A gap is a (streamer, slot) that was expected and has no sample. Each carries the reason that its poll gave, in the sample " +
        "files of the days that were looked at; a later sample of the same slot closes it. The fifteen most frequent reasons.",
    origin = Origin.FILES,
    look = Look.Bars("reason", "gaps", lying = true),
    compares = false,
) { question ->
    val days = StatusDays(question)
    if (days.looks.isEmpty()) return@Panel days.nothing("No day of this period was looked at yet.")
    val reasons = days.looks.values.flatMap { it.gaps.entries }.groupingBy { it.key }.fold(0) { sum, gap -> sum + gap.value }
    val all = reasons.values.sum().toDouble()
    Table(
        listOf(Column.text("reason", "Reason"), Column.count("gaps", "Gaps"), Column.share("share", "Of all gaps")),
        reasons.entries.sortedWith(compareByDescending<Map.Entry<String, Int>> { it.value }.thenBy { it.key }).take(15)
            .map { (reason, gaps) -> Row(reason, gaps, share(gaps.toDouble(), all)) },
        coverage = days.coverage,
        why = "Nothing is missing: of all who were expected on these days there is a sample of every slot.",
    )
}
