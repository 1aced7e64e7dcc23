package twitchactors.dashboard

import java.time.DayOfWeek
import java.time.format.TextStyle
import java.util.Locale

/** Hours and weekdays in words. */
internal object Clock {
    fun hour(hour: Int): String = String.format(Locale.ROOT, "%02d", hour)

    fun weekday(day: DayOfWeek): String = day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
}
