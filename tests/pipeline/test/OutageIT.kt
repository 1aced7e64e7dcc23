package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.sql.DriverManager
import kotlin.io.path.createDirectories

/**
 * Kafka, MariaDB and the document store are stopped in the middle of a day, one after the other, and started again later, each with
 * its data. `TWITCHACTORS_TEST_OUTAGE_SECONDS` is how long each is away.
 */
class OutageIT {
    /** How often a partition has been claimed so far: the last thing a pipeline does before it works. */
    private fun SeparateServices.claims(): Long =
        mariaDb.services.mariaDb.let { DriverManager.getConnection(it.url, it.user, it.password) }.use { connection ->
            connection.createStatement().use { statement ->
                statement.executeQuery("SELECT COALESCE(SUM(fence), 0) FROM partition_checkpoints").use {
                    if (it.next()) it.getLong(1) else 0
                }
            }
        }

    @Test
    fun `what needs Kafka, MariaDB or MongoDB waits while it is away, goes on by itself, and the day is exact`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 31, viewers = 20_000, streamers = 40)
        SeparateServices(folder.resolve("services").createDirectories()).use { three ->
            val data = Data(folder.resolve("data"), three.environment + QUICK)
            val away = listOf("kafka" to three.kafka, "mariadb" to three.mariaDb, "mongo" to three.mongo)
            for ((part, service) in day.parts(away.size).zip(away)) {
                val claims = runCatching { three.claims() }.getOrDefault(0)
                data.startReplay(part, "--day", day.date).use { replay ->
                    val works = { runCatching { three.claims() }.getOrDefault(0) >= claims + PARTITIONS }
                    assertTrue(replay.reaches("partitions that work", works), replay.news.takeLast(3000))
                    val before = replay.residentMiB
                    service.second.away(SeparateServices.AWAY)
                    val after = replay.residentMiB
                    val ended = replay.end()
                    println(
                        "${service.first} away for ${SeparateServices.AWAY.toSeconds()} s: resident $before MiB before, $after MiB after",
                    )
                    assertTrue(ended.exit in 0..1, "$ended")
                    assertTrue(after < before + GROWTH_MIB, "while ${service.first} was away, memory went from $before to $after MiB")
                }
            }
            assertEquals(day.digest, data.replay(day.source, day.date).digest)
            data.assertHolds(day)
        }
    }

    private companion object {
        /** A program that has just begun still takes what its heap may be. */
        const val GROWTH_MIB = 400
        const val PARTITIONS = 16
        val QUICK = mapOf("TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "500 ms")
    }
}
