package twitchactors.pipeline

import twitchactors.services.KafkaEndpoint
import twitchactors.services.MariaDbEndpoint
import twitchactors.services.MongoEndpoint
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.locks.LockSupport
import kotlin.io.path.createDirectories

/** Kafka, MariaDB and the document store, in this JVM, each of which can be away for a while. */
class SeparateServices(folder: Path) : AutoCloseable {
    /** One service by itself, on a port that it keeps. */
    class Stoppable(private val folder: Path, private val settings: ServiceSettings) : AutoCloseable {
        var services = Services.start(settings, folder)
            private set

        /** Stops it, waits, starts it again. */
        fun away(time: Duration) {
            services.close()
            // The length of the outage is what is tried.
            val end = System.nanoTime() + time.toNanos()
            while (System.nanoTime() < end) LockSupport.parkNanos(end - System.nanoTime())
            services = Services.start(settings, folder)
        }

        override fun close() = services.close()
    }

    /** What a service asks for besides itself; nobody else uses these, and they stay. */
    private val all = Services.start(ServiceSettings(), folder.resolve("all").createDirectories())
    val kafka = Stoppable(folder.resolve("kafka").createDirectories(), ServiceSettings(mariaDb = all.mariaDb, mongo = all.mongo))
    val mariaDb = Stoppable(folder.resolve("mariadb").createDirectories(), ServiceSettings(kafka = all.kafka, mongo = all.mongo))
    val mongo = Stoppable(folder.resolve("mongo").createDirectories(), ServiceSettings(kafka = all.kafka, mariaDb = all.mariaDb))

    /** How a program is told of them. */
    val environment: Map<String, String>
        get() = told(kafka.services.kafka, mariaDb.services.mariaDb, mongo.services.mongo)

    override fun close() = listOf(kafka, mariaDb, mongo, all).forEach(AutoCloseable::close)

    companion object {
        /** How long a service is away. */
        val AWAY: Duration = Duration.ofSeconds(System.getenv("TWITCHACTORS_TEST_OUTAGE_SECONDS")?.toLong() ?: 15)

        /** How a program is told of services that run. */
        fun told(kafka: KafkaEndpoint, mariaDb: MariaDbEndpoint, mongo: MongoEndpoint): Map<String, String> = mapOf(
            "TWITCHACTORS_KAFKA_BOOTSTRAP_SERVERS" to kafka.bootstrapServers,
            "TWITCHACTORS_MARIADB_URL" to mariaDb.url,
            "TWITCHACTORS_MARIADB_USER" to mariaDb.user,
            "TWITCHACTORS_MARIADB_PASSWORD" to mariaDb.password,
            "TWITCHACTORS_MONGO_URI" to mongo.uri,
        )
    }
}
