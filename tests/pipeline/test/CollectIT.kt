package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries

/**
 * The last hours of a day are collected from a simulated Twitch with faults, through the whole program, which is killed in the middle:
 * what is stored in the end is what was served, and what is missing is listed with its reason.
 */
class CollectIT {
    @Test
    fun `what is stored of a collected day is what was served, and every gap has its reason`(@TempDir folder: Path) {
        val size = listOf("--viewers", 3_000, "--streamers", 60, "--speed", SPEED, "--day", DAY, "--at", "21:00")
        SimulatedTwitch.start(size, folder.resolve("served.jsonl")).use { twitch ->
            val environment = mapOf(
                "TWITCHACTORS_SIMULATION_TWITCH" to twitch.url,
                "TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "500 ms",
                // The sample files are looked at.
                "TWITCHACTORS_ARCHIVER_NIGHTLY" to "false",
            )
            val data = Data(folder.resolve("data"), environment)
            twitch.authorize(data.path, environment)
            twitch.fail(FAULTS)
            run(data, environment) { it.reaches("samples") { files(data) >= SLOTS_BEFORE_THE_KILL } }.killGroup()
            data.clear()
            run(data, environment) { run -> run.reaches("the sealed day") { isSealed(data, run) } }.use { run ->
                run.signal("INT")
                assertEquals(0, run.end().exit, run.news)
            }
            val happened = twitch.faults()
            assertTrue(FAULTS.map { it.substringBefore(':') }.all { happened.getValue(it) > 0 || it == "page-repeats" }, "$happened")
            compare(data, ServedDay(twitch.served, DAY), environment)
        }
    }

    private fun run(data: Data, environment: Map<String, String>, until: (Program) -> Boolean): Program {
        val run = Program.start(listOf("run", "--port", 0, "--data", data.path), environment)
        assertTrue(until(run), run.news.takeLast(3000))
        return run
    }

    private fun isSealed(data: Data, run: Program): Boolean = data.isReady(run) && runCatching {
        data.connect().use { connection ->
            connection.createStatement().use { statement ->
                statement.executeQuery("SELECT COUNT(*) FROM partition_seals WHERE published AND day = '$DAY'").use {
                    it.next() &&
                        it.getInt(1) == 16
                }
            }
        }
    }.getOrDefault(false)

    private fun files(data: Data): Int = data.path.resolve("samples/$DAY").let { folder ->
        if (folder.toFile().isDirectory) folder.listDirectoryEntries("*.json").size else 0
    }

    private fun compare(data: Data, served: ServedDay, environment: Map<String, String>) {
        val exported = data.path.resolveSibling("collected.jsonl")
        Program.run("export", DAY, "--data", data.path, "--out", exported, environment = environment)
        val found = CollectedDay(data.path.resolve("samples/$DAY"), exported).assertIs(served)
        println(found)
        assertTrue(found.samples > LEAST_SAMPLES, "$found")
        assertTrue(found.mixed * MOST_MIXED < found.samples, "$found: too many have names of two slots")
        assertTrue(found.gaps.isNotEmpty(), "$found")
    }

    private companion object {
        const val DAY = "2022-08-01"

        /** A slot in 1.25 s. */
        const val SPEED = 240
        const val SLOTS_BEFORE_THE_KILL = 12
        const val LEAST_SAMPLES = 80

        /** One in so many at most. */
        const val MOST_MIXED = 10
        val FAULTS = listOf(
            "server-error:0.05",
            "cut-body:0.03",
            "malformed-json:0.03",
            "too-many-requests:0.03",
            "expired-token:0.01",
            "page-repeats:0.1",
            "page-misses:0.1",
        )
    }
}
