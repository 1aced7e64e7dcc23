package twitchactors.services

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import twitchactors.domain.BadInput
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.Properties

/**
 * What `twitchactors.services` says: for each service its external address, or null for the embedded one.
 *
 * @param startTimeout from the start of a service until it answers
 * @param mariaDbHome an unpacked MariaDB server for the embedded one; null: unpacked below the data folder
 * @param bufferPool bytes of the embedded MariaDB's page memory
 * @param mongoCache bytes of the embedded document store's page memory (heap)
 */
class ServiceSettings(
    val kafka: KafkaEndpoint? = null,
    val mariaDb: MariaDbEndpoint? = null,
    val mongo: MongoEndpoint? = null,
    val mongoDatabase: String = "twitchactors",
    val startTimeout: Duration = Duration.ofSeconds(90),
    val mariaDbHome: Path? = null,
    val bufferPool: Long = 64L shl 20,
    val mongoCache: Long = 32L shl 20,
) {
    /** True when nothing runs embedded, so that no data folder has to be owned. */
    val allExternal: Boolean get() = kafka != null && mariaDb != null && mongo != null

    companion object {
        /** Reads the section `twitchactors.services` of [config]; throws [BadInput] naming the key that is wrong. */
        fun from(config: Config): ServiceSettings = try {
            read(config.getConfig("twitchactors.services"))
        } catch (wrong: ConfigException) {
            throw BadInput("configuration: ${wrong.message}", wrong)
        }

        private fun read(services: Config): ServiceSettings {
            val database = services.getString("mongo.database")
            return ServiceSettings(
                kafka = kafka(services.getConfig("kafka")),
                mariaDb = mariaDb(services.getConfig("mariadb")),
                mongo = secret(services, "mongo.uri", "mongo.uri-file").ifEmpty { null }?.let { MongoEndpoint(it, database) },
                mongoDatabase = database,
                startTimeout = services.getDuration("start-timeout"),
                mariaDbHome = services.getString("mariadb.home").ifEmpty { null }?.let { Path.of(it) },
                bufferPool = services.getBytes("mariadb.buffer-pool"),
                mongoCache = services.getBytes("mongo.cache"),
            )
        }

        private fun kafka(kafka: Config): KafkaEndpoint? {
            val servers = kafka.getString("bootstrap-servers").ifEmpty { return null }
            val replication = kafka.getInt("replication")
            if (replication !in 1..Short.MAX_VALUE) bad("kafka.replication is $replication: 1 or more is possible")
            val file = kafka.getString("properties-file")
            val properties = Properties()
            if (file.isNotEmpty()) {
                readable("kafka.properties-file", file) { path -> Files.newBufferedReader(path).use { properties.load(it) } }
            }
            return KafkaEndpoint(
                servers,
                properties.stringPropertyNames().associateWith { properties.getProperty(it) },
                replication.toShort(),
                kafka.getBoolean("create-topics"),
            )
        }

        private fun mariaDb(mariaDb: Config): MariaDbEndpoint? {
            val url = mariaDb.getString("url").ifEmpty { return null }.replaceFirst(Regex("^jdbc:mysql:"), "jdbc:mariadb:")
            if (!url.startsWith("jdbc:mariadb:")) bad("mariadb.url must start with jdbc:mariadb: or jdbc:mysql:")
            return MariaDbEndpoint(url, mariaDb.getString("user"), secret(mariaDb, "password", "password-file"))
        }

        /** The value of [key], or else the first line of the file that [fileKey] names; empty when neither is given. */
        private fun secret(config: Config, key: String, fileKey: String): String {
            val file = config.getString(fileKey)
            if (config.getString(key).isNotEmpty() || file.isEmpty()) return config.getString(key)
            return readable(fileKey, file) { path -> Files.newBufferedReader(path).use { it.readLine().orEmpty() } }
        }

        private fun <T> readable(key: String, file: String, read: (Path) -> T): T = try {
            read(Path.of(file))
        } catch (unreadable: IOException) {
            throw BadInput("twitchactors.services.$key names $file, which cannot be read: $unreadable", unreadable)
        }

        private fun bad(what: String): Nothing = throw BadInput("twitchactors.services.$what")
    }
}
