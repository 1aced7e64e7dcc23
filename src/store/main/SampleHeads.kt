package twitchactors.store

import twitchactors.audience.LiveSample
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.security.MessageDigest
import java.time.Duration
import java.time.LocalDate
import javax.sql.DataSource

/**
 * What samples say besides the logins: one row for each streamer and slot, whatever comes in which order and how often. Blocks its
 * caller; safe for use by several threads.
 */
class SampleHeads(private val dataSource: DataSource) {
    /**
     * The samples of a day.
     *
     * @param samples by streamer, ascending by slot
     * @param digest equal exactly when [samples] are, in hexadecimal
     */
    class OfDay(val samples: Map<Login, List<LiveSample>>, val digest: String)

    /** Brings [heads] in, which came through partition [source] of `samples`; again is no harm. */
    fun write(heads: List<SampleHead>, source: Int) {
        // Before the rows: what comes while old ones are removed makes its day young first.
        for (day in heads.map { it.day }.distinct().sortedBy { it.epochDay }) dataSource.update(ARRIVED, date(day))
        heads.chunked(ROWS).forEach { rows ->
            val values = rows.flatMap { values(it, source) }.toTypedArray()
            dataSource.update(INSERT + List(rows.size) { TUPLE }.joinToString() + REPLACE, *values)
        }
        // Behind the rows: who rolls up takes the mark away first and then reads what is there.
        heads.map { it.day to it.streamer }.distinct().sortedWith(compareBy({ it.first }, { it.second })).chunked(ROWS).forEach { due ->
            val values = due.flatMap { (day, streamer) -> listOf<Any>(date(day), streamer.name) }.toTypedArray()
            dataSource.update("INSERT IGNORE INTO tracked_due (day, streamer) VALUES " + due.joinToString { "(?, ?)" }, *values)
        }
    }

    /** Removes the rows of days to which nothing came for longer than [age], by the database's clock; returns those days. */
    fun removeOlderThan(age: Duration): List<Day> {
        val old = "kind = 'sample_heads' AND arrived_at < CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND"
        val days = dataSource.query("SELECT day FROM day_arrivals WHERE $old ORDER BY day", age.toSeconds()) { row ->
            Day(row.getObject(1, LocalDate::class.java).toEpochDay().toInt())
        }
        // Looked at once more in the statement itself: something may have come meanwhile.
        val still = "EXISTS (SELECT 1 FROM day_arrivals WHERE day_arrivals.day = sample_heads.day AND $old)"
        for (day in days) {
            do {
                val removed = dataSource.update(
                    "DELETE FROM sample_heads WHERE day = ? AND $still LIMIT $PIECE",
                    date(day),
                    age.toSeconds(),
                )
            } while (removed == PIECE)
            dataSource.update("DELETE FROM day_arrivals WHERE day = ? AND $old", date(day), age.toSeconds())
        }
        return days
    }

    private fun values(head: SampleHead, source: Int) = listOf(
        date(head.day),
        head.streamer.name,
        head.slot.index,
        source,
        head.precedence(),
        head.source,
        head.hasChatters,
        head.isComplete,
        head.liveViewers,
        head.title,
        head.category,
        head.streamId,
        head.language,
        head.chatters,
    )

    /** Forgets what came of [day] through partition [source] of `samples`; returns how many rows that was. */
    fun forget(day: Day, source: Int): Int = dataSource.transaction { connection ->
        val which = "FROM sample_heads WHERE day = ? AND source_partition = ?"
        connection.update("INSERT IGNORE INTO tracked_due (day, streamer) SELECT DISTINCT day, streamer $which", date(day), source)
        connection.update("DELETE $which", date(day), source)
    }

    fun of(day: Day): OfDay {
        val digest = MessageDigest.getInstance("SHA-256")
        val texts = HashMap<String, String>()
        val samples = LinkedHashMap<Login, MutableList<LiveSample>>()
        dataSource.query("$SELECT WHERE day = ? ORDER BY streamer, slot", date(day)) { row ->
            // The same few texts come in every row.
            fun text(column: Int) = row.getString(column).let { texts.getOrPut(it) { it } }
            val (streamer, slot) = text(1) to row.getInt(2)
            digest.update("$streamer,$slot,".toByteArray())
            digest.update(row.getBytes(3))
            samples.getOrPut(Login.require(streamer)) { ArrayList() } += LiveSample(
                slot = slot,
                hasChatters = row.getBoolean(4),
                isComplete = row.getBoolean(5),
                liveViewers = row.intOrNull(6),
                title = text(7),
                game = text(8),
                streamId = text(9),
                language = text(10),
                chatters = row.intOrNull(11),
            )
        }
        return OfDay(samples, digest.digest().joinToString("") { "%02x".format(it) })
    }

    private companion object {
        /** Rows of one statement. */
        const val ROWS = 500

        /** Rows that one statement removes. */
        const val PIECE = 5000

        const val ARRIVED = "INSERT INTO day_arrivals (kind, day) VALUES ('sample_heads', ?) " +
            "ON DUPLICATE KEY UPDATE arrived_at = CURRENT_TIMESTAMP(3)"

        const val COLUMNS = "day, streamer, slot, source_partition, precedence, source, has_chatters, is_complete, live_viewers, title, " +
            "category, stream_id, language, chatters"
        const val INSERT = "INSERT INTO sample_heads ($COLUMNS) VALUES "
        val TUPLE = COLUMNS.split(", ").joinToString(", ", "(", ")") { "?" }

        /** `precedence` last: columns are assigned from left to right. */
        val REPLACE = (COLUMNS.split(", ") - setOf("day", "streamer", "slot", "precedence") + "precedence")
            .joinToString(", ", " ON DUPLICATE KEY UPDATE ") { "$it = IF(VALUES(precedence) > precedence, VALUES($it), $it)" }
        const val SELECT =
            "SELECT streamer, slot, precedence, has_chatters, is_complete, live_viewers, title, category, stream_id, language, chatters " +
                "FROM sample_heads"

        fun date(day: Day): LocalDate = LocalDate.ofEpochDay(day.epochDay.toLong())
    }
}
