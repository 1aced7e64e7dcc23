package twitchactors.browser

import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import java.math.BigDecimal
import java.math.RoundingMode
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.util.Locale

/** Values of the API as people are to read them on pages, by the rules of the pages, written down once more. */
internal object Written {
    private val MONTHS = listOf("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    private val WEEKDAYS = listOf("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

    /** [value] of a column of [kind], and what else it may look like: the API rounds to four places, pages round what is behind it. */
    fun of(value: JsonPrimitive, kind: String, zone: String): Set<String> = when {
        value is JsonNull -> setOf("–")
        kind == "count" -> setOf(grouped(decimal(value).setScale(0, RoundingMode.HALF_UP)))
        kind == "share" -> near(decimal(value)) { "${it.multiply(HUNDRED).setScale(1, RoundingMode.HALF_UP).toPlainString()} %" }
        kind == "decimal" || kind == "hours" -> near(decimal(value)) {
            grouped(it.setScale(if (it.abs() >= THOUSAND) 0 else 1, RoundingMode.HALF_UP))
        }
        kind == "bytes" -> setOf(bytes(decimal(value).toDouble()))
        kind == "seconds" -> near(decimal(value)) { seconds(it.toDouble()) }
        kind == "moment" -> Instant.parse(value.content).atZone(ZoneId.of(zone)).run {
            setOf(String.format(Locale.ROOT, "%d %s %d %02d:%02d", dayOfMonth, MONTHS[monthValue - 1], year, hour, minute))
        }
        kind == "date" -> LocalDate.parse(value.content).run {
            setOf("${WEEKDAYS[dayOfWeek.ordinal]} $dayOfMonth ${MONTHS[monthValue - 1]} $year")
        }
        else -> setOf(value.content.trim().replace(Regex("\\s+"), " "))
    }

    private fun bytes(value: Double): String {
        val unit = (Math.log(maxOf(value, 1.0)) / Math.log(1024.0)).toInt()
        val size = value / Math.pow(1024.0, unit.toDouble())
        return String.format(Locale.ROOT, if (unit == 0 || size >= 100) "%.0f %s" else "%.1f %s", size, UNITS[unit])
    }

    private fun seconds(value: Double): String {
        val whole = value.toLong()
        return when {
            value < 60 -> String.format(Locale.ROOT, "%.1f s", value)
            whole < 3_600 -> "${whole / 60} min ${whole % 60} s"
            whole < 86_400 -> "${whole / 3_600} h ${whole % 3_600 / 60} min"
            else -> "${whole / 86_400} d ${whole % 86_400 / 3_600} h"
        }
    }

    private fun near(value: BigDecimal, write: (BigDecimal) -> String) = setOf(value, value - HALF, value + HALF).mapTo(HashSet(), write)

    private fun decimal(value: JsonPrimitive) = BigDecimal(value.content)

    /** With commas between thousands. */
    private fun grouped(value: BigDecimal): String = String.format(Locale.ROOT, "%,.${value.scale()}f", value)

    private val UNITS = listOf("B", "KiB", "MiB", "GiB", "TiB")
    private val THOUSAND = BigDecimal(1000)
    private val HUNDRED = BigDecimal(100)

    /** Half of the last place that the API gives. */
    private val HALF = BigDecimal("0.00005")
}
