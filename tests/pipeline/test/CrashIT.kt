package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.LocalDate
import kotlin.random.Random

/**
 * Kills a replay at seeded moments of all its phases and starts it again, until the day is there: exact, every time. The short
 * form has 4 kills; TWITCHACTORS_TEST_KILLS sets another number, TWITCHACTORS_TEST_SEED other moments.
 */
class CrashIT {
    private val kills = System.getenv("TWITCHACTORS_TEST_KILLS")?.toInt() ?: SHORT.size
    private val random = Random(System.getenv("TWITCHACTORS_TEST_SEED")?.toInt() ?: 1)

    /** By pairs, so that each phase is hit with and without MariaDB going down too. */
    private fun plan(): List<Crash> = List(kills) { i ->
        val phase = if (kills <= SHORT.size) SHORT[i] else Phase.entries[i % Phase.entries.size]
        Crash(phase, group = (i + i / Phase.entries.size) % 2 == 0, random)
    }

    @Test
    fun `a replay that is killed again and again ends with the same day as one that was not`(@TempDir folder: Path) {
        // Checkpoints at every turn: more moments at which one is being written.
        val data = Data(folder.resolve("data"), mapOf("TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "150 ms"))
        try {
            val plan = ArrayDeque(plan())
            val days = ArrayList<RecordedDay>()
            var misses = 0
            var hits = 0
            while (plan.isNotEmpty()) {
                check(misses < MISSES) { "$misses moments never came; the next would have been ${plan.first().phase}" }
                val day = RecordedDay(folder, "${LocalDate.of(2022, 8, 1).plusDays(days.size.toLong())}", seed = random.nextInt(1, 1000))
                days += day
                while (plan.isNotEmpty()) {
                    val crash = plan.first()
                    val hit = data.startReplay(day.source, "--day", day.date).use { replay ->
                        crash.hit(replay, data, day) { System.err.println("kill ${hits + 1} of $kills: $it") }
                            .also { if (!it) data.replayed(replay.end()) }
                    }
                    if (!hit) {
                        System.err.println("missed: ${crash.phase} of ${day.date} was over")
                        misses++
                        break
                    }
                    plan.removeFirst()
                    hits++
                    // What is sealed already is not sealed again: the next moments need another day.
                    if (crash.phase >= Phase.SEALING) break
                }
                assertEquals(day.digest, data.replay(day.source, day.date).digest)
            }
            assertEquals(kills, hits)
            days.forEach { data.assertHolds(it) }
            assertEquals(emptyList<Long>(), data.servers(), "MariaDB servers that nobody ended")
        } finally {
            data.clear()
        }
    }

    private companion object {
        val SHORT = listOf(Phase.STARTING, Phase.SPLITTING, Phase.CHECKPOINTING, Phase.SEALING)
        const val MISSES = 6
    }
}
