package twitchactors.store

import com.mongodb.client.MongoClients
import com.zaxxer.hikari.HikariDataSource
import org.junit.jupiter.api.extension.ExtensionContext
import org.junit.jupiter.api.extension.ParameterContext
import org.junit.jupiter.api.extension.ParameterResolver
import twitchactors.services.Databases
import twitchactors.services.MongoEndpoint
import twitchactors.services.Schema
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import java.nio.file.Path
import java.time.Duration
import java.util.UUID

/**
 * One start of the embedded services for all test classes that ask for [Started]; stopped after the last. The viewer database
 * is that of `TWITCHACTORS_TEST_MONGO` (a connection string) instead, when that is set: the same tests then show that a real
 * MongoDB does the same.
 */
class TestStores : ParameterResolver {
    class Started(private val services: Services) : AutoCloseable {
        val dataSource: HikariDataSource = Databases.pool(services.mariaDb, "store-tests", 8)
        private val database = "store_test_${UUID.randomUUID()}"
        val viewers: ViewerDatabase = ViewerDatabase.connect(services.mongo.uri, database)

        init {
            // The folder may have those of an earlier run.
            val names = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
            val tables = dataSource.query(names) { it.getString(1) }
            tables.forEach { dataSource.update("DROP TABLE `$it`") }
            Schema.migrate(dataSource)
        }

        override fun close() {
            viewers.close()
            MongoClients.create(services.mongo.uri).use { it.getDatabase(database).drop() }
            dataSource.close()
            services.close()
        }
    }

    override fun supportsParameter(parameter: ParameterContext, context: ExtensionContext): Boolean =
        parameter.parameter.type == Started::class.java

    override fun resolveParameter(parameter: ParameterContext, context: ExtensionContext): Any =
        context.root.getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Started::class.java) { Started(start()) }

    companion object {
        /** The services below one folder for all runs, so that MariaDB is unpacked only once. */
        fun start(): Services {
            val settings = ServiceSettings(
                mongo = System.getenv("TWITCHACTORS_TEST_MONGO")?.let { MongoEndpoint(it, "twitchactors") },
                mariaDbHome = System.getenv("TWITCHACTORS_MARIADB_HOME")?.let(Path::of),
                startTimeout = Duration.ofMinutes(3),
            )
            return Services.start(settings, Path.of("target/it/data").toAbsolutePath(), System.err::println)
        }
    }
}
