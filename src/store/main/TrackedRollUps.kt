package twitchactors.store

import twitchactors.audience.Broadcast
import twitchactors.audience.HourFigures
import twitchactors.audience.LiveSample
import java.sql.Connection
import java.sql.ResultSet
import java.time.LocalDate
import java.time.LocalDateTime
import javax.sql.DataSource

/**
 * Hours and days of tracked streamers (`tracked_hours`, `tracked_days`). A streamer's day is computed from its heads as a whole and
 * replaced: doing it again changes nothing. Blocks its caller; safe for use by several threads and nodes.
 */
class TrackedRollUps(private val dataSource: DataSource) {
    private data class Due(val day: LocalDate, val streamer: String)

    /** Rolls up what was due when this began, up to some thousand streamers' days; false when that was all. */
    fun rollUpSome(): Boolean {
        val due = dataSource.query("SELECT day, streamer FROM tracked_due ORDER BY day, streamer LIMIT $MOST") {
            Due(it.getObject(1, LocalDate::class.java), it.getString(2))
        }
        due.forEach { dataSource.transaction { connection -> rollUp(connection, it) } }
        return due.size == MOST
    }

    private fun rollUp(connection: Connection, due: Due) {
        // Who brings heads in marks the day again behind them, and waits for this transaction with that.
        if (connection.update("DELETE FROM tracked_due WHERE day = ? AND streamer = ?", due.day, due.streamer) == 0) return
        val samples = connection.query("$SAMPLES WHERE day = ? AND streamer = ? ORDER BY slot", due.day, due.streamer, row = ::sample)
        val start = due.day.atStartOfDay()
        connection.update(
            "DELETE FROM tracked_hours WHERE streamer = ? AND hour >= ? AND hour < ?",
            due.streamer,
            start,
            start.plusDays(1),
        )
        connection.update("DELETE FROM tracked_days WHERE day = ? AND streamer = ?", due.day, due.streamer)
        val hours = HourFigures.of(Broadcast(samples))
        if (hours.isEmpty()) return
        val values = hours.flatMap { values(start.plusHours(it.hour.toLong()), due.streamer, it) }
        connection.update(
            "INSERT INTO tracked_hours (hour, $COLUMNS) VALUES " + List(hours.size) { TUPLE }.joinToString(),
            *values.toTypedArray(),
        )
        // In a day the language is that of the last hour with the category.
        connection.update(
            "INSERT INTO tracked_days (day, $COLUMNS) SELECT ?, streamer, category, " +
                "SUBSTRING(MAX(CONCAT(DATE_FORMAT(hour, '%H'), language)), 3), ${TrackedColumns.sums} FROM tracked_hours " +
                "WHERE streamer = ? AND hour >= ? AND hour < ? GROUP BY streamer, category",
            due.day,
            due.streamer,
            start,
            start.plusDays(1),
        )
    }

    private fun values(hour: LocalDateTime, streamer: String, figures: HourFigures): List<Any?> = listOf(
        hour,
        streamer,
        figures.game,
        figures.language,
        figures.live.samples,
        figures.live.gaps,
        figures.live.partial,
        figures.live.airtime,
        figures.live.measured,
        figures.live.viewerMinutes,
        figures.live.peak,
        figures.counted,
        figures.chatterMinutes,
        figures.chattersPeak,
        figures.live.compared,
        figures.live.anonymousMinutes,
    )

    private companion object {
        /** Streamers' days that one call takes. */
        const val MOST = 2000

        const val SAMPLES =
            "SELECT slot, live_viewers, has_chatters, is_complete, category, stream_id, language, chatters FROM sample_heads"

        val COLUMNS = "streamer, category, language, ${TrackedColumns.figures}"
        val TUPLE = List(COLUMNS.split(", ").size + 1) { "?" }.joinToString(", ", "(", ")")

        fun sample(row: ResultSet) = LiveSample(
            slot = row.getInt(1),
            liveViewers = row.intOrNull(2),
            hasChatters = row.getBoolean(3),
            isComplete = row.getBoolean(4),
            game = row.getString(5),
            streamId = row.getString(6),
            language = row.getString(7),
            chatters = row.intOrNull(8),
        )
    }
}
