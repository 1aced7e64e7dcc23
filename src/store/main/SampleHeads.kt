package twitchactors.store

import twitchactors.audience.LiveSample
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.security.MessageDigest
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
    fun write(heads: List<SampleHead>, source: Int) = heads.chunked(ROWS).forEach { rows ->
        dataSource.update(INSERT + List(rows.size) { TUPLE }.joinToString() + REPLACE, *rows.flatMap { values(it, source) }.toTypedArray())
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
    )

    /** Forgets what came of [day] through partition [source] of `samples`; returns how many rows that was. */
    fun forget(day: Day, source: Int): Int =
        dataSource.update("DELETE FROM sample_heads WHERE day = ? AND source_partition = ?", date(day), source)

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
                liveViewers = row.getInt(6).takeUnless { row.wasNull() },
                title = text(7),
                game = text(8),
                streamId = text(9),
            )
        }
        return OfDay(samples, digest.digest().joinToString("") { "%02x".format(it) })
    }

    private companion object {
        /** Rows of one statement. */
        const val ROWS = 500

        const val COLUMNS = "day, streamer, slot, source_partition, precedence, source, has_chatters, is_complete, live_viewers, title, " +
            "category, stream_id"
        const val INSERT = "INSERT INTO sample_heads ($COLUMNS) VALUES "
        val TUPLE = COLUMNS.split(", ").joinToString(", ", "(", ")") { "?" }

        /** `precedence` last: columns are assigned from left to right. */
        val REPLACE = (COLUMNS.split(", ") - setOf("day", "streamer", "slot", "precedence") + "precedence")
            .joinToString(", ", " ON DUPLICATE KEY UPDATE ") { "$it = IF(VALUES(precedence) > precedence, VALUES($it), $it)" }
        const val SELECT =
            "SELECT streamer, slot, precedence, has_chatters, is_complete, live_viewers, title, category, stream_id FROM sample_heads"

        fun date(day: Day): LocalDate = LocalDate.ofEpochDay(day.epochDay.toLong())
    }
}
