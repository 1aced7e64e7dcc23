package twitchactors.dashboard

import twitchactors.store.DayLook
import twitchactors.store.DayStatus
import java.time.LocalDate

private const val WHEN = "A day is archived and looked at in the night after it was sealed."

/** The days of the period of [question] as the page of the system's state knows them. */
internal class StatusDays(private val question: Question) {
    private val workings = question.reads.workings
    private val days = question.period.utcDays

    /** Sealed days, the latest first. */
    val statuses: List<DayStatus> by lazy { workings.statuses(days.map(Days::of)).sortedByDescending { it.day } }

    val looks: Map<LocalDate, DayLook> by lazy { workings.looks(days.map(Days::of)).associateBy { Days.date(it.day) } }

    /** Days up to today, the latest first. */
    val past: List<LocalDate>
        get() = days.filter { Days.start(it) <= question.period.now }.sortedDescending()

    val coverage: String get() = "${looks.size} of ${past.size} days were archived and looked at"

    /** The table of a panel that has nothing to say of the period. */
    fun nothing(what: String): Table = Table(
        emptyList(),
        emptyList(),
        why = if (past.isEmpty()) "This period is in the future." else "$what $WHEN",
    )
}
