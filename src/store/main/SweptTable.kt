package twitchactors.store

import twitchactors.domain.Arrived
import java.sql.Connection
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneOffset
import java.time.temporal.ChronoUnit
import javax.sql.DataSource

/**
 * A table of what was swept. A row is known by its sweep's time and its key; the first that came with them stays, so that neither a replay
 * nor a changed file changes what was served. Blocks its caller; safe for use by several threads.
 */
sealed class SweptTable<Row>(private val dataSource: DataSource, private val table: String, keyColumn: String, columns: List<String>) {
    private val insert = "INSERT IGNORE INTO $table (timestamp, $keyColumn, ${columns.joinToString()}) VALUES "
    private val tuple = List(columns.size + 2) { "?" }.joinToString(", ", "(", ")")
    private val select = "SELECT $keyColumn, ${columns.joinToString()} FROM $table WHERE timestamp = ? AND $keyColumn IN "

    protected abstract fun timestamp(row: Row): Instant

    protected abstract fun key(row: Row): String

    /** The values of the other columns. */
    protected abstract fun values(row: Row): List<Any>

    /**
     * Brings [rows] in, all or none of them, and marks their hours to be rolled up. Returns those, as ascending indices, that are not what
     * the table has now: another row with their time and key was there before.
     */
    fun write(rows: List<Arrived<Row>>): List<Int> {
        if (rows.isEmpty()) return emptyList()
        return dataSource.transaction { connection ->
            noteSweeps(connection, rows)
            val refused = rows.indices.chunked(CHUNK).flatMap { indices -> insert(connection, rows, indices) }
            noteHours(connection, rows)
            refused
        }
    }

    /** Whether the table has [rows], one after the other. */
    fun presence(rows: List<Row>): List<RowPresence> = dataSource.connection.use { presence(it, rows, rows.indices.toList()) }

    private fun insert(connection: Connection, rows: List<Arrived<Row>>, indices: List<Int>): List<Int> {
        val values = indices.flatMap { at -> rows[at].row.let { listOf(utc(timestamp(it)), key(it)) + values(it) } }
        val sql = insert + List(indices.size) { tuple }.joinToString()
        // IGNORE would bend a value that does not fit, so none may come here; the rows' reader sees to it.
        val inserted = connection.update(sql, *values.toTypedArray())
        if (inserted == indices.size) return emptyList()
        val there = presence(connection, rows.map { it.row }, indices)
        return indices.filterIndexed { at, _ -> there[at] != RowPresence.SAME }
    }

    private fun presence(connection: Connection, rows: List<Row>, indices: List<Int>): List<RowPresence> {
        val found = HashMap<Int, RowPresence>()
        for ((time, ofSweep) in indices.groupBy { timestamp(rows[it]) }) {
            for (chunk in ofSweep.chunked(CHUNK)) {
                val there = read(connection, time, chunk.map { key(rows[it]) }.distinct())
                // The database takes keys as one that differ only in blanks at their end.
                val taken = there.keys.mapTo(HashSet()) { it.trimEnd(' ') }
                for (at in chunk) {
                    val key = key(rows[at])
                    found[at] = when {
                        there[key] == values(rows[at]) -> RowPresence.SAME
                        key.trimEnd(' ') in taken -> RowPresence.OTHER
                        else -> RowPresence.ABSENT
                    }
                }
            }
        }
        return indices.map(found::getValue)
    }

    private fun read(connection: Connection, time: Instant, keys: List<String>): Map<String, List<Any>> =
        connection.query(select + List(keys.size) { "?" }.joinToString(", ", "(", ")"), utc(time), *keys.toTypedArray()) { row ->
            row.getString(1) to List(row.metaData.columnCount - 1) { row.getObject(it + 2) }
        }.toMap()

    private fun noteSweeps(connection: Connection, rows: List<Arrived<Row>>) {
        // In order, so that two writers wait for each other rather than lock each other out.
        val sweeps = rows.groupingBy { timestamp(it.row) }.fold(Instant.MIN) { last, row -> maxOf(last, row.at) }.toSortedMap()
        for (chunk in sweeps.entries.chunked(CHUNK)) {
            connection.update(
                "INSERT INTO sweeps (kind, timestamp, arrived_at, is_held, is_closed) VALUES " +
                    List(chunk.size) { "(?, ?, ?, TRUE, FALSE)" }.joinToString() +
                    " ON DUPLICATE KEY UPDATE arrived_at = GREATEST(arrived_at, VALUES(arrived_at)), is_held = TRUE",
                *chunk.flatMap { (time, at) -> listOf<Any>(table, utc(time), utc(at)) }.toTypedArray(),
            )
        }
    }

    private fun noteHours(connection: Connection, rows: List<Arrived<Row>>) {
        val hours = rows.map { timestamp(it.row).truncatedTo(ChronoUnit.HOURS) }.distinct().sorted()
        for (chunk in hours.chunked(CHUNK)) {
            // An update that changes nothing still waits for a roll-up of the hour that is under way, and is there after it.
            connection.update(
                "INSERT INTO roll_ups_due (kind, hour) VALUES ${List(chunk.size) { "(?, ?)" }.joinToString()} " +
                    "ON DUPLICATE KEY UPDATE hour = VALUES(hour)",
                *chunk.flatMap { listOf<Any>(table, utc(it)) }.toTypedArray(),
            )
        }
    }

    internal companion object {
        /** Rows of one statement. */
        private const val CHUNK = 500

        /** DATETIME has no zone: all of ours are UTC. */
        fun utc(time: Instant): LocalDateTime = LocalDateTime.ofInstant(time, ZoneOffset.UTC)
    }
}
