package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.services.KafkaEndpoint
import twitchactors.services.MongoEndpoint
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import java.nio.file.Files
import java.nio.file.Path
import java.sql.DriverManager
import java.time.Duration
import java.util.concurrent.locks.LockSupport
import kotlin.io.path.createDirectories

/**
 * Kafka, MariaDB and the document store are stopped in the middle of a day, one after the other, and started again later, each with
 * its data. `TWITCHACTORS_TEST_OUTAGE_SECONDS` is how long each is away.
 */
class OutageIT {
    /** One service by itself, in this JVM, on a port that it keeps. */
    private class Stoppable(private val folder: Path, private val settings: ServiceSettings) : AutoCloseable {
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

    /** Each of the three by itself; the others of its process belong to [all], which stays. */
    private class Three(folder: Path) : AutoCloseable {
        private val all = Services.start(ServiceSettings(), folder.resolve("all").createDirectories())
        val kafka = Stoppable(folder.resolve("kafka").createDirectories(), ServiceSettings(mariaDb = all.mariaDb, mongo = all.mongo))
        val mariaDb = Stoppable(folder.resolve("mariadb").createDirectories(), ServiceSettings(kafka = all.kafka, mongo = all.mongo))
        val mongo = Stoppable(folder.resolve("mongo").createDirectories(), ServiceSettings(kafka = all.kafka, mariaDb = all.mariaDb))

        /** How a program is told of them. */
        fun environment(): Map<String, String> {
            val bootstrap: KafkaEndpoint = kafka.services.kafka
            val database = mariaDb.services.mariaDb
            val documents: MongoEndpoint = mongo.services.mongo
            return mapOf(
                "TWITCHACTORS_KAFKA_BOOTSTRAP_SERVERS" to bootstrap.bootstrapServers,
                "TWITCHACTORS_MARIADB_URL" to database.url,
                "TWITCHACTORS_MARIADB_USER" to database.user,
                "TWITCHACTORS_MARIADB_PASSWORD" to database.password,
                "TWITCHACTORS_MONGO_URI" to documents.uri,
            )
        }

        /** How often a partition has been claimed so far: the last thing a pipeline does before it works. */
        fun claims(): Long = mariaDb.services.mariaDb.let { DriverManager.getConnection(it.url, it.user, it.password) }.use { connection ->
            connection.createStatement().use { statement ->
                statement.executeQuery("SELECT COALESCE(SUM(fence), 0) FROM partition_checkpoints").use {
                    if (it.next()) it.getLong(1) else 0
                }
            }
        }

        override fun close() = listOf(kafka, mariaDb, mongo, all).forEach(AutoCloseable::close)
    }

    @Test
    fun `what needs Kafka, MariaDB or MongoDB waits while it is away, goes on by itself, and the day is exact`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 31, viewers = 20_000, streamers = 40)
        Three(folder.resolve("services").createDirectories()).use { three ->
            val data = Data(folder.resolve("data"), three.environment() + QUICK)
            val away = listOf("kafka" to three.kafka, "mariadb" to three.mariaDb, "mongo" to three.mongo)
            for ((part, service) in day.parts(away.size).zip(away)) {
                val claims = runCatching { three.claims() }.getOrDefault(0)
                data.startReplay(part, "--day", day.date).use { replay ->
                    val works = { runCatching { three.claims() }.getOrDefault(0) >= claims + PARTITIONS }
                    assertTrue(replay.reaches("partitions that work", works), replay.news.takeLast(3000))
                    val before = replay.residentMiB()
                    service.second.away(AWAY)
                    val after = replay.residentMiB()
                    val ended = replay.end()
                    println("${service.first} away for ${AWAY.toSeconds()} s: resident $before MiB before, $after MiB after")
                    assertTrue(ended.exit in 0..1, "$ended")
                    assertTrue(after < before + GROWTH_MIB, "while ${service.first} was away, memory went from $before to $after MiB")
                }
            }
            assertEquals(day.digest, data.replay(day.source, day.date).digest)
            data.assertHolds(day)
        }
    }

    private fun Program.residentMiB(): Long = Files.readAllLines(Path.of("/proc/$pid/status")).first { it.startsWith("VmRSS:") }
        .filter(Char::isDigit).toLong() / 1024

    private companion object {
        val AWAY: Duration = Duration.ofSeconds(System.getenv("TWITCHACTORS_TEST_OUTAGE_SECONDS")?.toLong() ?: 15)

        /** A program that has just begun still takes what its heap may be. */
        const val GROWTH_MIB = 400
        const val PARTITIONS = 16
        val QUICK = mapOf("TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "500 ms")
    }
}
