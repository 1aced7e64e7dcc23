package twitchactors.store

import twitchactors.domain.Day
import java.time.LocalDate
import javax.sql.DataSource

/**
 * Which partitions have taken in all that a feed had for a day, whether or not that changed anything. Blocks its caller; safe
 * for use by several threads.
 */
class DayCloses(private val dataSource: DataSource) {
    /** Notes that [partition] is through with [feed] for [day], with the content of [revision]; again is no harm. */
    fun note(day: Day, feed: String, partition: Int, revision: Int) {
        dataSource.update(
            "REPLACE INTO day_closes (day, feed, `partition`, revision, closed_at) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP(3))",
            date(day),
            feed,
            partition,
            revision,
        )
    }

    /** How many partitions are through with [feed] for [day]. */
    fun count(day: Day, feed: String): Int =
        dataSource.query("SELECT COUNT(*) FROM day_closes WHERE day = ? AND feed = ?", date(day), feed) { it.getInt(1) }.single()

    /** The days that all of [partitions] partitions are through with, for any feed. */
    fun whole(partitions: Int): List<Day> = dataSource.query(
        "SELECT DISTINCT day FROM (SELECT day, feed FROM day_closes GROUP BY day, feed HAVING COUNT(*) = ?) AS whole ORDER BY day",
        partitions,
    ) { Day(it.getObject(1, LocalDate::class.java).toEpochDay().toInt()) }

    /** Forgets what is known of [day]. */
    fun delete(day: Day): Int = dataSource.update("DELETE FROM day_closes WHERE day = ?", date(day))

    private fun date(day: Day) = LocalDate.ofEpochDay(day.epochDay.toLong())
}
