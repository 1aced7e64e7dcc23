package twitchactors.store

import twitchactors.domain.Day
import java.time.LocalDate
import javax.sql.DataSource

/** When a partition first took a day into memory. Blocks its caller; safe for use by several threads. */
class DayOpenings(private val dataSource: DataSource) {
    /** Notes that [day] is open; the first to say so counts. */
    fun note(day: Day) {
        val date = LocalDate.ofEpochDay(day.epochDay.toLong())
        // Of many partitions one writes; the others only look.
        val known = dataSource.query("SELECT 1 FROM day_openings WHERE day = ?", date) { true }
        if (known.isEmpty()) dataSource.update("INSERT IGNORE INTO day_openings (day, opened_at) VALUES (?, CURRENT_TIMESTAMP(3))", date)
    }
}
