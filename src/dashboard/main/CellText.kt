package twitchactors.dashboard

import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.util.Locale

/** Values as people read them, and as programs do. */
internal object CellText {
    const val UNKNOWN = "–"
    private val MOMENT: DateTimeFormatter = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ROOT)
    private val DATE: DateTimeFormatter = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH)

    fun of(value: Any?, kind: Column.Kind, zone: ZoneId): String = when {
        value == null -> UNKNOWN
        kind == Column.Kind.MOMENT -> MOMENT.format((value as Instant).atZone(zone))
        kind == Column.Kind.DATE -> DATE.format(value as LocalDate)
        kind == Column.Kind.SHARE -> String.format(Locale.ROOT, "%.1f %%", number(value) * 100)
        kind == Column.Kind.DECIMAL || kind == Column.Kind.HOURS -> decimal(number(value))
        kind == Column.Kind.COUNT -> count(Math.round(number(value)))
        else -> "$value"
    }

    /** One decimal where it says something. */
    private fun decimal(value: Double): String = String.format(Locale.ROOT, if (Math.abs(value) >= 1000) "%,.0f" else "%,.1f", value)

    fun count(value: Number): String = String.format(Locale.ROOT, "%,d", value.toLong())

    fun number(value: Any): Double = (value as Number).toDouble()

    /** By how much [now] differs from [before]; null when that cannot be said. */
    fun change(now: Any?, before: Any?): String? {
        if (now !is Number || before !is Number || before.toDouble() == 0.0) return null
        val share = now.toDouble() / before.toDouble() - 1
        return when {
            share > 9.995 -> "× " + String.format(Locale.ROOT, "%,.0f", share + 1)
            Math.abs(share) < 0.0005 -> "± 0 %"
            else -> String.format(Locale.ROOT, "%+.1f %%", share * 100).replace("-", "−")
        }
    }

    fun moment(time: Instant, zone: ZoneId): String = MOMENT.format(time.atZone(zone))
}
