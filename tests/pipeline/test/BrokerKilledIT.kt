package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import java.nio.file.Path
import java.sql.DriverManager
import kotlin.io.path.createDirectories
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/** Kafka is killed under pollers that collect, and comes back some slots later: what it did not get is sent again, or listed. */
class BrokerKilledIT {
    @Test
    fun `a broker that is killed in the middle costs polls of its absence at most, and each is listed`(@TempDir folder: Path) {
        Services.start(ServiceSettings(), folder.resolve("others").createDirectories()).use { others ->
            BrokerProcess(folder.resolve("kafka"), others).use { broker -> collect(folder, broker, others) }
        }
    }

    private fun collect(folder: Path, broker: BrokerProcess, others: Services) {
        SimulatedTwitch.start(SIZE, folder.resolve("served.jsonl")).use { twitch ->
            val environment = mapOf(
                "TWITCHACTORS_KAFKA_BOOTSTRAP_SERVERS" to broker.address,
                "TWITCHACTORS_MARIADB_URL" to others.mariaDb.url,
                "TWITCHACTORS_MARIADB_USER" to others.mariaDb.user,
                "TWITCHACTORS_MARIADB_PASSWORD" to others.mariaDb.password,
                "TWITCHACTORS_MONGO_URI" to others.mongo.uri,
                "TWITCHACTORS_SIMULATION_TWITCH" to twitch.url,
                "TWITCHACTORS_ARCHIVER_NIGHTLY" to "false",
            )
            val data = folder.resolve("data")
            twitch.authorize(data, environment)
            twitch.begin()
            Program.start(listOf("run", "--port", 0, "--data", data), environment).use { run ->
                val samples = data.resolve("samples/$DAY")
                await(run, "samples") { slots(samples).size >= SLOTS_BEFORE }
                val killedIn = twitch.slot()
                broker.kill()
                await(run, "slots without Kafka") { twitch.slot() >= killedIn + SLOTS_AWAY }
                broker.restart()
                await(run, "samples again") { slots(samples).any { it > killedIn + SLOTS_AWAY } }
                val backIn = twitch.slot()
                await(run, "the sealed day") { published(others) == PARTITIONS }
                run.signal("INT")
                assertEquals(0, run.end().exit, run.news)
                compare(folder, samples, ServedDay(twitch.served, DAY), killedIn..backIn, environment)
            }
        }
    }

    private fun compare(folder: Path, samples: Path, served: ServedDay, away: IntRange, environment: Map<String, String>) {
        val exported = folder.resolve("collected.jsonl")
        Program.run("export", DAY, "--data", folder.resolve("data"), "--out", exported, environment = environment)
        val found = CollectedDay(samples, exported).assertIs(served)
        val since = served.wholeLists.minOf { it.slot }
        // Before the first list nothing ran; what was under way when Kafka went may be of the slot before.
        val others = found.gaps.filterKeys { it.slot > since && it.slot !in away.first - 1..away.last }
        println("$found; Kafka away in the slots $away, when ${found.gaps.keys.count { it.slot in away }} polls became gaps")
        assertEquals(emptyMap<ServedDay.Poll, String>(), others, "gaps in slots in which Kafka was there")
        assertTrue(found.samples > LEAST_SAMPLES, "$found")
    }

    private fun await(run: Program, what: String, condition: () -> Boolean) =
        assertTrue(run.reaches(what) { runCatching(condition).getOrDefault(false) }, run.news.takeLast(3000))

    private fun slots(samples: Path): List<Int> = if (samples.isDirectory()) {
        samples.listDirectoryEntries("*.json").map { (it.name.substringBefore('.').toLong() / 300 % 288).toInt() }
    } else {
        emptyList()
    }

    private fun published(services: Services): Int =
        services.mariaDb.let { DriverManager.getConnection(it.url, it.user, it.password) }.use { connection ->
            connection.createStatement().use { statement ->
                statement.executeQuery("SELECT COUNT(*) FROM partition_seals WHERE published AND day = '$DAY'").use {
                    if (it.next()) it.getInt(1) else 0
                }
            }
        }

    private companion object {
        const val DAY = "2022-08-01"

        /** A slot in 5 s: longer than what a busy machine takes for a poll. */
        val SIZE = listOf("--viewers", 3_000, "--streamers", 60, "--speed", 60, "--day", DAY, "--at", "22:20")
        const val SLOTS_BEFORE = 3
        const val SLOTS_AWAY = 3
        const val PARTITIONS = 16
        const val LEAST_SAMPLES = 80
    }
}
