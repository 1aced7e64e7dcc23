package twitchactors.store

import java.sql.ResultSet
import java.time.Duration
import java.time.Instant
import javax.sql.DataSource

/**
 * Who did what when to what is stored. Lines are added and age; none is ever changed. Blocks its caller; safe for use by several
 * threads.
 */
class AuditTrail(private val dataSource: DataSource) {
    /** Adds a line; texts that are too long are cut. No argument may hold a viewer's login: see [Suppressions.pseudonym]. */
    fun note(who: String, action: String, subject: String, detail: String = "") {
        dataSource.update(
            "INSERT INTO audit (who, action, subject, detail) VALUES (?, ?, ?, ?)",
            who.take(WHO),
            action.take(ACTION),
            subject.take(SUBJECT),
            detail.take(DETAIL),
        )
    }

    /** The last [most] lines, those about [subject] when it is not null; the latest first. */
    fun latest(most: Int, subject: String? = null): List<AuditEntry> = if (subject == null) {
        dataSource.query("$SELECT ORDER BY id DESC LIMIT ?", most, row = ::entry)
    } else {
        dataSource.query("$SELECT WHERE subject = ? ORDER BY id DESC LIMIT ?", subject, most, row = ::entry)
    }

    /** Removes lines that are older than [age], by the database's clock; returns how many. */
    fun removeOlderThan(age: Duration): Int =
        dataSource.update("DELETE FROM audit WHERE at < CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND", age.toSeconds())

    private fun entry(row: ResultSet) = AuditEntry(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
    )

    private companion object {
        /** The time as a number, so that no time zone of a session or a driver takes part. */
        const val SELECT = "SELECT id, CAST(UNIX_TIMESTAMP(at) * 1000 AS SIGNED), who, action, subject, detail FROM audit"

        // As wide as the columns.
        const val WHO = 100
        const val ACTION = 50
        const val SUBJECT = 200
        const val DETAIL = 1000
    }
}
