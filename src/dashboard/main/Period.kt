package twitchactors.dashboard

import java.time.DateTimeException
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.ZoneOffset
import java.time.temporal.ChronoUnit

/**
 * What a page is about: whole hours from [from] (in) to [to] (out), seen in [zone]. It is all in the address, so every view can be kept and
 * sent to others.
 *
 * @param preset how it was asked for
 * @param compare whether the period before, of the same length, stands beside it
 * @param now the time by the pipeline's clock, which is simulated when the data are
 * @param problem what is wrong with what was asked, which was therefore not done; null: nothing
 */
data class Period(
    val from: Instant,
    val to: Instant,
    val zone: ZoneId,
    val preset: Preset,
    val compare: Boolean,
    val now: Instant,
    val problem: String? = null,
) {
    /** How a period is asked for. */
    enum class Preset(val word: String, val title: String) {
        TODAY("today", "Today"),
        HOURS_24("24h", "24 h"),
        DAYS_7("7d", "7 days"),
        DAYS_30("30d", "30 days"),
        CUSTOM("custom", "Custom"),
    }

    val length: Duration get() = Duration.between(from, to)
    val hours: Long get() = length.toHours()

    /** The period of the same length that ends where this one begins. */
    val previous: Period get() = copy(from = from.minus(length), to = from, compare = false)

    /** Whether points stand for hours; else for days. */
    val isFine: Boolean get() = hours <= 24 * 8

    val firstDate: LocalDate get() = from.atZone(zone).toLocalDate()
    val lastDate: LocalDate get() = to.minusSeconds(1).atZone(zone).toLocalDate()

    /** The UTC days that it touches, ascending: what is known by day only is known by these. */
    val utcDays: List<LocalDate> get() {
        val first = from.atZone(ZoneOffset.UTC).toLocalDate()
        val last = to.minusSeconds(1).atZone(ZoneOffset.UTC).toLocalDate()
        return List((ChronoUnit.DAYS.between(first, last) + 1).toInt()) { first.plusDays(it.toLong()) }
    }

    val isFuture: Boolean get() = !from.isBefore(now)

    /** As fields of an address. */
    fun query(): Map<String, String> = buildMap {
        put("period", preset.word)
        if (preset == Preset.CUSTOM) {
            put("from", "$firstDate")
            put("to", "$lastDate")
        }
        if (compare) put("compare", "1")
        if (zone != Zone.UTC) put("tz", Zone.name(zone))
    }

    companion object {
        /** Days of the longest period that may be asked for. */
        const val LONGEST_DAYS = 366L

        /** The fields of an address that say a period. */
        val FIELDS = setOf("period", "from", "to", "compare", "tz")

        /** Reads [query]; where that cannot be read, [Period.problem] says so and the default is taken. */
        fun of(query: Map<String, String>, now: Instant): Period {
            val problems = ArrayList<String>()
            val zone =
                query["tz"]?.let { text -> Zone.of(text) ?: Zone.UTC.also { problems += "There is no time zone '${text.take(40)}'." } }
                    ?: Zone.UTC
            val word = query["period"] ?: if ("from" in query || "to" in query) Preset.CUSTOM.word else Preset.DAYS_7.word
            val preset = Preset.entries.find { it.word == word }
                ?: Preset.DAYS_7.also { problems += "There is no period '${word.take(40)}'." }
            val compare = query["compare"] == "1"
            val custom = if (preset == Preset.CUSTOM) custom(query, zone, problems) else null
            val (from, to) = custom ?: span(preset, zone, now)
            val taken = if (custom == null && preset == Preset.CUSTOM) Preset.DAYS_7 else preset
            return Period(from, to, zone, taken, compare, now, problems.joinToString(" ").ifEmpty { null })
        }

        private fun span(preset: Preset, zone: ZoneId, now: Instant): Pair<Instant, Instant> {
            val to = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS)
            val from = when (preset) {
                Preset.TODAY -> hour(now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant())
                Preset.HOURS_24 -> to.minus(24, ChronoUnit.HOURS)
                Preset.DAYS_7, Preset.CUSTOM -> to.minus(7, ChronoUnit.DAYS)
                Preset.DAYS_30 -> to.minus(30, ChronoUnit.DAYS)
            }
            return from to to
        }

        private fun custom(query: Map<String, String>, zone: ZoneId, problems: MutableList<String>): Pair<Instant, Instant>? {
            val first = date(query["from"] ?: query["to"])
            val last = date(query["to"] ?: query["from"])
            val wrong = when {
                first == null || last == null -> "A custom period needs dates as 2022-08-01."
                last < first -> "The period ends before it begins."
                ChronoUnit.DAYS.between(first, last) >= LONGEST_DAYS -> "A period has $LONGEST_DAYS days at most."
                else -> null
            }
            if (wrong != null || first == null || last == null) {
                problems += "$wrong Shown are the last 7 days."
                return null
            }
            return hour(first.atStartOfDay(zone).toInstant()) to hour(last.plusDays(1).atStartOfDay(zone).toInstant())
        }

        /** Where a zone is half an hour apart, its days begin at the full hour before. */
        private fun hour(time: Instant) = time.truncatedTo(ChronoUnit.HOURS)

        private fun date(text: String?): LocalDate? = try {
            text?.let(LocalDate::parse)?.takeIf { it.year in 1970..9998 }
        } catch (_: DateTimeException) {
            null
        }
    }
}
