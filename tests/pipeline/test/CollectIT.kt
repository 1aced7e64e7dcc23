package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/**
 * A day is collected from a simulated Twitch with every fault there is, through the whole program, which is killed in the middle: what is
 * stored in the end is what was served, and what is missing is listed with its reason. The day before is archived meanwhile. The short
 * form has the last hours of the day and 60 streamers; with TWITCHACTORS_TEST_WHOLE_DAY=true it is a whole day of 200.
 */
class CollectIT {
    private val isWhole = System.getenv("TWITCHACTORS_TEST_WHOLE_DAY") == "true"
    private val size = if (isWhole) {
        listOf("--viewers", 100_000, "--streamers", 200, "--speed", 120, "--at", "00:00")
    } else {
        listOf("--viewers", 3_000, "--streamers", 60, "--speed", 150, "--at", "20:00")
    } + listOf("--day", DAY, "--authorized", 0.7)

    /** Seconds; a bound against hanging. */
    private val patience = if (isWhole) 2_400L else Program.LIMIT_SECONDS

    @Test
    fun `what is stored of a collected day is what was served, and every gap has its reason`(@TempDir folder: Path) {
        SimulatedTwitch.start(size, folder.resolve("served.jsonl")).use { twitch ->
            val environment = mapOf(
                "TWITCHACTORS_SIMULATION_TWITCH" to twitch.url,
                "TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "500 ms",
                "TWITCHACTORS_COLLECT_TOP" to "200",
                // The day before is archived while this one is collected, some slots after it has begun.
                "TWITCHACTORS_ARCHIVER_AT" to if (isWhole) "04:00" else "21:15",
                "TWITCHACTORS_ARCHIVER_LOOK_EVERY" to "200 ms",
                "TWITCHACTORS_ARCHIVER_RETRY_AFTER" to "200 ms",
            )
            val data = Data(folder.resolve("data"), environment)
            val before = RecordedDay(folder, DAY_BEFORE, seed = 9, viewers = 2_000, streamers = 15)
            data.replay(before.source, DAY_BEFORE)
            twitch.authorize(data.path, environment)
            twitch.fail(FAULTS)
            twitch.begin()
            var archivedIn = SLOTS
            run(data, environment) { run ->
                run.reaches("samples", patience) { slots(data).size >= SLOTS_BEFORE_THE_KILL }
                run.reaches("the archive of the day before", patience) { data.path.resolve("archive/$DAY_BEFORE.json").exists() }
                archivedIn = twitch.slot()
                run.reaches("samples of a slot after it", patience) { slots(data).any { it > archivedIn } }
            }.killGroup()
            data.clear()
            var goesOn = SLOTS
            val until = { run: Program ->
                run.reaches("ready services") { data.isReady(run) }
                goesOn = twitch.slot() + 1
                run.reaches("the sealed day", patience) { isSealed(data, run) }
            }
            run(data, environment, until).use { run ->
                run.signal("INT")
                assertEquals(0, run.end().exit, run.news)
            }
            val happened = twitch.faults()
            println(happened)
            val rare = if (isWhole) emptySet() else RARE
            assertEquals(emptySet<String>(), happened.filterValues { it == 0 }.keys - rare, "faults that did not happen")
            assertArchivedMeanwhile(data, archivedIn, goesOn)
            compare(data, ServedDay(twitch.served, DAY), environment)
        }
    }

    private fun run(data: Data, environment: Map<String, String>, until: (Program) -> Boolean): Program {
        val run = Program.start(listOf("run", "--port", 0, "--data", data.path), environment)
        try {
            assertTrue(until(run), run.news.takeLast(3000))
            return run
        } catch (failure: Throwable) {
            run.close()
            throw failure
        }
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

    /** The slots of the day of which there are samples. */
    private fun slots(data: Data): Set<Int> = data.path.resolve("samples/$DAY").let { folder ->
        if (folder.exists()) folder.listDirectoryEntries("*.json").map { slot(it) }.toSet() else emptySet()
    }

    private fun slot(file: Path): Int = (file.name.substringBefore('.').toLong() / SECONDS_OF_A_SLOT % SLOTS).toInt()

    /**
     * The day before became an archive, in the slot [archivedIn], and no slot is without samples: from the first to the one after it, and
     * from [goesOn] to the end, with the kill between.
     */
    private fun assertArchivedMeanwhile(data: Data, archivedIn: Int, goesOn: Int) {
        assertEquals(emptyList<Path>(), data.path.resolve("samples/$DAY_BEFORE").listDirectoryEntries("*.json"))
        val slots = slots(data)
        val missing = ((slots.min()..archivedIn) + (goesOn until SLOTS)).filter { it !in slots }
        assertEquals(emptyList<Int>(), missing, "slots without samples; archived in $archivedIn, killed, and on from $goesOn")
    }

    private fun compare(data: Data, served: ServedDay, environment: Map<String, String>) {
        val exported = data.path.resolveSibling("collected.jsonl")
        Program.run("export", DAY, "--data", data.path, "--out", exported, environment = environment)
        val found = CollectedDay(data.path.resolve("samples/$DAY"), exported).assertIs(served)
        println(found)
        assertTrue(found.samples > LEAST_SAMPLES, "$found")
        assertEquals(emptySet<String>(), setOf("chatters", "membership") - found.sources.keys, "$found")
        assertTrue(found.mixed * MOST_MIXED < found.samples, "$found: too many have names of two slots")
        assertTrue(found.gaps.isNotEmpty(), "$found")
    }

    private companion object {
        const val DAY = "2022-08-01"
        const val DAY_BEFORE = "2022-07-31"
        const val SLOTS = 288
        const val SECONDS_OF_A_SLOT = 300L

        const val SLOTS_BEFORE_THE_KILL = 12
        const val LEAST_SAMPLES = 80

        /** One in so many at most. */
        const val MOST_MIXED = 10

        /**
         * Every kind that there is. A renewed token whose reply is cut is lost, and with it the lists of chatters: what breaks replies
         * leaves those out.
         */
        val FAULTS = listOf(
            "slow-body:0.02,seconds=1,path=/helix",
            "cut-body:0.03,path=/helix",
            "malformed-json:0.03,path=/helix",
            "server-error:0.05,path=/helix",
            "too-many-requests:0.03",
            "expired-token:0.01",
            "cursor-loop:0.05",
            "page-repeats:0.1",
            "page-misses:0.1",
            "missing-streamer:0.2",
            "irc-disconnect:0.15",
            "irc-reconnect:0.15",
            "irc-no-capability:0.2",
        )

        /** Need lists of several pages, or many connections: a short day may have none of them. */
        val RARE = setOf("page-repeats", "page-misses", "cursor-loop", "irc-no-capability")
    }
}
