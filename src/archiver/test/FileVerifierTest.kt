package twitchactors.archiver

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.archive.ArchivePacker
import twitchactors.archive.NamedFile
import twitchactors.archive.ParquetRows
import twitchactors.archive.SampleFile
import twitchactors.archive.SampleFileName
import twitchactors.archive.Sha256
import twitchactors.archive.ViewerDayFormat
import twitchactors.archiver.MadeUpDay.Companion.DAY
import java.nio.file.Path
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectory
import kotlin.io.path.deleteExisting
import kotlin.io.path.fileSize
import kotlin.io.path.name
import kotlin.io.path.outputStream
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

/** Faults are planted, and each has to be named; where there is none, nothing is. */
class FileVerifierTest {
    @TempDir
    private lateinit var temporary: Path
    private lateinit var made: MadeUpDay
    private lateinit var sealed: FileVerifier.Sealed

    @BeforeEach
    fun make() {
        made = MadeUpDay(temporary.resolve("data").createDirectory())
        sealed = made.sums()
    }

    private fun look() = FileVerifier(made.recorded, made.folder, MadeUpDay.PARTITIONS, 1).look(DAY, sealed)

    private fun archive() = DayArchiver(made.recorded, made.folder, 1).archive(sealed.content)

    private fun assertFound(vararg words: String) {
        val findings = look().findings
        for (word in words) assertTrue(findings.any { word in "$it" }, "nothing says '$word': $findings")
    }

    /** Packs [files] as somebody would who also mends the description. */
    private fun pack(files: List<SampleFile>, digest: String = sealed.content.digest) {
        ArchivePacker.pack(files, DAY, digest, made.folder.archive(DAY))
        describeAnew()
    }

    private fun describeAnew() {
        val description = checkNotNull(made.folder.describe(DAY))
        val mended = description.copy(archive = NamedFile.of(made.folder.archive(DAY)), parquet = NamedFile.of(made.folder.parquet(DAY)))
        made.folder.description(DAY).writeText(mended.json())
    }

    @Test
    fun `a clean day, before and after it is archived`() {
        assertEquals(emptyList<Finding>(), look().findings)
        assertEquals(60, look().survey?.samples)
        archive()
        assertEquals(emptyList<Finding>(), look().findings)
        assertEquals(100.0, look().sanity)
    }

    @Test
    fun `what waits for the next archive is no fault`() {
        archive()
        made.write(3, "{${made.streamer("zerator", listOf("latecomer"))}}")
        sealed = made.sums()
        val report = look()
        assertEquals(emptyList<Finding>(), report.findings)
        assertEquals(1, report.notes.size)
    }

    @Test
    fun `a missing slot, in sample files and in an archive`() {
        val file = made.file(7)
        val content = file.readText()
        file.deleteExisting()
        assertFound("slot 7 (${file.name}) is missing")
        file.writeText(content)
        archive()
        pack(made.unpacked().filter { it.name.name != file.name })
        assertFound("slot 7 (${file.name}) is missing")
    }

    @Test
    fun `a doubled file`() {
        val twin = made.file(7).let { it.resolveSibling("${it.name.substringBefore('.').toLong() + 1}.json") }
        made.file(7).copyTo(twin)
        assertFound("slot 7 (${made.file(7).name}) has more files than one")
        twin.deleteExisting()
        archive()
        val unpacked = made.unpacked()
        val copy =
            SampleFile(unpacked[7].path.copyTo(unpacked[7].path.resolveSibling(twin.name)), checkNotNull(SampleFileName.parse(twin.name)))
        pack((unpacked + copy).sortedBy { it.name.name })
        assertFound("slot 7 (${made.file(7).name}) has more files than one")
    }

    @Test
    fun `two streamers swapped`() {
        fun swapped(text: String) = text.replace("\"zerator\"", "\"#\"").replace("\"kameto\"", "\"zerator\"").replace("\"#\"", "\"kameto\"")
        val content = made.file(4).readText()
        made.file(4).writeText(swapped(content))
        assertFound("slot 4 (${made.file(4).name}) has other viewers than were sealed: 2 streamers, kameto, zerator")
        made.file(4).writeText(content)
        archive()
        pack(made.unpacked().onEach { if (it.name.name == made.file(4).name) it.path.writeText(swapped(content)) })
        assertFound("slot 4 (${made.file(4).name}) has other viewers than were sealed: 2 streamers, kameto, zerator")
    }

    @Test
    fun `one bit flipped in an archive`() {
        archive()
        val archive = made.folder.archive(DAY)
        archive.writeBytes(archive.readBytes().also { it[it.size / 2] = (it[it.size / 2].toInt() xor 4).toByte() })
        assertFound("$archive: is not the file that its description names")
    }

    @Test
    fun `a stale archive`() {
        archive()
        val before = made.data.resolve("kept").createDirectory()
        val files = listOf(made.folder.archive(DAY), made.folder.parquet(DAY), made.folder.description(DAY))
        files.forEach { it.copyTo(before.resolve(it.name)) }
        made.write(3, "{${made.streamer("zerator", listOf("latecomer"))}}")
        sealed = made.sums()
        archive()
        assertEquals(emptyList<Finding>(), look().findings)
        files.forEach { before.resolve(it.name).copyTo(it, overwrite = true) }
        assertFound("${made.folder.archive(DAY)}: is stale", "slot 3", "${made.folder.parquet(DAY)}: has")
    }

    @Test
    fun `a row of Parquet missing, with a description that names the file`() {
        archive()
        val parquet = made.folder.parquet(DAY)
        val rows = ParquetRows.open(parquet)
        parquet.outputStream().use { out ->
            val writer = ViewerDayFormat.PARQUET.writer(out, DAY, rows.streamers)
            val encoder = writer.encoder()
            var row = 0
            rows.forEach { viewer, length, streamer, runs, count -> if (row++ != 100) encoder.row(viewer, length, streamer, runs, count) }
            encoder.finish()
            writer.append(encoder)
            writer.close()
        }
        assertFound("$parquet: is not the file that its description names")
        describeAnew()
        assertFound("$parquet: has ${rows.size - 1} rows, sealed were ${rows.size}")
    }

    @Test
    fun `no description, no runs, no files at all, and things that belong to nobody`() {
        archive()
        val (description, parquet) = made.folder.description(DAY) to made.folder.parquet(DAY)
        val text = description.readText()
        description.deleteExisting()
        assertFound("$description: is missing")
        description.writeText("{}")
        assertFound("$description: is no description")
        description.writeText(text)
        parquet.deleteExisting()
        assertFound("$parquet: is missing")
        made.folder.archive(DAY).deleteExisting()
        description.deleteExisting()
        assertFound("there are none, and no archive")
        made.folder.root.resolve("notes.txt").writeText("x")
        val verifier = FileVerifier(made.recorded, made.folder, MadeUpDay.PARTITIONS, 1)
        assertEquals(listOf("notes.txt"), verifier.strangers().map { Path.of(it.thing).name })
    }
}
