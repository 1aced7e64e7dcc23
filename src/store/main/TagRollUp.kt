package twitchactors.store

import java.sql.Connection
import java.time.LocalDateTime
import java.time.temporal.ChronoUnit

/**
 * Hours and days of categories by tag. A row of `streamers` names its tags in one text, so hours are not made by one statement: what the
 * database has summed per text is taken apart here. Replaced as a whole, like all roll-ups.
 */
internal object TagRollUp {
    /** Characters of a text of tags that are read: 36 tags of Twitch's longest. What is behind them is left out. */
    private const val READ = 1000

    /** Characters of the longest tag that is counted. */
    private const val LONGEST = 100

    /** Rows of one statement. */
    private const val CHUNK = 500

    private class Sums(var streams: Long = 0, var viewers: Long = 0)

    private data class Key(val category: String, val tag: String)

    fun run(connection: Connection, hour: LocalDateTime) {
        connection.update("DELETE FROM tag_hours WHERE hour = ?", hour)
        for (chunk in sums(connection, hour).entries.chunked(CHUNK)) {
            val values = chunk.flatMap { (key, sums) -> listOf<Any>(hour, key.category, key.tag, sums.streams, sums.viewers) }
            connection.update(
                "INSERT INTO tag_hours (hour, category, tag, streams_sum, viewers_sum) VALUES " +
                    List(chunk.size) { "(?, ?, ?, ?, ?)" }.joinToString(),
                *values.toTypedArray(),
            )
        }
        val day = hour.truncatedTo(ChronoUnit.DAYS)
        connection.update("DELETE FROM tag_days WHERE day = ?", day.toLocalDate())
        connection.update(
            "INSERT INTO tag_days (day, category, tag, streams_sum, viewers_sum) SELECT ?, category, tag, SUM(streams_sum), " +
                "SUM(viewers_sum) FROM tag_hours WHERE hour >= ? AND hour < ? GROUP BY category, tag",
            day.toLocalDate(),
            day,
            day.plusDays(1),
        )
    }

    private fun sums(connection: Connection, hour: LocalDateTime): Map<Key, Sums> {
        val byTag = HashMap<Key, Sums>()
        val texts = connection.query(
            "SELECT category, LEFT(tags, $READ) AS texts, COUNT(*), SUM(viewers) FROM streamers " +
                "WHERE timestamp >= ? AND timestamp < ? GROUP BY category, texts",
            hour,
            hour.plusHours(1),
        ) { Key(it.getString(1), it.getString(2)) to Sums(it.getLong(3), it.getLong(4)) }
        for ((where, sums) in texts) {
            for (tag in tags(where.tag)) {
                byTag.getOrPut(Key(where.category, tag)) { Sums() }.let {
                    it.streams += sums.streams
                    it.viewers += sums.viewers
                }
            }
        }
        return byTag
    }

    /** The tags of one row, each once. The database takes texts as one that differ only in blanks at their end, so those are cut. */
    fun tags(text: String): Set<String> {
        val whole = if (text.codePointCount(0, text.length) < READ) text else text.substringBeforeLast(',')
        return whole.split(',').map { it.trim() }.filterTo(LinkedHashSet()) { it.isNotEmpty() && it.length <= LONGEST }
    }
}
