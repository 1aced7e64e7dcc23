package twitchactors.store

import twitchactors.store.SweptDayFigures.TagSum
import java.time.LocalDate
import javax.sql.DataSource

/** [SweptDayFigures] out of MariaDB. Blocks its caller; safe for use by several threads. */
class StoredSweptDayFigures(private val dataSource: DataSource) : SweptDayFigures {
    override fun tags(from: LocalDate, to: LocalDate, category: String?): List<TagSum> = dataSource.query(
        "SELECT category, tag, SUM(streams_sum), SUM(viewers_sum) FROM tag_days WHERE day >= ? AND day < ?" +
            (if (category == null) "" else " AND category = ?") + " GROUP BY category, tag",
        *listOfNotNull<Any>(from, to, category).toTypedArray(),
    ) { TagSum(it.getString(1), it.getString(2), it.getLong(3), it.getLong(4)) }

    override fun categoryViewers(from: LocalDate, to: LocalDate): Map<String, Long> = dataSource.query(
        "SELECT category, SUM(viewers_sum) FROM category_stream_days WHERE day >= ? AND day < ? GROUP BY category",
        from,
        to,
    ) { it.getString(1) to it.getLong(2) }.toMap()

    override fun channels(from: LocalDate, to: LocalDate): Map<LocalDate, Long> = dataSource.query(
        "SELECT day, COUNT(DISTINCT channel) FROM channel_days WHERE day >= ? AND day < ? GROUP BY day",
        from,
        to,
    ) { it.getObject(1, LocalDate::class.java) to it.getLong(2) }.toMap()

    override fun channelsOver(from: LocalDate, to: LocalDate): Long = dataSource.query(
        "SELECT COUNT(DISTINCT channel) FROM channel_days WHERE day >= ? AND day < ?",
        from,
        to,
    ) { it.getLong(1) }.first()
}
