package twitchactors.web

import java.time.Duration
import java.util.Locale

/** Numbers as people read them: the same in every place of the machine. */
internal object Shown {
    const val UNKNOWN = "–"

    fun count(value: Long?): String = value?.let { String.format(Locale.ROOT, "%,d", it) } ?: UNKNOWN

    fun rate(value: Double?): String = when {
        value == null -> UNKNOWN
        value > 0 && value < 10 -> String.format(Locale.ROOT, "%.1f", value)
        else -> count(Math.round(value))
    }

    fun bytes(value: Long?): String = when {
        value == null -> UNKNOWN
        value < 1_024 -> "$value B"
        value < 1_024 * 1_024 -> "${value / 1_024} KiB"
        value < 1_024L * 1_024 * 1_024 ->
            String.format(
                Locale.ROOT,
                if (value <
                    10L shl 20
                ) {
                    "%.1f MiB"
                } else {
                    "%.0f MiB"
                },
                value / 1_048_576.0,
            )
        else -> String.format(Locale.ROOT, "%.1f GiB", value / 1_073_741_824.0)
    }

    fun age(seconds: Long?): String = when {
        seconds == null -> UNKNOWN
        seconds < 120 -> "$seconds s"
        seconds < 7_200 -> "${seconds / 60} min"
        else -> "${Duration.ofSeconds(seconds).toHours()} h"
    }

    /** [part] of [whole] in whole percent, for the length of a bar: something is seen as soon as there is something. */
    fun percent(part: Long, whole: Long): Int = when {
        whole <= 0 || part <= 0 -> 0
        else -> (part * 100.0 / whole).toInt().coerceIn(1, 100)
    }
}
