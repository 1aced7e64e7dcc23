package twitchactors.store

import javax.sql.DataSource

/** Which changes of the list of those kept out the partitions have applied. Blocks its caller; safe for use by several threads. */
class SuppressionProgress(private val dataSource: DataSource) {
    /**
     * Whether a viewer of [partition] came on the list after version [after], up to version [upTo]. True as well when one of these
     * changes is not on record.
     */
    fun concerns(partition: Int, after: Long, upTo: Long): Boolean {
        val changes = dataSource.query(
            "SELECT `partition` FROM suppression_changes WHERE version > ? AND version <= ?",
            after,
            upTo,
        ) { it.getInt(1) }
        return partition in changes || changes.size < upTo - after
    }

    /** Notes that the checkpoint and the seals of [partition] were made under [version]; an earlier version changes nothing. */
    fun note(partition: Int, version: Long) {
        dataSource.update(
            "INSERT INTO suppression_applied (`partition`, version, applied_at) VALUES (?, ?, CURRENT_TIMESTAMP(3)) " +
                "ON DUPLICATE KEY UPDATE version = GREATEST(version, ?), applied_at = CURRENT_TIMESTAMP(3)",
            partition,
            version,
            version,
        )
    }

    /** How many partitions have applied [version]. */
    fun count(version: Long): Int =
        dataSource.query("SELECT COUNT(*) FROM suppression_applied WHERE version >= ?", version) { it.getInt(1) }.single()
}
