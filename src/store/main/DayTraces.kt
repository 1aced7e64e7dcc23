package twitchactors.store

import twitchactors.domain.Day
import java.sql.ResultSet
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import javax.sql.DataSource

/**
 * Looks at what partitions leave of days: openings, closes, seals. Cheap enough to be asked every second: it counts, and reads no
 * content. Blocks its caller; safe for use by several threads.
 *
 * @param patience how long a feed that only some partitions are through with is waited for, from the last of them on
 */
class DayTraces(private val dataSource: DataSource, private val partitions: Int, private val patience: Duration = PATIENCE) {
    private class Feed(val name: String, val partitions: Int, val closedAt: Instant, val isFresh: Boolean)

    /**
     * The days that were opened, closed or sealed within the last [within], by the database's clock; of all times when null. A
     * seal that is marked as published has changed when it was sealed. What a transaction writes has the time at which it was
     * written and is seen when that transaction ends, so [within] has to reach back further than the last look.
     */
    fun changed(within: Duration? = null): Set<Day> {
        fun days(table: String, column: String): List<Day> = if (within == null) {
            dataSource.query("SELECT DISTINCT day FROM $table", row = ::day)
        } else {
            val since = "$column >= CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND"
            dataSource.query("SELECT DISTINCT day FROM $table WHERE $since", within.toSeconds() + 1, row = ::day)
        }
        return buildSet {
            addAll(days("day_openings", "opened_at"))
            addAll(days("day_closes", "closed_at"))
            addAll(days("partition_seals", "sealed_at"))
        }
    }

    /** What there is of [day] now. */
    fun of(day: Day): DayTrace {
        val date = LocalDate.ofEpochDay(day.epochDay.toLong())
        val openedAt = dataSource.query("SELECT ${millis("opened_at")} FROM day_openings WHERE day = ?", date) { it.instant(1) }
        val trace = dataSource.query(
            "SELECT COUNT(*), COALESCE(SUM(published), 0), COALESCE(SUM(revision), 0), ${millis("MAX(sealed_at)")} " +
                "FROM partition_seals WHERE day = ?",
            date,
        ) {
            val (seals, published, revisions) = List(3) { column -> it.getInt(column + 1) }
            DayTrace(day, openedAt.firstOrNull(), emptyMap(), false, seals, published, revisions, it.instant(4), partitions)
        }.single()
        // After the seals: a partition says that it is through with a feed before it publishes what it has sealed at its end.
        val (through, half) = feeds(date).partition { it.partitions == partitions }
        return trace.copy(closes = through.associate { it.name to it.closedAt }, isClosing = half.any(Feed::isFresh))
    }

    private fun feeds(date: LocalDate): List<Feed> = dataSource.query(
        "SELECT feed, COUNT(*), ${millis("MAX(closed_at)")}, MAX(closed_at) > CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND " +
            "FROM day_closes WHERE day = ? GROUP BY feed",
        patience.toSeconds(),
        date,
    ) { Feed(it.getString(1), it.getInt(2), checkNotNull(it.instant(3)), it.getBoolean(4)) }

    private companion object {
        val PATIENCE: Duration = Duration.ofMinutes(1)

        /** As a number, so that no time zone of a session or a driver takes part. */
        fun millis(column: String) = "CAST(UNIX_TIMESTAMP($column) * 1000 AS SIGNED)"

        fun ResultSet.instant(column: Int): Instant? = getLong(column).takeUnless { wasNull() }?.let(Instant::ofEpochMilli)

        fun day(row: ResultSet) = Day(row.getObject(1, LocalDate::class.java).toEpochDay().toInt())
    }
}
