package twitchactors.store

import twitchactors.store.SweptFigures.CategoryHour
import twitchactors.store.SweptFigures.CategorySum
import twitchactors.store.SweptFigures.ChannelSum
import twitchactors.store.SweptFigures.Extent
import twitchactors.store.SweptFigures.LastCategory
import twitchactors.store.SweptFigures.LastSweep
import twitchactors.store.SweptFigures.LiveStream
import twitchactors.store.SweptFigures.SweptHour
import java.sql.ResultSet
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneOffset
import javax.sql.DataSource

/** [SweptFigures] out of MariaDB. Blocks its caller; safe for use by several threads. */
class StoredSweptFigures(private val dataSource: DataSource) : SweptFigures {
    override fun extent(): Extent? = dataSource.query("SELECT MIN(hour), MAX(hour) FROM swept_hours") { row ->
        row.getObject(1, LocalDateTime::class.java)?.let { Extent(it.toInstant(ZoneOffset.UTC), row.time(2)) }
    }.first()

    override fun hours(from: Instant, to: Instant): List<SweptHour> = dataSource.query(
        "SELECT hour, samples, channels, streams_sum, streams_peak, viewers_sum, viewers_peak FROM swept_hours " +
            "WHERE hour >= ? AND hour < ? ORDER BY hour",
        utc(from),
        utc(to),
    ) {
        SweptHour(it.time(1), it.getInt(2), it.getLong(3), it.getLong(4), it.getInt(5), it.getLong(6), it.getLong(7))
    }

    override fun categories(from: Instant, to: Instant): List<CategorySum> = dataSource.query(
        "SELECT c.category, COUNT(*), SUM(c.viewers_sum / s.samples), SUM(c.streams_sum / s.samples), MAX(c.viewers_peak), " +
            "MAX(c.streams_peak) FROM swept_hours s JOIN category_stream_hours c ON c.hour = s.hour " +
            "WHERE s.hour >= ? AND s.hour < ? GROUP BY c.category",
        utc(from),
        utc(to),
    ) { CategorySum(it.getString(1), it.getInt(2), it.getDouble(3), it.getDouble(4), it.getLong(5), it.getInt(6)) }

    override fun categoryHours(categories: Collection<String>, from: Instant, to: Instant): List<CategoryHour> {
        if (categories.isEmpty()) return emptyList()
        return dataSource.query(
            "SELECT c.hour, c.category, c.viewers_sum / s.samples, c.streams_sum / s.samples, c.viewers_peak, c.streams_peak " +
                "FROM category_stream_hours c JOIN swept_hours s ON s.hour = c.hour " +
                "WHERE c.category IN (${categories.joinToString { "?" }}) AND c.hour >= ? AND c.hour < ?",
            *categories.toTypedArray(),
            utc(from),
            utc(to),
        ) { CategoryHour(it.time(1), it.getString(2), it.getDouble(3), it.getDouble(4), it.getLong(5), it.getInt(6)) }
    }

    override fun channels(category: String, from: Instant, to: Instant, limit: Int): List<ChannelSum> = dataSource.query(
        "SELECT c.channel, SUM(c.samples / s.samples), SUM(c.viewers_sum / s.samples) AS watched, MAX(c.viewers_peak) " +
            "FROM channel_hours c JOIN swept_hours s ON s.hour = c.hour WHERE c.category = ? AND c.hour >= ? AND c.hour < ? " +
            "GROUP BY c.channel ORDER BY watched DESC, c.channel LIMIT ?",
        category,
        utc(from),
        utc(to),
        limit,
    ) { ChannelSum(it.getString(1), it.getDouble(2), it.getDouble(3), it.getInt(4)) }

    override fun lastStreams(limit: Int): LastSweep? {
        val at = lastSweep(StreamTable.NAME) ?: return null
        val (count, viewers) = dataSource.query(
            "SELECT COUNT(*), COALESCE(SUM(viewers), 0) FROM streamers WHERE timestamp = ?",
            utc(at),
        ) { it.getInt(1) to it.getLong(2) }.first()
        val streams = dataSource.query(
            "SELECT channel, category, stream_title, viewers, tags FROM streamers WHERE timestamp = ? " +
                "ORDER BY viewers DESC, channel LIMIT ?",
            utc(at),
            limit,
        ) { LiveStream(it.getString(1), it.getString(2), it.getString(3), it.getInt(4), it.getString(5)) }
        return LastSweep(at, streams, count, viewers)
    }

    override fun lastCategories(): List<LastCategory> {
        val sweeps = dataSource.query(
            "SELECT timestamp FROM sweeps WHERE kind = ? AND is_held ORDER BY timestamp DESC LIMIT $LOOKED_BACK",
            CategoryTable.NAME,
        ) { it.time(1) }
        if (sweeps.isEmpty()) return emptyList()
        // By the index alone it is found out which rows these are; the tags of all others stay unread.
        return dataSource.query(
            "SELECT c.category, c.timestamp, c.viewers, c.tags, c.image_url FROM categories c JOIN " +
                "(SELECT category, MAX(timestamp) AS last FROM categories WHERE timestamp IN " +
                sweeps.joinToString(", ", "(", ")") { "?" } + " GROUP BY category) l ON l.last = c.timestamp AND l.category = c.category",
            *sweeps.map(::utc).toTypedArray(),
        ) { LastCategory(it.getString(1), it.time(2), it.getInt(3), it.getString(4), it.getString(5)) }
    }

    private fun lastSweep(kind: String): Instant? =
        dataSource.query("SELECT timestamp FROM sweeps WHERE kind = ? AND is_held ORDER BY timestamp DESC LIMIT 1", kind) { it.time(1) }
            .firstOrNull()

    private fun utc(time: Instant): LocalDateTime = SweptTable.utc(time)

    private fun ResultSet.time(column: Int): Instant = getObject(column, LocalDateTime::class.java).toInstant(ZoneOffset.UTC)

    private companion object {
        /** Sweeps of categories that are looked through for images and tags: two days at the usual pace. */
        const val LOOKED_BACK = 96
    }
}
