package twitchactors.simulator

import java.time.DayOfWeek
import java.time.LocalDate
import java.time.Month
import java.time.temporal.TemporalAdjusters

/**
 * Hours between UTC and French time, by the rule of the European Union (directive 2000/84/EC: summer time from the last Sunday
 * of March to the last of October), for all years and for whole days. The time zone data of the machine is not asked: it
 * changes with its updates.
 */
internal object FrenchTime {
    fun hoursAhead(epochDay: Int): Int {
        val date = LocalDate.ofEpochDay(epochDay.toLong())
        val begins = lastSunday(date.year, Month.MARCH)
        val ends = lastSunday(date.year, Month.OCTOBER)
        return if (date >= begins && date < ends) 2 else 1
    }

    private fun lastSunday(year: Int, month: Month) = LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY))
}
