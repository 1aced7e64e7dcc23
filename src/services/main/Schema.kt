package twitchactors.services

import org.flywaydb.core.Flyway
import org.flywaydb.core.api.FlywayException
import javax.sql.DataSource

/** The tables in MariaDB: numbered SQL files, each applied once, by Flyway. Two processes at once take turns. */
object Schema {
    /** Where every module puts its migrations; their version numbers are distinct over all modules. */
    const val LOCATION = "classpath:db/migration"

    /**
     * Brings the database of [dataSource] up to date with the files of [location]; returns how many were applied.
     *
     * @throws ServiceUnavailable when a file fails, or the database was made by other files of the same number
     */
    fun migrate(dataSource: DataSource, location: String = LOCATION): Int = try {
        Flyway.configure(Schema::class.java.classLoader)
            .dataSource(dataSource)
            .locations(location)
            .failOnMissingLocations(true)
            // The database may hold tables of others; ours start at 1 beside them.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            // Each concern has numbers of its own, and a lesser one may come later.
            .outOfOrder(true)
            .load()
            .migrate()
            .migrationsExecuted
    } catch (failure: FlywayException) {
        val reason = failure.message.orEmpty().lineSequence().map(String::trim).filter { it.any(Char::isLetterOrDigit) }.joinToString(" ")
        throw ServiceUnavailable("MariaDB: the tables cannot be brought up to date: $reason; restore the database or use another", failure)
    }
}
