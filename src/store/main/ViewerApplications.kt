package twitchactors.store

import twitchactors.domain.Day
import java.sql.Connection
import java.sql.ResultSet
import java.time.LocalDate
import javax.sql.DataSource

/**
 * Which sealed parts of days are in the viewers' documents. Before a part is taken in that is noted, so that whatever a kill leaves
 * behind is known; what an earlier revision said is kept until the one in its place is there as a whole. Blocks its caller; safe for
 * use by several threads.
 *
 * @param formulas another number makes every part be taken in anew
 */
class ViewerApplications(private val dataSource: DataSource, private val partitions: Int, private val formulas: Int) {
    private val superseded = SupersededSeals(dataSource)

    /** The sealed part of [day] by [partition]. [isNew]: nothing of it was ever taken in. */
    data class Part(val day: Day, val partition: Int, val isNew: Boolean)

    /**
     * A revision that may be there; all of it when [isWhole].
     *
     * @param heads digest of what samples said besides the logins
     */
    data class Applied(val revision: Int, val heads: String, val isWhole: Boolean, val isByTheseFormulas: Boolean)

    /** What is to be taken in, of days that all partitions have sealed and published: first what was there, then the newest days. */
    fun due(): List<Part> = dataSource.query(
        "SELECT s.day, s.`partition`, (SELECT COUNT(*) FROM viewer_applications n WHERE n.day = s.day AND n.`partition` = s.`partition`) " +
            "FROM partition_seals s LEFT JOIN viewer_applications a " +
            "ON a.day = s.day AND a.`partition` = s.`partition` AND a.revision = s.revision AND a.whole AND a.formulas = ? " +
            "AND NOT EXISTS (SELECT 1 FROM day_closes c WHERE c.day = s.day AND c.closed_at >= a.begun_at) " +
            "WHERE a.day IS NULL AND s.day IN (SELECT day FROM partition_seals WHERE published GROUP BY day HAVING COUNT(*) = ?)",
        formulas,
        partitions,
    ) { Part(it.day(), it.getInt(2), it.getInt(3) == 0) }.sortedWith(compareBy<Part> { it.isNew }.thenByDescending { it.day })

    /** What may be there of a part. */
    fun of(day: Day, partition: Int): List<Applied> = dataSource.query(
        "SELECT revision, heads, whole, formulas FROM viewer_applications WHERE day = ? AND `partition` = ?",
        date(day),
        partition,
    ) { Applied(it.getInt(1), it.getString(2), it.getBoolean(3), it.getInt(4) == formulas) }

    /** Notes that [revision] is about to be taken in; false when another one is sealed by now. */
    fun begin(day: Day, partition: Int, revision: Int): Boolean = dataSource.transaction { connection ->
        val isSealed = isSealed(connection, day, partition, revision)
        if (isSealed) {
            connection.update(
                "INSERT INTO viewer_applications (day, `partition`, revision, formulas, heads, whole, begun_at) " +
                    "VALUES (?, ?, ?, ?, '', FALSE, CURRENT_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE begun_at = CURRENT_TIMESTAMP(3)",
                date(day),
                partition,
                revision,
                formulas,
            )
        }
        isSealed
    }

    /** Notes that all of [revision] is there and durable, and nothing else; false when another one is sealed by now. */
    fun end(day: Day, partition: Int, revision: Int, heads: String): Boolean = dataSource.transaction { connection ->
        val isSealed = isSealed(connection, day, partition, revision)
        if (isSealed) {
            connection.update(
                "UPDATE viewer_applications SET whole = TRUE, heads = ?, formulas = ? WHERE day = ? AND `partition` = ? AND revision = ?",
                heads,
                formulas,
                date(day),
                partition,
                revision,
            )
            connection.update(
                "DELETE FROM viewer_applications WHERE day = ? AND `partition` = ? AND revision <> ?",
                date(day),
                partition,
                revision,
            )
            superseded.forget(connection, day, partition)
        }
        isSealed
    }

    /** The days that are there as a whole, also while a later revision is taken in: those that figures of viewers are over. Ascending. */
    fun days(): List<Day> = dataSource.query(
        "SELECT day FROM viewer_applications WHERE whole GROUP BY day HAVING COUNT(DISTINCT `partition`) = ? ORDER BY day",
        partitions,
    ) { it.day() }

    /** Whether something may be in the documents that [partition] has sealed otherwise since. */
    fun isBehind(partition: Int): Boolean = dataSource.query(
        "SELECT COUNT(*) FROM viewer_applications a JOIN partition_seals s ON s.day = a.day AND s.`partition` = a.`partition` " +
            "WHERE a.`partition` = ? AND a.revision <> s.revision",
        partition,
    ) { it.getInt(1) }.single() > 0

    private fun isSealed(connection: Connection, day: Day, partition: Int, revision: Int) = connection.query(
        "SELECT revision FROM partition_seals WHERE day = ? AND `partition` = ? AND published LOCK IN SHARE MODE",
        date(day),
        partition,
    ) { it.getInt(1) } == listOf(revision)

    private companion object {
        fun date(day: Day): LocalDate = LocalDate.ofEpochDay(day.epochDay.toLong())

        fun ResultSet.day() = Day(getObject(1, LocalDate::class.java).toEpochDay().toInt())
    }
}
