package twitchactors.store

import java.sql.Connection
import java.time.Instant
import java.time.LocalDateTime
import java.time.temporal.ChronoUnit
import javax.sql.DataSource

/**
 * Hours and days of categories and channels, and the end of the rows that they come from. An hour is computed from its rows and replaced,
 * a day from its hours: doing it again changes nothing. Once rows of an hour were removed the hour stays as it is. Blocks its
 * caller; safe for use by several threads and nodes.
 */
class RollUps(private val dataSource: DataSource) {
    /** Rolls up the oldest hour that is due, and its day; false when none was. */
    fun rollUpOne(): Boolean = dataSource.transaction { connection ->
        val due = connection.query("SELECT kind, hour FROM roll_ups_due ORDER BY hour, kind LIMIT 1") {
            it.getString(1) to it.getObject(2, LocalDateTime::class.java)
        }.firstOrNull()
        due?.let { (kind, hour) -> rollUp(connection, kind, hour) }
        due != null
    }

    /**
     * Removes up to a few thousand rows of one sweep of which nothing arrived since [arrivedBefore]; false when there was none. A sweep
     * whose hour is still to be rolled up stays until that is done.
     */
    fun removeSome(arrivedBefore: Instant): Boolean = dataSource.transaction { connection ->
        val old = connection.query(
            "SELECT kind, timestamp FROM sweeps WHERE is_held AND arrived_at < ? AND NOT EXISTS (SELECT 1 FROM roll_ups_due " +
                "WHERE roll_ups_due.kind = sweeps.kind AND roll_ups_due.hour <= sweeps.timestamp AND " +
                "roll_ups_due.hour > sweeps.timestamp - INTERVAL 1 HOUR) ORDER BY arrived_at LIMIT 1 FOR UPDATE",
            SweptTable.utc(arrivedBefore),
        ) { it.getString(1) to it.getObject(2, LocalDateTime::class.java) }.firstOrNull()
        old?.let { (kind, time) -> remove(connection, kind, time) }
        old != null
    }

    private fun remove(connection: Connection, kind: String, time: LocalDateTime) {
        val table = known(kind)
        val removed = connection.update("DELETE FROM $table WHERE timestamp = ? LIMIT $PIECE", time)
        val isHeld = removed == PIECE
        connection.update("UPDATE sweeps SET is_closed = TRUE, is_held = ? WHERE kind = ? AND timestamp = ?", isHeld, kind, time)
    }

    private fun rollUp(connection: Connection, kind: String, hour: LocalDateTime) {
        // Who brings rows in marks the hour again, and waits for this transaction with that. Only one at a time has an hour.
        if (connection.update("DELETE FROM roll_ups_due WHERE kind = ? AND hour = ?", kind, hour) == 0) return
        val closed = "SELECT 1 FROM sweeps WHERE kind = ? AND timestamp >= ? AND timestamp < ? AND is_closed LIMIT 1"
        if (connection.query(closed, kind, hour, hour.plusHours(1)) { true }.isNotEmpty()) return
        if (known(kind) == CategoryTable.NAME) {
            OF_CATEGORIES.forEach { it.run(connection, hour) }
        } else {
            OF_STREAMS.forEach { it.run(connection, hour) }
            rollUpAll(connection, hour)
            TagRollUp.run(connection, hour)
        }
    }

    /** The hour over all categories, from its rows and from what was rolled up of them. */
    private fun rollUpAll(connection: Connection, hour: LocalDateTime) {
        connection.update("DELETE FROM swept_hours WHERE hour = ?", hour)
        connection.update(
            "INSERT INTO swept_hours (hour, samples, channels, streams_sum, streams_peak, viewers_sum, viewers_peak) " +
                "SELECT ?, COUNT(*), (SELECT COUNT(DISTINCT channel) FROM channel_hours WHERE hour = ?), SUM(streams), MAX(streams), " +
                "SUM(viewers), MAX(viewers) FROM (SELECT COUNT(*) AS streams, SUM(viewers) AS viewers FROM streamers " +
                "WHERE timestamp >= ? AND timestamp < ? GROUP BY timestamp) swept HAVING COUNT(*) > 0",
            hour,
            hour,
            hour,
            hour.plusHours(1),
        )
    }

    private fun known(kind: String): String = if (kind == CategoryTable.NAME) CategoryTable.NAME else StreamTable.NAME

    /**
     * How one pair of tables comes about.
     *
     * @param hours the SELECT that makes the rows of an hour without their `hour`; its parameters are the hour's begin and end
     */
    private class RollUp(val name: String, val keys: String, val sums: List<String>, val peaks: List<String>, val hours: String) {
        fun run(connection: Connection, hour: LocalDateTime) {
            val columns = "$keys, samples, ${(sums + peaks).joinToString()}"
            connection.update("DELETE FROM ${name}_hours WHERE hour = ?", hour)
            val insert = "INSERT INTO ${name}_hours (hour, $columns) SELECT ?, hourly.* FROM ($hours) hourly"
            connection.update(insert, hour, hour, hour.plusHours(1))
            val day = hour.truncatedTo(ChronoUnit.DAYS)
            val totals = (listOf("samples") + sums).map { "SUM($it)" } + peaks.map { "MAX($it)" }
            connection.update("DELETE FROM ${name}_days WHERE day = ?", day.toLocalDate())
            connection.update(
                "INSERT INTO ${name}_days (day, $columns) SELECT ?, $keys, ${totals.joinToString()} FROM ${name}_hours " +
                    "WHERE hour >= ? AND hour < ? GROUP BY $keys",
                day.toLocalDate(),
                day,
                day.plusDays(1),
            )
        }
    }

    private companion object {
        /** Rows that one transaction removes. */
        const val PIECE = 5000

        val OF_CATEGORIES = listOf(
            RollUp(
                "category",
                "category",
                listOf("viewers_sum"),
                listOf("viewers_peak"),
                "SELECT category, COUNT(*), SUM(viewers), MAX(viewers) FROM categories " +
                    "WHERE timestamp >= ? AND timestamp < ? GROUP BY category",
            ),
        )

        val OF_STREAMS = listOf(
            RollUp(
                "category_stream",
                "category",
                listOf("streams_sum", "viewers_sum"),
                listOf("streams_peak", "viewers_peak"),
                "SELECT category, COUNT(*), SUM(streams), SUM(viewers), MAX(streams), MAX(viewers) FROM (" +
                    "SELECT category, COUNT(*) AS streams, SUM(viewers) AS viewers FROM streamers " +
                    "WHERE timestamp >= ? AND timestamp < ? GROUP BY timestamp, category) swept GROUP BY category",
            ),
            RollUp(
                "channel",
                "channel, category",
                listOf("viewers_sum"),
                listOf("viewers_peak"),
                "SELECT channel, category, COUNT(*), SUM(viewers), MAX(viewers) FROM streamers " +
                    "WHERE timestamp >= ? AND timestamp < ? GROUP BY channel, category",
            ),
        )
    }
}
