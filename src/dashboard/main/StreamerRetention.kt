package twitchactors.dashboard

import twitchactors.audience.ChatFigures

/** How long chatters stay. */
internal val STREAMER_RETENTION = Panel(
    id = "streamer-retention",
    title = "Retention",
    how = Retention.HOW + " Over the sealed days of the period.",
    origin = Origin.CHAT,
    look = Look.Grouped("after", listOf("people", "all")),
) { question ->
    val page = StreamerPage(question)
    val days = page.sealedDays
    if (days.isEmpty()) return@Panel page.notSealed()
    Retention.table(days.map { it.people }, days.map { it.all }, page.coverage(days))
}

/** Shares of those who stayed. */
internal object Retention {
    const val HOW = "Of the chatters who came into a stream so early that it went on for so many minutes after they were first seen in " +
        "it: the share that was seen in it that long after or later. Who comes into two streams counts twice. People: without accounts " +
        "that look like bots."

    fun table(people: List<ChatFigures>, all: List<ChatFigures>, coverage: String): Table {
        val rows = ChatFigures.RETENTION_MINUTES.map { minutes ->
            val (peopleSum, allSum) = sum(people, minutes) to sum(all, minutes)
            Row("$minutes min", peopleSum.share, allSum.share, peopleSum.could, peopleSum.stayed, allSum.could, allSum.stayed)
        }
        if (rows.all { it.values[2] == null }) {
            return Table(emptyList(), emptyList(), why = "Nobody came into a stream that went on for long enough.")
        }
        return Table(
            listOf(
                Column.text("after", "After"),
                Column.share("people", "People"),
                Column.share("all", "All"),
                Column.count("people_could", "People who could"),
                Column.count("people_stayed", "who stayed"),
                Column.count("all_could", "All who could"),
                Column.count("all_stayed", "who stayed"),
            ),
            rows,
            coverage = coverage,
        )
    }

    private fun sum(all: List<ChatFigures>, minutes: Int): ChatFigures.Retention {
        val these = all.flatMap { it.retention }.filter { it.minutes == minutes }
        return ChatFigures.Retention(minutes, these.sumOf { it.could }, these.sumOf { it.stayed })
    }
}
