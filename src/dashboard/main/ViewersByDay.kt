package twitchactors.dashboard

/** Unique viewers of each sealed day, and how much of the day there is. */
internal val VIEWERS_BY_DAY = Panel(
    id = "viewers-by-day",
    title = "Viewers seen in chat, by day",
    how = "Distinct accounts seen in any tracked chat on a UTC day, exact. Coverage: samples that came, of those that were expected of " +
        "streamers who were tracked and not known to be offline; counted when the day is archived.",
    origin = Origin.CHAT,
    look = Look.Bars("day", "viewers"),
) { question ->
    val statuses = question.reads.statuses.of(question.period.utcDays.map(Days::of)).now().sortedBy { it.day }
    if (statuses.isEmpty()) {
        val why = if (question.period.isFuture) "This period is in the future." else "No day of this period is sealed yet."
        return@Panel Table(emptyList(), emptyList(), why = why)
    }
    Table(
        listOf(
            Column.date("day", "Day (UTC)"),
            Column.count("viewers", "Viewers"),
            Column.count("pairs", "Viewer-streamer pairs"),
            Column.count("sightings", "Sightings"),
            Column.share("coverage", "Coverage"),
            Column.count("revision", "Revision"),
        ),
        statuses.map { status ->
            val covered = status.coverage?.let { share(it.samplesSeen.toDouble(), it.samplesExpected.toDouble()) }
            Row(Days.date(status.day), status.viewers, status.pairs, status.sightings, covered, status.revision)
        },
        coverage = "${statuses.count { it.sealed }} sealed of ${question.period.utcDays.size} days",
    )
}
