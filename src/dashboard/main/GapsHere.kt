package twitchactors.dashboard

/** Polls that failed while this node lives. */
internal val GAPS_HERE = Panel(
    id = "gaps-here",
    title = "Failed polls of this node",
    how = "Polls of this node that gave no sample, by the reason that they gave, since it started. Some are repeated within their slot " +
        "and leave no gap in the end.",
    origin = Origin.NODE,
    look = Look.Bars("reason", "polls", lying = true),
    compares = false,
    refreshSeconds = 10,
) { question ->
    val reasons = question.reads.workings.gapsHere()
        ?: return@Panel Table(emptyList(), emptyList(), why = "This node collects nothing: others do, or none has the role collect.")
    Table(
        listOf(Column.text("reason", "Reason"), Column.count("polls", "Failed polls")),
        reasons.entries.sortedByDescending { it.value }.take(15).map { (reason, polls) -> Row(reason, polls) },
        coverage = "Since this node started",
        why = "No poll has failed since this node started.",
    )
}
