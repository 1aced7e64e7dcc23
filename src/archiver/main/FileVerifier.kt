package twitchactors.archiver

import twitchactors.archive.NamedFile
import twitchactors.archive.NotOurParquet
import twitchactors.archive.ParquetRows
import twitchactors.archive.SampleArchive
import twitchactors.archive.SampleFile
import twitchactors.archive.Sha256
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.Partitions
import twitchactors.recording.RecordedDays
import twitchactors.restructure.Restructure
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.fileSize
import kotlin.io.path.name

/**
 * Looks at the files of a day: sample files, the archive, its Parquet and description, each against the others and against what was
 * sealed. Changes nothing. Blocks its caller.
 */
class FileVerifier(
    private val recorded: RecordedDays,
    private val folder: ArchiveFolder,
    private val partitions: Partitions,
    private val threads: Int,
) {
    /**
     * What was sealed, to compare with.
     *
     * @param sums over its sightings
     */
    class Sealed(val content: SealedContent, val sums: SightingSums)

    /**
     * Looks at [day].
     *
     * @param sealed null: files are only compared with each other
     * @param isBehind the recorder has not written all that Kafka has: what it has written so far may be less than was sealed
     */
    fun look(day: Day, sealed: Sealed?, isBehind: Boolean = false): DayReport = Look(day, sealed, isBehind).report()

    /** Files that belong to no day. */
    fun strangers(): List<Finding> = folder.strangers().map { Finding("$it", "belongs to no archived day", "look at it and move it away") }

    private inner class Look(private val day: Day, private val sealed: Sealed?, private val isBehind: Boolean) {
        private val findings = ArrayList<Finding>()
        private val notes = ArrayList<String>()
        private var survey: DaySurvey? = null
        private val archiveAgain = "put back a good copy of it, or run 'archive $day' while its sample files are still there"

        fun report(): DayReport {
            val waiting = recorded.files(day)
            recorded.strangers(day).forEach {
                findings += Finding("$it", "is no sample file", "look at it and move it away")
            }
            val archive = folder.archive(day)
            val description = describe()
            if (archive.exists()) archive(archive, description, waiting) else samples(waiting, description)
            parquet(description)
            return DayReport(day, sealed?.content, survey, findings, notes)
        }

        private fun describe(): ArchiveDescription? {
            val file = folder.description(day)
            val description = folder.describe(day)
            val others = listOf(folder.archive(day), folder.parquet(day)).filter { it.exists() }
            if (description == null && file.exists()) findings += Finding("$file", "is no description of an archive", "run 'archive $day'")
            if (description == null && !file.exists() && others.isNotEmpty()) {
                findings += Finding("$file", "is missing beside ${others.first().name}", "run 'archive $day'")
            }
            listOfNotNull(description?.archive, description?.parquet).filterNot { folder.root.resolve(it.name).exists() }.forEach {
                findings += Finding("${folder.root.resolve(it.name)}", "is missing", archiveAgain)
            }
            return description
        }

        /** Whether the file is the one that [wanted] describes. */
        private fun isAs(file: Path, wanted: NamedFile?) =
            wanted == null || file.fileSize() == wanted.size && Sha256.of(file) == wanted.sha256

        private fun archive(archive: Path, description: ArchiveDescription?, waiting: List<SampleFile>) {
            val isAsDescribed = isAs(archive, description?.archive)
            if (!isAsDescribed) {
                findings += Finding("$archive", "is not the file that its description names: other bytes", archiveAgain)
            }
            try {
                SampleArchive.open(archive).use { opened ->
                    val manifest = opened.manifest
                    if (manifest == null) findings += Finding("$archive", "has no manifest", archiveAgain)
                    opened.differences().forEach { findings += Finding("$archive", it, archiveAgain) }
                    doubled(DaySurvey.of(opened.files.files, day), "$archive")
                    val wanted = sealed?.content?.digest ?: description?.content?.digest
                    if (manifest != null && wanted != null && manifest.digest != wanted && waiting.isEmpty()) {
                        val what = if (sealed == null) "its description is about" else "was sealed"
                        findings +=
                            Finding("$archive", "is stale: it holds the digest ${manifest.digest}, and $what $wanted", "run 'archive $day'")
                    }
                    if (waiting.isNotEmpty()) notes += "$day: ${waiting.size} sample files wait for the next archive"
                    content(opened.files.files + waiting, "$archive", wanted)
                }
            } catch (bad: BadInput) {
                if (isAsDescribed) findings += Finding("$archive", bad.message.orEmpty().removePrefix("$archive: "), archiveAgain)
            }
        }

        private fun samples(waiting: List<SampleFile>, description: ArchiveDescription?) {
            val place = "sample files of $day"
            when {
                waiting.isNotEmpty() -> content(waiting, place, sealed?.content?.digest)
                isBehind -> notes += "$day: its sample files are not written yet; a node with the role archive does that"
                description == null && sealed != null && sealed.content.viewers > 0 ->
                    findings +=
                        Finding(
                            place,
                            "there are none, and no archive",
                            "put back the archive from a copy, or feed the day again by 'replay'",
                        )
            }
        }

        /** Compares what [files] fold to with [wanted]. */
        private fun content(files: List<SampleFile>, place: String, wanted: String?) {
            val found = DaySurvey.of(files, day).also { survey = it }
            found.rejected.forEach { findings += Finding("$place, ${it.file}", it.reason, "put back a good copy of it") }
            if (!folder.archive(day).exists()) doubled(found, place)
            if (found.slots.isEmpty) return
            val rows = Files.createTempFile("twitchactors-verify-", ".parquet")
            try {
                val digest = Files.newOutputStream(rows).buffered().use { out ->
                    Restructure(threads).run(files, day, ViewerDayFormat.PARQUET, out, withDigest = true).digest
                }
                if (wanted == null || digest == wanted) return
                if (isBehind && !folder.archive(day).exists()) {
                    notes += "$day: its sample files are not all written yet"
                } else {
                    differs(rows, place, found)
                }
            } finally {
                Files.deleteIfExists(rows)
            }
        }

        private fun differs(rows: Path, place: String, found: DaySurvey) {
            val places = sealed?.let { sums(rows).placesOtherThanIn(it.sums) }.orEmpty()
            if (places.isEmpty()) findings += Finding(place, "folds to another digest than its description says", archiveAgain)
            for ((slot, streamers) in places.entries.take(MOST_SLOTS)) {
                val name = "${slot.startsAt(day)}.json"
                val said = if (slot in
                    found.missing
                ) {
                    "slot $slot ($name) is missing"
                } else {
                    "slot $slot ($name) has other viewers than were sealed"
                }
                val whose = streamers.take(MOST_STREAMERS).joinToString() + if (streamers.size > MOST_STREAMERS) ", .." else ""
                findings += Finding(
                    place,
                    "$said: ${streamers.size} streamers, $whose",
                    "put back a good copy; where the files are right, 'restore $day' or 'replay' adds what the sealed day lacks",
                )
            }
            if (places.size > MOST_SLOTS) findings += Finding(place, "${places.size - MOST_SLOTS} more slots differ", "see above")
        }

        private fun doubled(found: DaySurvey, place: String) = found.doubled.forEach { slot ->
            findings +=
                Finding(
                    place,
                    "slot $slot (${slot.startsAt(day)}.json) has more files than one",
                    "look at them and keep the recorder's own",
                )
        }

        private fun parquet(description: ArchiveDescription?) {
            val file = folder.parquet(day)
            if (!file.exists()) return
            if (!isAs(file, description?.parquet)) {
                findings +=
                    Finding("$file", "is not the file that its description names: other bytes", "run 'archive $day' after removing it")
            }
            val wanted = sealed ?: return
            try {
                val sums = sums(file)
                val partitions = sums.partitionsOtherThanIn(wanted.sums)
                if (partitions.isEmpty() || recorded.files(day).isNotEmpty()) return
                val size = ParquetRows.open(file).size
                findings += Finding(
                    "$file",
                    "has $size rows, sealed were ${wanted.content.pairs}; viewers of partition ${partitions.joinToString()} differ",
                    "run 'archive $day' after removing it",
                )
            } catch (bad: NotOurParquet) {
                findings += Finding("$file", bad.reason, "run 'archive $day' after removing it")
            }
        }

        private fun sums(parquet: Path): SightingSums {
            val rows = ParquetRows.open(parquet)
            return SightingSums(partitions).also { rows.forEach(it.sink(rows.streamers)) }
        }
    }

    private companion object {
        const val MOST_SLOTS = 10
        const val MOST_STREAMERS = 5
    }
}
