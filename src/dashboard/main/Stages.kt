package twitchactors.dashboard

import java.time.Duration
import java.time.Instant

/** How long the stages of each day took. */
internal val STAGES = Panel(
    id = "stages",
    title = "Stages of a day",
    how = "Opened: the first partition has taken in something of the day. Closed: all partitions were through with the last feed of it. " +
        "Sealed: the last partition has fixed its part. Looked at: it was archived and verified, of the last revision. " +
        "By the clocks of the database and of the node that archives, not by the day's own time.",
    origin = Origin.STATUS,
    look = Look.Rows,
    wide = true,
    compares = false,
) { question ->
    val days = StatusDays(question)
    val traces = days.past.take(MOST).map { it to question.reads.workings.trace(Days.of(it)) }
        .filter { (_, trace) -> trace.openedAt != null || trace.seals > 0 }
    if (traces.isEmpty()) return@Panel days.nothing("Nothing came in of a day of this period.")
    Table(
        listOf(
            Column.date("day", "Day (UTC)"),
            Column.moment("opened_at", "Opened"),
            Column.moment("closed_at", "Closed"),
            Column.moment("sealed_at", "Sealed"),
            Column.moment("looked_at", "Looked at"),
            Column.seconds("open", "Opened until sealed"),
            Column.seconds("archiving", "Until archived and verified"),
            Column.text("published", "Published partitions"),
        ),
        traces.map { (day, trace) ->
            val closed = trace.closes.values.maxOrNull()
            val looked = days.looks[day]?.at
            Row(
                day,
                trace.openedAt,
                closed,
                trace.sealedAt,
                looked,
                between(trace.openedAt, trace.sealedAt),
                between(trace.sealedAt, looked),
                "${trace.published} of ${trace.partitions}",
            )
        },
        coverage = days.coverage,
        bar = "",
        note = if (days.past.size > MOST) "The last $MOST days of the period." else null,
    )
}

private const val MOST = 31

/** Null when one is not known, or the second was before: then it is of an earlier revision. */
private fun between(from: Instant?, to: Instant?): Double? =
    if (from == null || to == null || to < from) null else Duration.between(from, to).toMillis() / 1000.0
