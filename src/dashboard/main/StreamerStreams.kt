package twitchactors.dashboard

import twitchactors.audience.Broadcast
import twitchactors.audience.LiveFigures
import twitchactors.domain.Slot
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset

/** A streamer's streams. */
internal val STREAMER_STREAMS = Panel(
    id = "streamer-streams",
    title = "Streams",
    how = "A stream goes from its first sample to its last; one that goes on over midnight UTC is one on each day. Averages weigh each " +
        "sample by the time that it speaks for; hours watched: average viewers times airtime. Unique chatters, and those among them " +
        "who do not look like bots, are counted when the day is over.",
    origin = Origin.CHAT_AND_LIVE,
    look = Look.Rows,
    wide = true,
    compares = false,
) { question ->
    val page = StreamerPage(question)
    val login = page.login ?: return@Panel page.nothing()
    val streams = StreamsOfPeriod(page).all
    if (streams.isEmpty()) return@Panel page.nothing()
    Table(
        listOf(
            Column.moment("start", "Start"),
            Column.hours("airtime", "Hours"),
            Column.decimal("average_viewers", "Viewers"),
            Column.count("peak_viewers", "Peak"),
            Column.hours("hours_watched", "Hours watched"),
            Column.count("unique_chatters", "Unique chatters"),
            Column.count("people", "People"),
            Column.decimal("average_anonymous", "Anonymous"),
            Column.text("categories", "Categories"),
        ),
        streams.take(SHOWN).map { stream ->
            Row(
                listOf(
                    stream.start, stream.live.airtime / MINUTES, stream.live.averageViewers, stream.live.peak, stream.live.hoursWatched,
                    stream.unique, stream.people, stream.live.averageAnonymous, stream.categories.joinToString(" · "),
                ),
                StreamerLinks.stream(login.name, stream.day, stream.first),
            )
        },
        coverage = "Coverage: ${streams.size} streams; ${streams.count { it.unique != null }} of them on sealed days",
        bar = "average_viewers",
        note = if (streams.size > SHOWN) "The last $SHOWN of ${streams.size}." else null,
    )
}

private const val SHOWN = 100
private const val MINUTES = 60.0

/** The streams of a streamer in a period, the last one first: as published of sealed days, by the samples so far of others. */
internal class StreamsOfPeriod(private val page: StreamerPage) {
    /** @param unique null: not counted yet */
    class Stream(
        val day: LocalDate,
        val first: Int,
        val live: LiveFigures,
        val unique: Long?,
        val people: Long?,
        val categories: List<String>,
    ) {
        val start: Instant get() = StreamerPage.at(Days.of(day), first)
    }

    val all: List<Stream> by lazy {
        val sealed = page.sealedDays
        val done = sealed.mapTo(HashSet()) { Days.date(it.day) }
        val published = sealed.flatMap { day ->
            day.streams.map { stream ->
                val games = day.games.filterValues { slots -> Slots.of(slots).any { it in stream.first..stream.last } }.keys
                Stream(Days.date(day.day), stream.first, stream.live, stream.viewers, stream.people, games.toList())
            }
        }
        val open = page.samples.map { it.at.atZone(ZoneOffset.UTC).toLocalDate() }.distinct().filter { it !in done }.flatMap(::open)
        (published + open).filter { it.start < page.period.to && it.start >= page.period.from }.sortedByDescending { it.start }
    }

    /** Of a day that is not over, by all of its samples. */
    private fun open(day: LocalDate): List<Stream> {
        val samples = LiveDay.of(page.question, checkNotNull(page.login), day)
        val chatters = IntArray(Slot.PER_DAY).also { all -> samples.forEach { all[it.slot] = it.chatters ?: 0 } }
        val broadcast = Broadcast(samples)
        return broadcast.streams.map { stream ->
            val live = broadcast.live(stream, chatters)
            val games = stream.samples.map { it.game }.filter { it.isNotEmpty() }.distinct()
            Stream(day, stream.first, live, null, null, games)
        }
    }
}
