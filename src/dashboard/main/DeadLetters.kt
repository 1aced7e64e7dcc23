package twitchactors.dashboard

/** Records that could not be understood. */
internal val DEAD_LETTERS = Panel(
    id = "dead-letters",
    title = "Dead letters",
    how = "Records of each topic that could not be understood, by the reason. They are kept as they are for seven days, unless " +
        "configured otherwise; an operator looks at them and sends them again by 'dead-letters'.",
    origin = Origin.DEAD_LETTERS,
    look = Look.Rows,
    wide = true,
    compares = false,
    refreshSeconds = 30,
) { question ->
    val counts = question.reads.workings.deadLetters()
        ?: return@Panel Table(emptyList(), emptyList(), why = "Kafka does not answer just now.")
    Table(
        listOf(Column.text("topic", "Topic"), Column.count("records", "Records"), Column.text("reason", "Reason")),
        counts.sortedByDescending { it.count }.map { Row(it.topic, it.count, it.reason) },
        why = "There are none: every record was understood.",
    )
}
