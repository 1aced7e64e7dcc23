package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** Two processes on one data folder: the first runs the services, the second uses them, and goes on when the first is gone. */
class TwoReplaysIT {
    @Test
    fun `two halves of a day at once make the whole day`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 7)
        val data = Data(folder.resolve("data"))
        try {
            val (a, b) = day.parts(2)
            data.startReplay(a, "--day", day.date).use { first ->
                assertTrue(first.reaches("an owner") { data.isOwnedBy(first) })
                data.startReplay(b, "--day", day.date).use { second ->
                    data.replayed(first.end())
                    data.replayed(second.end())
                }
            }
            data.assertHolds(day)
        } finally {
            data.clear()
        }
    }

    @Test
    fun `who uses the services of a process that is killed goes on with its own`(@TempDir folder: Path) {
        val day = RecordedDay(folder, "2022-08-01", seed = 8)
        val data = Data(folder.resolve("data"))
        try {
            val (a, b) = day.parts(2)
            data.startReplay(a, "--day", day.date).use { first ->
                assertTrue(first.reaches("ready services") { data.isReady(first) })
                data.startReplay(b, "--day", day.date).use { other ->
                    Watch(data, day).use { watch -> assertTrue(first.reaches("samples") { watch.samples > 0 }) }
                    first.killGroup()
                    data.replayed(other.end())
                }
            }
            data.replay(a, day.date)
            data.assertHolds(day)
        } finally {
            data.clear()
        }
    }
}
