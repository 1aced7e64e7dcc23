package twitchactors.store

import twitchactors.domain.Login
import twitchactors.domain.Slot
import twitchactors.store.TrackedFigures.Kinds
import twitchactors.store.TrackedFigures.SampleSeen
import twitchactors.store.TrackedFigures.StreamerHour
import twitchactors.store.TrackedFigures.StreamerOfDay
import twitchactors.store.TrackedFigures.StreamerSum
import twitchactors.store.TrackedFigures.Sums
import java.sql.ResultSet
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.ZoneOffset
import javax.sql.DataSource

/** [TrackedFigures] out of MariaDB. Blocks its caller; safe for use by several threads. */
class StoredTrackedFigures(private val dataSource: DataSource) : TrackedFigures {
    override fun extent(): ClosedRange<LocalDate>? = dataSource.query("SELECT MIN(day), MAX(day) FROM tracked_days") { row ->
        row.getObject(1, LocalDate::class.java)?.let { it..row.date(2) }
    }.first()

    override fun names(): List<String> =
        dataSource.query("SELECT streamer FROM tracked_days GROUP BY streamer ORDER BY streamer") { it.getString(1) }

    override fun days(streamer: Login): List<LocalDate> =
        dataSource.query("SELECT DISTINCT day FROM tracked_days WHERE streamer = ? ORDER BY day", streamer.name) { it.date(1) }

    override fun streamers(from: Instant, to: Instant, language: String?, category: String?): List<StreamerSum> =
        streamers("tracked_hours", "hour", "COUNT(DISTINCT DATE(hour))", utc(from), utc(to), language, category)

    override fun streamers(from: LocalDate, to: LocalDate, language: String?, category: String?): List<StreamerSum> =
        streamers("tracked_days", "day", "COUNT(DISTINCT day)", from, to, language, category)

    private fun streamers(
        table: String,
        time: String,
        days: String,
        from: Any,
        to: Any,
        language: String?,
        category: String?,
    ): List<StreamerSum> {
        val which = listOfNotNull(language?.let { "language = ?" }, category?.let { "category = ?" }).joinToString("") { " AND $it" }
        return dataSource.query(
            "SELECT streamer, MAX(language), $days, ${TrackedColumns.sums} FROM $table " +
                "WHERE $time >= ? AND $time < ?$which GROUP BY streamer",
            *listOfNotNull(from, to, language, category).toTypedArray(),
        ) { StreamerSum(it.getString(1), it.getString(2), it.getInt(3), sums(it, 4)) }
    }

    override fun kinds(from: LocalDate, to: LocalDate) =
        Kinds(most("language", "SUM(airtime)", from, to), most("category", "SUM(viewer_minutes)", from, to))

    private fun most(column: String, by: String, from: LocalDate, to: LocalDate): List<String> = dataSource.query(
        "SELECT $column FROM tracked_days WHERE day >= ? AND day < ? AND $column <> '' " +
            "GROUP BY $column ORDER BY $by DESC, $column LIMIT 200",
        from,
        to,
    ) { it.getString(1) }

    override fun hours(streamer: Login, from: Instant, to: Instant): List<StreamerHour> = dataSource.query(
        "SELECT hour, category, ${TrackedColumns.figures} FROM tracked_hours " +
            "WHERE streamer = ? AND hour >= ? AND hour < ? ORDER BY hour, category",
        streamer.name,
        utc(from),
        utc(to),
    ) { StreamerHour(it.getObject(1, LocalDateTime::class.java).toInstant(ZoneOffset.UTC), it.getString(2), sums(it, 3)) }

    override fun dayByDay(streamer: Login, from: LocalDate, to: LocalDate): List<StreamerOfDay> = dataSource.query(
        "SELECT day, category, ${TrackedColumns.figures} FROM tracked_days " +
            "WHERE streamer = ? AND day >= ? AND day < ? ORDER BY day, category",
        streamer.name,
        from,
        to,
    ) { StreamerOfDay(it.date(1), it.getString(2), sums(it, 3)) }

    override fun samples(streamer: Login, days: List<LocalDate>): List<SampleSeen> {
        if (days.isEmpty()) return emptyList()
        return dataSource.query(
            "SELECT $SAMPLE FROM sample_heads WHERE day IN (${days.joinToString { "?" }}) AND streamer = ? ORDER BY day, slot",
            *days.toTypedArray(),
            streamer.name,
            row = ::sample,
        )
    }

    override fun lastSamples(from: Instant, to: Instant): List<SampleSeen> {
        val names = names()
        if (names.isEmpty()) return emptyList()
        val (first, last) = utc(from).toLocalDate() to utc(to).toLocalDate()
        val rows = generateSequence(first) { day -> day.plusDays(1).takeIf { it <= last } }.toList().flatMap { day ->
            dataSource.query(
                "SELECT $SAMPLE FROM sample_heads WHERE day = ? AND streamer IN (${names.joinToString { "?" }}) " +
                    "AND slot BETWEEN ? AND ? ORDER BY slot",
                day,
                *names.toTypedArray(),
                if (day == first) Slot.at(from.epochSecond).index else 0,
                if (day == last) Slot.at(to.epochSecond).index else Slot.PER_DAY - 1,
                row = ::sample,
            )
        }
        return rows.associateBy { it.streamer }.values.toList()
    }

    private companion object {
        const val SAMPLE = "streamer, day, slot, live_viewers, chatters, is_complete, title, category, language, stream_id, source"

        fun utc(time: Instant): LocalDateTime = SweptTable.utc(time)

        fun ResultSet.date(column: Int): LocalDate = getObject(column, LocalDate::class.java)

        /** @param first the column of the first of [TrackedColumns.figures] */
        fun sums(row: ResultSet, first: Int) = Sums(
            samples = row.getInt(first),
            gaps = row.getInt(first + 1),
            partials = row.getInt(first + 2),
            airtime = row.getLong(first + 3),
            measured = row.getLong(first + 4),
            viewerMinutes = row.getLong(first + 5),
            viewersPeak = row.intOrNull(first + 6),
            counted = row.getLong(first + 7),
            chatterMinutes = row.getLong(first + 8),
            chattersPeak = row.intOrNull(first + 9),
            compared = row.getLong(first + 10),
            anonymousMinutes = row.getLong(first + 11),
        )

        fun sample(row: ResultSet) = SampleSeen(
            streamer = row.getString(1),
            at = row.date(2).atStartOfDay().toInstant(ZoneOffset.UTC).plusSeconds(row.getInt(3) * Slot.SECONDS),
            viewers = row.intOrNull(4),
            chatters = row.intOrNull(5),
            isComplete = row.getBoolean(6),
            title = row.getString(7),
            category = row.getString(8),
            language = row.getString(9),
            streamId = row.getString(10),
            source = row.getString(11),
        )
    }
}
