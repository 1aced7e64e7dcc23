package twitchactors.dashboard

import twitchactors.audience.StreamerFlow

/** Where chatters came from and went to, as a table. */
internal object AudienceFlow {
    const val HOW = "Of the chatters whose 15 minutes before they were first seen here lie within the UTC day: in whose chats they " +
        "were seen in those 15 minutes; the same after they were last seen here. Who was in several counts for each; nowhere: in no " +
        "other tracked chat. Fewer than ${OverlapChoices.LEAST} are left out. At each side the ten with the most."

    private const val SHOWN = 10

    fun table(question: Question, before: StreamerFlow.Side, after: StreamerFlow.Side, coverage: String): Table {
        val isPeople = OverlapChoices.isPeople(question)
        val rows = rows("before", before, isPeople) + rows("after", after, isPeople)
        return Table(
            listOf(
                Column.text("name", "Streamer"),
                Column.text("side", "Before or after"),
                Column.count("viewers", "Chatters"),
                Column.share("share", "Share"),
            ),
            rows,
            coverage = coverage,
            why = "Nobody's 15 minutes before or after lie within the day.",
        )
    }

    private fun rows(side: String, of: StreamerFlow.Side, isPeople: Boolean): List<Row> {
        val totals = if (isPeople) of.people else of.all
        val others = of.others.map { it.streamer.name to if (isPeople) it.people else it.viewers }
            .filter { it.second >= OverlapChoices.LEAST }
            .sortedWith(compareByDescending<Pair<String, Long>> { it.second }.thenBy { it.first }).take(SHOWN)
        val nowhere = listOf("nowhere" to totals.nowhere).filter { it.second >= OverlapChoices.LEAST }
        return (nowhere + others).map { (name, viewers) -> Row(name, side, viewers, share(viewers.toDouble(), totals.could.toDouble())) }
    }
}
