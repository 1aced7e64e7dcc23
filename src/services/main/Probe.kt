package twitchactors.services

import com.mongodb.ConnectionString
import com.mongodb.MongoClientSettings
import com.mongodb.MongoException
import com.mongodb.client.MongoClient
import com.mongodb.client.MongoClients
import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.AdminClientConfig
import org.apache.kafka.common.KafkaException
import org.bson.Document
import twitchactors.domain.BadInput
import java.sql.Connection
import java.sql.DriverManager
import java.sql.SQLException
import java.time.Duration
import java.util.Properties
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/** Asks a service for a sign of life over its own protocol, within [PATIENCE_MS]. Keeps one connection. */
internal interface Probe : AutoCloseable {
    /** Null when the service answered, else one line that says what came instead. */
    fun ask(): String?

    companion object {
        const val PATIENCE_MS = 3000L

        fun of(kafka: KafkaEndpoint): Probe = object : Probe {
            private var admin: Admin? = null

            override fun ask(): String? = try {
                val asked = admin ?: Admin.create(
                    kafka.clientProperties + mapOf(
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG to "$PATIENCE_MS",
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG to "$PATIENCE_MS",
                        AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG to "500",
                    ),
                ).also { admin = it }
                asked.describeCluster().nodes().get(PATIENCE_MS + 500, TimeUnit.MILLISECONDS)
                null
            } catch (failure: ExecutionException) {
                "$kafka does not answer: ${failure.cause?.message}"
            } catch (_: TimeoutException) {
                "$kafka does not answer within $PATIENCE_MS ms"
            } catch (failure: KafkaException) {
                "$kafka: ${failure.cause?.message ?: failure.message}"
            }

            override fun close() {
                admin?.close(Duration.ZERO)
            }
        }

        fun of(mariaDb: MariaDbEndpoint): Probe = object : Probe {
            private var connection: Connection? = null

            override fun ask(): String? = try {
                val asked = connection ?: DriverManager.getConnection(mariaDb.url, login()).also { connection = it }
                if (asked.isValid((PATIENCE_MS / 1000).toInt())) null else forget("$mariaDb does not answer")
            } catch (failure: SQLException) {
                forget("$mariaDb does not answer: ${failure.message}")
            }

            private fun login() = Properties().apply {
                put("user", mariaDb.user)
                put("password", mariaDb.password)
                put("connectTimeout", "$PATIENCE_MS")
                put("socketTimeout", "$PATIENCE_MS")
            }

            private fun forget(reason: String): String {
                close()
                return reason
            }

            override fun close() {
                connection?.runCatching { close() }
                connection = null
            }
        }

        fun of(mongo: MongoEndpoint): Probe = object : Probe {
            private var client: MongoClient? = null

            override fun ask(): String? = try {
                (client ?: MongoClients.create(settings()).also { client = it })
                    .getDatabase(mongo.database).runCommand(Document("ping", 1))
                null
            } catch (failure: MongoException) {
                "$mongo does not answer: ${failure.message?.substringBefore(". Client view")}"
            }

            private fun settings(): MongoClientSettings = try {
                MongoClientSettings.builder()
                    .applyConnectionString(ConnectionString(mongo.uri))
                    .applyToClusterSettings { it.serverSelectionTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS) }
                    .applyToSocketSettings {
                        it.connectTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                        it.readTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    }
                    .applyToConnectionPoolSettings { it.maxSize(1) }
                    .build()
            } catch (wrong: IllegalArgumentException) {
                throw BadInput("twitchactors.services.mongo.uri is no MongoDB connection string", wrong)
            }

            override fun close() {
                client?.close()
            }
        }
    }
}
