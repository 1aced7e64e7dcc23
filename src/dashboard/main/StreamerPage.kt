package twitchactors.dashboard

import twitchactors.audience.StreamerDay
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import twitchactors.store.TrackedFigures.SampleSeen
import java.time.Instant

/** What the panels of a streamer's page have in common. */
internal class StreamerPage(val question: Question) {
    val period = question.period
    private val tracked = question.reads.tracked

    /** Null when the address names nobody. */
    val login: Login? = Login.of(question.subject.orEmpty())

    private val days = period.utcDays

    /** The sealed days of the period, ascending. */
    val sealed: List<Day> by lazy { question.reads.audience.sealed(days.map(Days::of)) }

    /** What is published of the sealed days of the period, ascending. */
    val sealedDays: List<StreamerDay> by lazy { login?.let { question.reads.audience.days(it, sealed) }.orEmpty() }

    /** The samples in the period, ascending. */
    val samples: List<SampleSeen> by lazy {
        login?.let { tracked.samples(it, days) }.orEmpty().filter { it.at >= period.from && it.at < period.to }
    }

    /** The table of a panel when there is nothing of the streamer in the period. */
    fun nothing(): Table {
        val login = this.login ?: return Table(emptyList(), emptyList(), why = "No account of Twitch has such a name.")
        val days = tracked.days(login)
        if (days.isEmpty()) return Table(emptyList(), emptyList(), why = "There is no sample of $login.")
        return TrackedSpan.nothing(question, StreamerLinks.page(login.name), days.first()..days.last())
    }

    /** The same for what is only known of sealed days. */
    fun notSealed(): Table {
        val isThere = login != null && tracked.days(login).any { it in days }
        if (!isThere) return nothing()
        return Table(
            emptyList(),
            emptyList(),
            why = "No day of this period is sealed yet on which there was somebody in this chat. It is counted when a day is over.",
        )
    }

    fun coverage(days: List<StreamerDay>): String {
        val samples = days.sumOf { it.live.samples }
        val gaps = days.sumOf { it.live.gaps }
        val partial = days.sumOf { it.live.partial }
        val part = if (partial == 0) "" else ", $partial of them only in part"
        return "Coverage: ${days.size} sealed UTC days, $samples samples, ${if (gaps == 0) "all" else "${samples - gaps}"} say who was " +
            "in the chat$part"
    }

    companion object {
        /** When slot [slot] of [day] begins. */
        fun at(day: Day, slot: Int): Instant = Instant.ofEpochSecond(Slot(slot).startsAt(day))
    }
}
