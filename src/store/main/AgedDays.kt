package twitchactors.store

import twitchactors.domain.Day
import java.sql.ResultSet
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import javax.sql.DataSource

/** When days were first taken in, and those that are not kept by viewer any more. Blocks its caller; safe for use by several threads. */
class AgedDays(private val dataSource: DataSource) {
    /** When a partition first took [day] in; null when none has, or that was forgotten with the day. */
    fun openedAt(day: Day): Instant? =
        dataSource.query("SELECT CAST(UNIX_TIMESTAMP(opened_at) * 1000 AS SIGNED) FROM day_openings WHERE day = ?", date(day)) {
            Instant.ofEpochMilli(it.getLong(1))
        }.firstOrNull()

    /**
     * The days that were first taken in longer than [age] ago, by the database's clock, and that all [partitions] have sealed and published
     * since: of an open one something is still to come.
     */
    fun sealedAndOlderThan(age: Duration, partitions: Int): List<Day> = dataSource.query(
        "SELECT day FROM partition_seals WHERE day IN " +
            "(SELECT day FROM day_openings WHERE opened_at < CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND) " +
            "GROUP BY day HAVING COUNT(*) = ? AND MIN(published) ORDER BY day",
        age.toSeconds(),
        partitions,
        row = ::day,
    )

    /**
     * Notes that [day] is not kept by viewer any more; what comes for it later is a day that begins anew. What the viewers' documents
     * hold of it keeps its age, and is that of no seal: one that comes later is taken in as a whole, whatever its number.
     */
    fun note(day: Day) = dataSource.transaction { connection ->
        connection.update("REPLACE INTO day_arrivals (kind, day) VALUES ('aged', ?)", date(day))
        connection.update(
            "REPLACE INTO day_arrivals (kind, day, arrived_at) SELECT 'viewers', day, opened_at FROM day_openings WHERE day = ?",
            date(day),
        )
        connection.update("DELETE FROM viewer_applications WHERE day = ? AND (NOT whole OR revision = 0)", date(day))
        connection.update("UPDATE viewer_applications SET revision = 0 WHERE day = ?", date(day))
        connection.update("DELETE FROM day_openings WHERE day = ?", date(day))
        connection.update("DELETE FROM day_closes WHERE day = ?", date(day))
    }

    /** All of which that was noted. */
    fun all(): Set<Day> = dataSource.query("SELECT day FROM day_arrivals WHERE kind = 'aged'", row = ::day).toSet()

    /**
     * The days that viewers' documents hold something of, that were first taken in longer than [age] ago, by the database's clock, and of
     * which nothing is sealed.
     */
    fun inViewersOlderThan(age: Duration): List<Day> = dataSource.query(
        "SELECT day FROM day_arrivals WHERE kind = 'viewers' AND arrived_at < CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND " +
            "AND day NOT IN (SELECT day FROM partition_seals) ORDER BY day",
        age.toSeconds(),
        row = ::day,
    )

    /** Notes that no viewer's document holds anything of [day], or nothing that is known of: what is sealed of it is to be taken in. */
    fun noteOutOfViewers(day: Day) = dataSource.transaction { connection ->
        connection.update("DELETE FROM viewer_applications WHERE day = ?", date(day))
        connection.update("DELETE FROM day_arrivals WHERE kind = 'viewers' AND day = ?", date(day))
    }

    private companion object {
        fun date(day: Day): LocalDate = LocalDate.ofEpochDay(day.epochDay.toLong())

        fun day(row: ResultSet) = Day(row.getObject(1, LocalDate::class.java).toEpochDay().toInt())
    }
}
