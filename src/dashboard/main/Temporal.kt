package twitchactors.dashboard

import java.time.ZoneOffset

/** What the panels of the page of times have in common. */
internal object Temporal {
    const val PATH = "/temporal"

    fun nothing(question: Question): Table {
        val metric = Metric.of(question)
        if (metric.isHourly) return SweptSpan(question).nothing(PATH)
        val why = if (question.period.isFuture) "This period is in the future." else "No day of this period is sealed yet."
        return Table(emptyList(), emptyList(), why = why)
    }

    /** Points by the hour; of a metric that is known by day only, by the day, at its beginning in UTC. */
    fun points(question: Question): List<WeekHours.Point> {
        if (Metric.of(question).isHourly) return Metric.hours(question)
        return Metric.days(question).map { (at, value) -> WeekHours.Point(at, value, 1.0) }
    }

    /** The zone in which points are sorted into weekdays: that of the page, but for UTC days. */
    fun zone(question: Question) = if (Metric.of(question).isHourly) question.period.zone else ZoneOffset.UTC

    /** Why a metric that is known by day has no hours. */
    fun byDayOnly(question: Question) = Table(
        emptyList(),
        emptyList(),
        why = "${Metric.of(question).title} is counted by day: there are no hours of it.",
    )
}
