package twitchactors.web

import java.time.ZoneOffset
import java.time.format.DateTimeFormatter
import java.util.Locale

/**
 * What the page's template shows, worked out: the template decides nothing but where a thing stands.
 *
 * @param pages where there is more about streamers
 */
internal class LivePage(private val moment: LiveMoment, private val role: Role, private val pages: SitePages = SitePages.None) {
    val view: LiveView get() = moment.view
    val admin: Boolean get() = role.includes(Role.ADMIN)
    val stale: Boolean get() = moment.stale
    val asOf: String get() = CLOCK.format(moment.at.atOffset(ZoneOffset.UTC))

    val samplesPerSecond: String get() = Shown.rate(moment.samplesPerSecond)
    val sightingsPerSecond: String get() = Shown.rate(moment.sightingsPerSecond)
    val days: List<DayRow> get() = view.days.sortedByDescending { it.day }
    val partitions: List<PartitionRow> get() = view.partitions.sortedBy { it.number }
    val top: List<StreamerRow> get() = view.top?.streamers.orEmpty()

    /** The day that fills now; else the last one. */
    val today: DayRow? get() = days.firstOrNull { !it.sealed } ?: days.firstOrNull()

    val mostLag: Long get() = view.partitions.maxOfOrNull { it.lag ?: 0 } ?: 0
    val mostViewers: Long get() = view.partitions.maxOfOrNull { viewers(it) } ?: 0
    val mostTop: Long get() = top.maxOfOrNull { it.uniqueViewers } ?: 0
    val partitionBytes: Long get() = view.partitions.sumOf { it.bytes }

    fun viewers(row: PartitionRow): Long = row.viewers.values.sumOf { it.toLong() }

    fun state(day: DayRow): String = when {
        !day.sealed && day.revision > 0 -> "late samples, revision ${day.revision + 1} to come"
        !day.sealed -> "open"
        day.publishedPartitions < day.partitions -> "sealed, publishing"
        else -> "sealed"
    }

    /** When [day] was opened, closed and sealed, as far as that has happened and is known. */
    fun life(day: DayRow): String? =
        listOfNotNull(day.openedAt?.to("opened"), day.closedAt?.to("closed"), day.sealedAt?.takeIf { day.sealed }?.to("sealed"))
            .joinToString(", ") { (at, what) -> "$what ${MINUTE.format(at.atOffset(ZoneOffset.UTC))}" }.ifEmpty { null }

    fun mood(day: DayRow): String = when {
        !day.sealed -> "open"
        day.publishedPartitions < day.partitions -> "busy"
        else -> "done"
    }

    fun state(row: PartitionRow): String = when {
        row.trouble != null && admin -> row.trouble
        row.trouble != null -> "waiting for a service"
        row.publishing.isNotEmpty() -> "publishing " + row.publishing.joinToString()
        (row.lag ?: 0) > 0 -> "reading"
        else -> "up to date"
    }

    fun mood(row: PartitionRow): String = when {
        row.trouble != null -> "bad"
        row.publishing.isNotEmpty() -> "busy"
        else -> "done"
    }

    /** The page of the streamer of [row], about the day that is shown of all. */
    fun link(row: StreamerRow): String? = view.top?.let { pages.streamer(row.streamer, it.day) }

    fun hours(minutes: Long): String = Shown.count(Math.round(minutes / 60.0))

    /** The points of the curve in a box of 240 x 40, newest at the right; null while there are too few to draw. */
    val curve: String? get() {
        val rates = moment.sightingRates
        if (rates.size < 2) return null
        val most = rates.max().coerceAtLeast(1.0)
        return rates.withIndex().joinToString(" ") { (index, rate) ->
            String.format(Locale.ROOT, "%.1f,%.1f", index * 240.0 / (rates.size - 1), 38 - rate / most * 36)
        }
    }

    val curveInWords: String get() = moment.sightingRates.maxOrNull()?.let {
        "Sightings per second, last two minutes: at most ${Shown.rate(it)}"
    }.orEmpty()

    private companion object {
        val MINUTE: DateTimeFormatter = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT)
        val CLOCK: DateTimeFormatter = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT)
    }
}
