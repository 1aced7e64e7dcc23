package twitchactors.pipeline

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/** Whatever comes twice, late or in another order: the day is the union of all, and the same as in one process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnionIT {
    private lateinit var folder: Path
    private lateinit var data: Data

    @BeforeAll
    fun open(@TempDir folder: Path) {
        this.folder = folder
        data = Data(folder.resolve("data"))
    }

    @AfterAll
    fun close() = data.clear()

    @Test
    fun `late files give revision 2, equal to all files at once, and what is known already leaves it`() {
        val day = RecordedDay(folder, "2022-08-01", seed = 1)
        val (first, second) = day.parts(2)
        assertEquals(1, data.replay(first, day.date).revision)
        assertEquals(2, data.replay(second, day.date).revision)
        data.assertHolds(day)
        val again = data.replay(day.source, day.date)
        assertEquals(2, again.revision)
        assertEquals(day.digest, again.digest)
        data.assertHolds(day)
    }

    @Test
    fun `every file twice, the last part of the day first`() {
        val day = RecordedDay(folder, "2022-08-02", seed = 2)
        val parts = day.parts(3).onEach(day::double).reversed()
        assertEquals(day.digest, parts.map { data.replay(it, day.date) }.last().digest)
        data.assertHolds(day)
    }

    @Test
    fun `two days in one go, in every format`() {
        val days = listOf(RecordedDay(folder, "2022-08-03", seed = 3), RecordedDay(folder, "2022-08-04", seed = 4))
        val both = folder.resolve("both").createDirectory()
        // A simulated day has files of its neighbours in it, which may be there twice under one name.
        for (file in days.flatMap { it.source.listDirectoryEntries("*.json") }) {
            val of = Math.floorDiv(file.name.substringBefore('.').toLongOrNull() ?: continue, DAY)
            if (days.any { it.source == file.parent && of == java.time.LocalDate.parse(it.date).toEpochDay() }) {
                Files.createLink(both.resolve(file.name), file)
            }
        }
        data.startReplay(both, "--all-days").use { replay -> replay.end().also { check(it.exit in 0..1) { "$it" } } }
        for (day in days) data.assertHolds(day)
        for (format in listOf("jsonl", "parquet")) data.assertHolds(days[0], format)
    }

    private companion object {
        const val DAY = 86_400L
    }
}
