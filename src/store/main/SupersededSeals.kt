package twitchactors.store

import twitchactors.domain.Day
import java.sql.Connection
import java.time.Duration
import java.time.LocalDate
import javax.sql.DataSource

/** The seals that gave way, until those in their place are published. */
internal class SupersededSeals(private val dataSource: DataSource) {
    /**
     * Keeps the seal that [by] is about to replace, if it does and says something else: one of the same revision never gives way to
     * other content. Part of that transaction.
     */
    fun keep(connection: Connection, by: Seal) {
        val kept = connection.query(
            "SELECT revision, fence FROM partition_seals WHERE day = ? AND `partition` = ? AND revision < ? FOR UPDATE",
            date(by.day),
            by.partition,
            by.revision,
        ) { it.getInt(1) to it.getLong(2) }.singleOrNull() ?: return
        connection.update(
            "INSERT INTO superseded_seals (day, `partition`, revision, fence, published, form, form_pieces, form_bytes) " +
                "SELECT day, `partition`, revision, fence, published, form, form_pieces, form_bytes FROM partition_seals " +
                "WHERE day = ? AND `partition` = ?",
            date(by.day),
            by.partition,
        )
        connection.update(
            "INSERT INTO pieces (owner, piece, bytes) SELECT ?, piece, bytes FROM pieces WHERE owner = ?",
            owner(by.day, by.partition, kept.first, kept.second),
            ownerOfSeal(by.day, by.partition),
        )
    }

    fun of(day: Day, partition: Int): List<SupersededSeal> = dataSource.transaction { connection ->
        connection.query(
            "SELECT revision, published, form, form_pieces, form_bytes, fence FROM superseded_seals WHERE day = ? AND `partition` = ? " +
                "ORDER BY revision, fence LOCK IN SHARE MODE",
            date(day),
            partition,
        ) { row ->
            val owner = owner(day, partition, row.getInt(1), row.getLong(6))
            val form = Pieces.read(connection, owner, row.getBytes(3), row.getInt(4), row.getInt(5))
            SupersededSeal(row.getInt(1), row.getBoolean(2), form)
        }
    }

    /** Forgets what there is of [day] and [partition], but for revisions that may be in viewers' documents: those follow from it. */
    fun forget(connection: Connection, day: Day, partition: Int) {
        val kept = connection.query(
            "SELECT revision, fence FROM superseded_seals s WHERE day = ? AND `partition` = ? AND NOT EXISTS (SELECT 1 FROM " +
                "viewer_applications a WHERE a.day = s.day AND a.`partition` = s.`partition` AND a.revision = s.revision) FOR UPDATE",
            date(day),
            partition,
        ) { it.getInt(1) to it.getLong(2) }
        for ((revision, fence) in kept) {
            Pieces.trim(connection, owner(day, partition, revision, fence), 0)
            connection.update(
                "DELETE FROM superseded_seals WHERE day = ? AND `partition` = ? AND revision = ? AND fence = ?",
                date(day),
                partition,
                revision,
                fence,
            )
        }
    }

    /** Forgets those that gave way longer than [age] ago, by the database's clock. */
    fun removeOlderThan(age: Duration): Int = dataSource.transaction { connection ->
        val old = connection.query(
            "SELECT day, `partition`, revision, fence FROM superseded_seals " +
                "WHERE superseded_at < CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND FOR UPDATE",
            age.toSeconds(),
        ) { row -> Key(Day(row.getObject(1, LocalDate::class.java).toEpochDay().toInt()), row.getInt(2), row.getInt(3), row.getLong(4)) }
        for (key in old) {
            Pieces.trim(connection, owner(key.day, key.partition, key.revision, key.fence), 0)
            connection.update(
                "DELETE FROM superseded_seals WHERE day = ? AND `partition` = ? AND revision = ? AND fence = ?",
                date(key.day),
                key.partition,
                key.revision,
                key.fence,
            )
        }
        old.size
    }

    private class Key(val day: Day, val partition: Int, val revision: Int, val fence: Long)

    companion object {
        /** Who owns the pieces of the seal of [day] by [partition]. */
        fun ownerOfSeal(day: Day, partition: Int) = "seal/$day/$partition"

        private fun owner(day: Day, partition: Int, revision: Int, fence: Long) = "${ownerOfSeal(day, partition)}/$revision/$fence"

        private fun date(day: Day) = LocalDate.ofEpochDay(day.epochDay.toLong())
    }
}
