package twitchactors.store

import twitchactors.domain.Day
import java.sql.ResultSet
import java.time.LocalDate
import javax.sql.DataSource

/** Which windows of days are published, and from what they follow. Blocks its caller; safe for use by several threads. */
class WindowCounts(private val dataSource: DataSource, private val partitions: Int) {
    /** A day that all partitions have sealed and published. [revisions]: their sum; [content]: another one for other content. */
    data class SealedDay(val day: Day, val revisions: Int, val content: Long)

    /** @param length in days, [day] the last one */
    data class Window(val day: Day, val length: Int)

    /** Ascending. */
    fun sealed(): List<SealedDay> = dataSource.query(
        "SELECT day, SUM(revision), SUM(CRC32(digest)) FROM partition_seals WHERE published GROUP BY day HAVING COUNT(*) = ? ORDER BY day",
        partitions,
    ) { SealedDay(it.day(), it.getInt(2), it.getLong(3)) }

    /** What each published window follows from. */
    fun follows(): Map<Window, String> =
        dataSource.query("SELECT day, length, follows FROM window_counts") { Window(it.day(), it.getInt(2)) to it.getString(3) }.toMap()

    /** Notes that [window] is published and durable. */
    fun note(window: Window, follows: String) {
        dataSource.update(
            "INSERT INTO window_counts (day, length, follows) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE follows = ?",
            LocalDate.ofEpochDay(window.day.epochDay.toLong()),
            window.length,
            follows,
            follows,
        )
    }

    private companion object {
        fun ResultSet.day() = Day(getObject(1, LocalDate::class.java).toEpochDay().toInt())
    }
}
