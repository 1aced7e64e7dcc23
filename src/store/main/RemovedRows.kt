package twitchactors.store

import javax.sql.DataSource

/** What MariaDB's files still hold of rows that were removed or replaced. Blocks its caller. */
class RemovedRows(private val dataSource: DataSource) {
    /** Writes the tables anew that hold viewers' logins: their files hold nothing of former rows then. Others go on working. */
    fun forget() = dataSource.connection.use { connection ->
        // As long as large tables take.
        connection.setNetworkTimeout(Runnable::run, 0)
        connection.createStatement().use { statement ->
            statement.executeQuery("OPTIMIZE TABLE ${TABLES.joinToString()}").use { while (it.next()) it.clearWarnings() }
        }
    }

    private companion object {
        /** All that keep the content of days, and who has authorized us. */
        val TABLES = listOf("partition_seals", "superseded_seals", "partition_checkpoints", "pieces", "user_tokens")
    }
}
