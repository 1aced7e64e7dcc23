package twitchactors.archiver

import twitchactors.archive.ArchivePacker
import twitchactors.archive.NamedFile
import twitchactors.archive.ParquetLayout
import twitchactors.archive.ReplacedFile
import twitchactors.archive.SampleArchive
import twitchactors.archive.SampleFile
import twitchactors.archive.Sha256
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.LoginFilter
import twitchactors.domain.Slot
import twitchactors.recording.RecordedDays
import twitchactors.restructure.Restructure
import twitchactors.restructure.StepListener
import twitchactors.restructure.Summary
import twitchactors.store.DayStatus
import java.io.IOException
import java.io.OutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.locks.LockSupport
import kotlin.io.path.createDirectory
import kotlin.io.path.exists
import kotlin.io.path.name

/**
 * Turns the sample files of a sealed day into its archive. All is made under other names and read back; files get their names only
 * when the archive folds to what was sealed, and the sample files go after that. Killed or stopped by a full disk anywhere, nothing is
 * lost: done again, it comes to the same. Blocks its caller.
 *
 * @param threads how many work at folding
 */
class DayArchiver(
    private val recorded: RecordedDays,
    private val folder: ArchiveFolder,
    private val threads: Int,
    private val steps: StepListener = StepListener.None,
) {
    /**
     * What has become of a day.
     *
     * @param isNew false: the archive was there already
     * @param removed how many sample files were removed
     */
    class Archived(val description: ArchiveDescription, val isNew: Boolean, val removed: Int)

    /**
     * Archives the day of [sealed]. Where there is an archive already, what has come since is added: the new archive holds the union.
     *
     * @param admits who may be in it; null: everybody, for nobody is kept out
     * @throws BadInput when there is nothing to archive, or it is not what was sealed: nothing was changed
     * @throws IOException when there is no room, or somebody else is archiving
     */
    fun archive(sealed: SealedContent, admits: LoginFilter? = null): Archived = folder.locked {
        val there = folder.describe(sealed.day)
        val files = recorded.files(sealed.day)
        if (files.isEmpty() && there != null && there.content.digest == sealed.digest && isWhole(there)) {
            Archived(there, false, 0)
        } else {
            Work(sealed, files, admits).run()
        }
    }

    /** Whether the files that [description] names are there, by their sizes. */
    private fun isWhole(description: ArchiveDescription) = listOf(description.archive, description.parquet).all { file ->
        folder.root.resolve(file.name).let { it.exists() && Files.size(it) == file.size }
    }

    private inner class Work(private val sealed: SealedContent, private val files: List<SampleFile>, private val admits: LoginFilter?) {
        private val day: Day = sealed.day

        fun run(): Archived {
            steps.begin("reading sample files", files.size.toLong())
            // Before anything is read: what the recorder changes after this is still there in the end.
            val sha256 = files.associate { file -> file.name.name to Sha256.of(file.path).also { steps.advance(1) } }
            leftOver(sha256)?.let { return it }
            val sources = sources()
            val packed = pack(sources)
            val survey = DaySurvey.of(sources, day)
            val parquet = checked(packed)
            val description = describe(packed, parquet, survey)
            val json = folder.work.resolve("$day.json")
            ReplacedFile.writeNew(json) { it.write(description.json().toByteArray()) }
            steps.begin("naming the archive", 0)
            folder.put(packed, folder.archive(day))
            folder.put(parquet, folder.parquet(day))
            folder.put(json, folder.description(day))
            steps.begin("removing sample files", 0)
            return Archived(description, true, remove(sha256))
        }

        /** Only the removing is left to do where the last run ended in it: the archive has all that is there, byte by byte. */
        private fun leftOver(sha256: Map<String, String>): Archived? {
            val there = folder.describe(day)?.takeIf { it.content.digest == sealed.digest && isWhole(it) } ?: return null
            val isPacked = SampleArchive.open(folder.archive(day), folder.work).use { opened ->
                val packed = opened.manifest?.files.orEmpty().associate { it.name to it.sha256 }
                opened.differences().isEmpty() && sha256.all { (name, hash) -> packed[name] == hash }
            }
            return if (isPacked) Archived(there, false, remove(sha256)) else null
        }

        /** The files to be packed, which fold to what was sealed. */
        private fun sources(): List<SampleFile> {
            val all = archivedAndRecorded()
            if (all.isEmpty()) throw BadInput("$day has no sample file to be archived; 'verify $day' says what there is of it")
            val digest = digest(all)
            if (digest == sealed.digest) return all
            // The day was dropped and fed anew: what only the archive before has is no part of it any more.
            val own = if (folder.archive(day).exists()) recordedAlone() else emptyList()
            if (own.isNotEmpty() && digest(own) == sealed.digest) return own
            throw differs(digest)
        }

        /** The recorder's files, or a union where there is more than those. */
        private fun archivedAndRecorded(): List<SampleFile> {
            val before = folder.archive(day)
            if (!before.exists()) return recordedAlone()
            return SampleArchive.open(before, folder.work).use { opened ->
                val wrong = opened.differences()
                if (wrong.isNotEmpty()) {
                    throw BadInput("$before: ${wrong.first()}; nothing was changed: put back a good copy of it, or move it away")
                }
                union(opened.files.files + files, "union")
            }
        }

        private fun recordedAlone(): List<SampleFile> = if (admits == null) files else union(files, "recorded")

        private fun union(of: List<SampleFile>, name: String): List<SampleFile> =
            recorded.union(of, day, folder.work.resolve(name).createDirectory(), admits ?: LoginFilter.All)

        private fun digest(of: List<SampleFile>) = fold(of, OutputStream.nullOutputStream(), ViewerDayFormat.CSV).digest

        private fun pack(sources: List<SampleFile>): Path {
            steps.begin("packing $day (files)", sources.size.toLong())
            val packed = folder.work.resolve("$day.7z")
            ArchivePacker.pack(sources, day, sealed.digest, packed) { steps.advance(1) }
            return packed
        }

        /** Reads [packed] back, and writes the Parquet of what it says, whose place is returned. */
        private fun checked(packed: Path): Path {
            steps.begin("reading the archive back", 0)
            return SampleArchive.open(packed, folder.work).use { opened ->
                val wrong = opened.differences()
                if (opened.manifest == null || wrong.isNotEmpty()) {
                    throw IOException("$packed: was not written as it should be (${wrong.firstOrNull() ?: "no manifest"})")
                }
                val parquet = folder.work.resolve("$day.parquet")
                val again = ReplacedFile.writeNew(parquet) { fold(opened.files.files, it, ViewerDayFormat.PARQUET) }
                if (again.digest != sealed.digest) throw IOException("$packed: reads back as another day than was packed")
                parquet
            }
        }

        private fun fold(from: List<SampleFile>, out: OutputStream, format: ViewerDayFormat): Summary =
            Restructure(threads, steps, ParquetLayout.BY_STREAMER).run(from, day, format, out, withDigest = true)

        private fun describe(packed: Path, parquet: Path, survey: DaySurvey) = ArchiveDescription(
            sealed,
            coverage(survey),
            survey.sources,
            NamedFile.of(packed),
            NamedFile.of(parquet),
        )

        /** The recorder has the folder for moments only. */
        private fun remove(sha256: Map<String, String>): Int {
            var tries = 0
            while (true) {
                try {
                    return recorded.remove(day, sha256)
                } catch (busy: IOException) {
                    if (++tries == TRIES) throw busy
                    LockSupport.parkNanos(TRY_AGAIN_NANOS)
                }
            }
        }

        private fun differs(found: String?) = BadInput(
            "the sample files of $day fold to the digest $found, sealed is ${sealed.digest}; nothing was archived. " +
                "Try again when the recorder has written all; 'verify $day' names what differs",
        )
    }

    companion object {
        private const val TRIES = 100
        private const val TRY_AGAIN_NANOS = 100_000_000L

        /** What [survey] means in the words of the day's status. */
        fun coverage(survey: DaySurvey) = DayStatus.Coverage(
            slotsSeen = survey.slots.cardinality(),
            slotsExpected = Slot.PER_DAY,
            samplesSeen = survey.samples.toLong(),
            samplesExpected = survey.samples.toLong() + survey.gapCount,
            gaps = survey.gapCount.toLong(),
        )
    }
}
