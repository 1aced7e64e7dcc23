package twitchactors.dashboard

import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.util.Locale

/** Values as people read them, and as programs do. */
internal object CellText {
    const val UNKNOWN = "–"
    private const val MINUTE = 60
    private const val HOUR = 3600
    private const val DAY = 86_400
    private const val KILO = 1024
    private val UNITS = listOf("B", "KiB", "MiB", "GiB", "TiB")
    private val MOMENT: DateTimeFormatter = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ROOT)
    private val DATE: DateTimeFormatter = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH)

    fun of(value: Any?, kind: Column.Kind, zone: ZoneId): String = when {
        value == null -> UNKNOWN
        kind == Column.Kind.MOMENT -> MOMENT.format((value as Instant).atZone(zone))
        kind == Column.Kind.DATE -> DATE.format(value as LocalDate)
        kind == Column.Kind.SHARE -> String.format(Locale.ROOT, "%.1f %%", number(value) * 100)
        kind == Column.Kind.DECIMAL || kind == Column.Kind.HOURS -> decimal(number(value))
        kind == Column.Kind.SECONDS -> seconds(number(value))
        kind == Column.Kind.BYTES -> bytes(number(value))
        kind == Column.Kind.COUNT -> count(Math.round(number(value)))
        else -> "$value"
    }

    /** One decimal where it says something; what is nearly nothing has no sign. */
    private fun decimal(value: Double): String = when {
        Math.abs(value) >= 1000 -> String.format(Locale.ROOT, "%,.0f", value)
        Math.abs(value) < 0.05 -> "0.0"
        else -> String.format(Locale.ROOT, "%,.1f", value)
    }

    fun count(value: Number): String = String.format(Locale.ROOT, "%,d", value.toLong())

    /** The two largest units that say something. */
    private fun seconds(value: Double): String = when {
        value < MINUTE -> String.format(Locale.ROOT, "%.1f s", value)
        value < HOUR -> "${(value / MINUTE).toLong()} min ${(value % MINUTE).toLong()} s"
        value < DAY -> "${(value / HOUR).toLong()} h ${(value % HOUR / MINUTE).toLong()} min"
        else -> "${(value / DAY).toLong()} d ${(value % DAY / HOUR).toLong()} h"
    }

    private fun bytes(value: Double): String {
        var size = value
        var unit = 0
        while (size >= KILO && unit < UNITS.lastIndex) {
            size /= KILO
            unit++
        }
        return String.format(Locale.ROOT, if (unit == 0 || size >= 100) "%.0f %s" else "%.1f %s", size, UNITS[unit])
    }

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
