package twitchactors.archiver

import twitchactors.archive.ParquetRows
import twitchactors.archive.SampleArchive
import twitchactors.archive.SampleFile
import twitchactors.archive.ViewerDayFormat
import twitchactors.domain.Day
import twitchactors.domain.Partitions
import twitchactors.recording.RecordedDays
import twitchactors.restructure.Restructure
import java.io.ByteArrayOutputStream
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.createDirectory
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.random.Random

/** The data folder of a small made-up day: sample files as the recorder writes them, and what they fold to. */
class MadeUpDay(val data: Path, slots: Int = 20) {
    val samples: Path = data.resolve("samples/$DAY").createDirectories()
    val recorded = RecordedDays(data.resolve("samples"))
    val folder = ArchiveFolder(data.resolve("archive"))
    private val random = Random(1)
    private val crowd = STREAMERS.associateWith { ArrayList(List(30) { newcomer() }) }

    init {
        for (slot in 0 until slots) {
            for (viewers in crowd.values) repeat(3) { viewers[random.nextInt(viewers.size)] = newcomer() }
            write(slot, STREAMERS.joinToString(",", "{", "}") { streamer(it, crowd.getValue(it)) })
        }
    }

    private fun newcomer() = "viewer_${random.nextInt(100_000)}"

    fun streamer(login: String, viewers: List<String>): String {
        val facts = "\"polled_at\":\"2022-08-01T00:00:00Z\",\"viewer_count\":40,\"source\":\"chatters\",\"complete\":true"
        return "\"$login\":{$facts,\"chatters\":[${viewers.toSortedSet().joinToString(",") { "\"$it\"" }}]}"
    }

    fun file(slot: Int): Path = samples.resolve("${DAY.startsAt + slot * 300}.json")

    fun write(slot: Int, text: String) = file(slot).writeText(text)

    /** What [files] fold to, as if that had been sealed. */
    fun sealed(files: List<SampleFile> = recorded.files(DAY), revision: Int = 1): SealedContent {
        val summary = Restructure(1).run(files, DAY, ViewerDayFormat.CSV, ByteArrayOutputStream(), withDigest = true)
        return SealedContent(DAY, revision, checkNotNull(summary.digest), summary.viewers, summary.pairs, summary.sightings)
    }

    /** What all that is left of the day folds to: sample files and archive. */
    fun left(): SealedContent {
        if (!folder.archive(DAY).exists()) return sealed()
        return SampleArchive.open(folder.archive(DAY)).use { sealed(it.files.files + recorded.files(DAY)) }
    }

    fun sums(content: SealedContent = left()): FileVerifier.Sealed {
        val out = ByteArrayOutputStream()
        val files = { files: List<SampleFile> -> Restructure(1).run(files, DAY, ViewerDayFormat.PARQUET, out, withDigest = false) }
        if (folder.archive(DAY).exists()) {
            SampleArchive.open(folder.archive(DAY)).use { files(it.files.files + recorded.files(DAY)) }
        } else {
            files(recorded.files(DAY))
        }
        val rows = ParquetRows.of(out.toByteArray())
        return FileVerifier.Sealed(content, SightingSums(PARTITIONS).also { rows.forEach(it.sink(rows.streamers)) })
    }

    /** Unpacks the archive to a new folder, as somebody would who wants to change it. */
    fun unpacked(): List<SampleFile> {
        val to = data.resolve("unpacked").createDirectory()
        return SampleArchive.open(folder.archive(DAY)).use { opened ->
            opened.files.files.map { file -> SampleFile(to.resolve(file.name.name).also { it.writeText(file.path.readText()) }, file.name) }
        }
    }

    companion object {
        val DAY = checkNotNull(Day.parse("2022-08-01"))
        val STREAMERS = listOf("antoine", "kameto", "zerator")
        val PARTITIONS = Partitions(16)
    }
}
