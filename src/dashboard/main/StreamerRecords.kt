package twitchactors.dashboard

import twitchactors.store.TrackedFigures.Sums
import java.time.LocalDate

/** What a streamer's best days were. */
internal val STREAMER_RECORDS = Panel(
    id = "streamer-records",
    title = "Records",
    how = "The best of all UTC days on which there are samples, whatever the period. Unique chatters: of sealed days among the last " +
        "366 of these; who looks like a bot is in it.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Rows,
    compares = false,
) { question ->
    val page = StreamerPage(question)
    val login = page.login ?: return@Panel page.nothing()
    val dates = question.reads.tracked.days(login)
    if (dates.isEmpty()) return@Panel page.nothing()
    val days = question.reads.tracked.dayByDay(login, dates.first(), dates.last().plusDays(1))
        .groupBy({ it.day }) { it.sums }.mapValues { Sums.of(it.value) }
    val unique = question.reads.audience.days(login, dates.takeLast(366).map(Days::of))
        .associate { Days.date(it.day) to it.all.viewers }
    fun record(name: String, of: Map<LocalDate, Double?>): Row? {
        val best = of.filterValues { it != null }.maxByOrNull { it.value ?: 0.0 } ?: return null
        return Row(listOf(name, best.value, best.key), question.linkToDays(StreamerLinks.page(login.name), best.key..best.key))
    }
    Table(
        listOf(Column.text("record", "Of one day"), Column.decimal("value", "Value"), Column.date("day", "Day (UTC)")),
        listOfNotNull(
            record("Peak viewers", days.mapValues { it.value.viewersPeak?.toDouble() }),
            record("Average viewers", days.mapValues { it.value.viewers }),
            record("Hours watched", days.mapValues { it.value.hoursWatched }),
            record("Hours on air", days.mapValues { it.value.hours }),
            record("Unique chatters", unique.mapValues { it.value.toDouble() }),
            record("Most chatters in one sample", days.mapValues { it.value.chattersPeak?.toDouble() }),
        ),
        coverage = "Coverage: ${days.size} days from ${dates.first()} to ${dates.last()}",
        bar = "",
    )
}
