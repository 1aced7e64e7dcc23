package twitchactors.archiver

import twitchactors.archive.SampleFileName
import twitchactors.domain.Day
import twitchactors.recording.RecordedDays
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import kotlin.io.path.exists
import kotlin.io.path.getLastModifiedTime
import kotlin.io.path.isDirectory
import kotlin.io.path.isRegularFile
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/**
 * Removes files of a data folder that are old enough, by when they were last written. Blocks its caller; done again, it goes on.
 *
 * @param openedAt when a day was first taken in, as far as that is known
 */
class AgedFiles(private val data: Path, private val openedAt: (Day) -> Instant?, private val now: () -> Instant = Instant::now) {
    private val folder = ArchiveFolder(data.resolve("archive"))
    private val samples = data.resolve("samples")

    /** Archived days that were first taken in longer than [age] ago; the description goes first, so that nothing is named that is gone. */
    fun archives(age: Duration): List<String> {
        val old = folder.days().filter { day -> (openedAt(day) ?: written(day)).let { it != null && isOld(it, age) } }
        if (old.isEmpty()) return emptyList()
        return folder.locked {
            for (day in old) listOf(folder.description(day), folder.archive(day), folder.parquet(day)).forEach(Files::deleteIfExists)
            old.map { "$it" }
        }
    }

    /** When the latest of the three files of [day] was written. */
    private fun written(day: Day): Instant? = listOf(folder.archive(day), folder.parquet(day), folder.description(day))
        .filter { it.exists() }.maxOfOrNull { it.getLastModifiedTime().toInstant() }

    /** Sample files that were written longer than [age] ago. */
    fun sampleFiles(age: Duration): List<String> {
        val old = days().flatMap { day -> day.listDirectoryEntries().filter { SampleFileName.parse(it.name) != null && isOld(it, age) } }
        if (old.isEmpty()) return emptyList()
        return RecordedDays(samples).removeAll(old).groupBy { it.parent.name }.map { (day, files) -> "$day: ${files.size} files" }
    }

    /** What the recorder has put aside, or never finished, longer than [age] ago. */
    fun damagedFiles(age: Duration): List<String> =
        removed(days().flatMap { day -> day.listDirectoryEntries().filter { DAMAGED in it.name || it.name.endsWith(UNFINISHED) } }, age)

    /** CSV files of past days to which nothing was added for longer than [age]. */
    fun csv(age: Duration): List<String> {
        val csv = data.resolve("csv")
        if (!csv.isDirectory()) return emptyList()
        return removed(csv.listDirectoryEntries("*.csv").filter { OF_A_DAY.containsMatchIn(it.name) }, age)
    }

    private fun removed(files: List<Path>, age: Duration): List<String> =
        files.filter { it.isRegularFile() && isOld(it, age) }.sorted().filter(Files::deleteIfExists).map { "${data.relativize(it)}" }

    private fun days(): List<Path> = if (samples.isDirectory()) {
        samples.listDirectoryEntries().filter {
            it.isDirectory() && Day.parse(it.name) != null
        }.sorted()
    } else {
        emptyList()
    }

    private fun isOld(file: Path, age: Duration) = isOld(file.getLastModifiedTime().toInstant(), age)

    private fun isOld(at: Instant, age: Duration) = at < now().minus(age)

    private companion object {
        const val DAMAGED = ".damaged-"
        const val UNFINISHED = ".part"

        /** Put aside under the day that its rows are of. */
        val OF_A_DAY = Regex("""\.\d{4}-\d{2}-\d{2}(\.\d+)?\.csv$""")
    }
}
