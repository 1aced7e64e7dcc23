package twitchactors.store

import twitchactors.domain.Day
import java.time.LocalDate
import javax.sql.DataSource

/** Which partitions have taken in that a day was dropped. Blocks its caller; safe for use by several threads. */
class DayDrops(private val dataSource: DataSource) {
    /** Notes that [partition] knows nothing any more of what came of [day] before the drop with this [id]; again is no harm. */
    fun note(day: Day, id: String, partition: Int) {
        dataSource.update(
            "REPLACE INTO day_drops (day, id, `partition`, dropped_at) VALUES (?, ?, ?, CURRENT_TIMESTAMP(3))",
            date(day),
            id,
            partition,
        )
    }

    /** How many partitions have taken in the drop of [day] with this [id]. */
    fun count(day: Day, id: String): Int =
        dataSource.query("SELECT COUNT(*) FROM day_drops WHERE day = ? AND id = ?", date(day), id) { it.getInt(1) }.single()

    private fun date(day: Day) = LocalDate.ofEpochDay(day.epochDay.toLong())
}
