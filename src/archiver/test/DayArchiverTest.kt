package twitchactors.archiver

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.archive.ParquetLayout
import twitchactors.archive.SampleArchive
import twitchactors.archive.ViewerDayFormat
import twitchactors.archiver.MadeUpDay.Companion.DAY
import twitchactors.domain.BadInput
import twitchactors.domain.LoginFilter
import twitchactors.restructure.Restructure
import twitchactors.restructure.StepListener
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import kotlin.io.path.createDirectory
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText

class DayArchiverTest {
    @TempDir
    private lateinit var temporary: Path

    private val made by lazy { MadeUpDay(temporary.resolve("data").createDirectory()) }

    private fun archiver(steps: StepListener = StepListener.None) = DayArchiver(made.recorded, made.folder, threads = 1, steps)

    private fun names() = made.folder.root.listDirectoryEntries().map { it.name }.filter { it != "lock" }.sorted()

    @Test
    fun `the day becomes an archive, its runs and a description, and the sample files go`() {
        val sealed = made.sealed()
        val files = made.samples.listDirectoryEntries().associate { it.name to it.readText() }
        val archived = archiver().archive(sealed)
        assertEquals(listOf("$DAY.7z", "$DAY.json", "$DAY.parquet"), names())
        assertEquals(emptyList<Path>(), made.samples.listDirectoryEntries())
        assertEquals(files.size, archived.removed)
        assertEquals(archived.description, made.folder.describe(DAY))
        assertEquals(sealed, archived.description.content)
        assertEquals(mapOf("chatters" to files.size * MadeUpDay.STREAMERS.size), archived.description.sources)
        SampleArchive.open(made.folder.archive(DAY)).use { opened ->
            assertEquals(files, opened.files.files.associate { it.name.name to it.path.readText() })
            assertEquals(sealed.digest, checkNotNull(opened.manifest).digest)
            val out = ByteArrayOutputStream()
            Restructure(
                1,
                layout = ParquetLayout.BY_STREAMER,
            ).run(opened.files.files, DAY, ViewerDayFormat.PARQUET, out, withDigest = false)
            assertArrayEquals(out.toByteArray(), made.folder.parquet(DAY).readBytes())
        }
    }

    @Test
    fun `again is no harm`() {
        val sealed = made.sealed()
        archiver().archive(sealed)
        val before = made.folder.archive(DAY).readBytes()
        assertFalse(archiver().archive(sealed).isNew)
        assertArrayEquals(before, made.folder.archive(DAY).readBytes())
    }

    /** As by a kill or a full disk: all sightings are there, what has its name is whole, and the next run ends what was begun. */
    @Test
    fun `broken off at any step nothing is lost, and the next run completes`() {
        val sealed = MadeUpDay(temporary.resolve("whole").createDirectory(), SLOTS).sealed()
        val steps = countSteps(sealed)
        assertTrue(steps > 30, "only $steps steps")
        for (at in 0 until steps) {
            val data = MadeUpDay(temporary.resolve("broken-$at").createDirectory(), SLOTS)
            val failing = DayArchiver(data.recorded, data.folder, 1, Steps { if (it == at) throw IOException("no space left on device") })
            assertThrows(IOException::class.java) { failing.archive(sealed) }
            assertEquals(sealed.digest, data.left().digest, "broken off at step $at")
            for (name in data.folder.root.listDirectoryEntries().map { it.name }) {
                if (name.endsWith(".7z")) {
                    SampleArchive.open(data.folder.root.resolve(name)).use {
                        assertEquals(emptyList<String>(), it.differences())
                    }
                }
            }
            DayArchiver(data.recorded, data.folder, 1).archive(sealed)
            assertEquals(sealed.digest, data.left().digest)
            assertEquals(emptyList<Path>(), data.samples.listDirectoryEntries())
            assertEquals(
                emptyList<Finding>(),
                FileVerifier(data.recorded, data.folder, MadeUpDay.PARTITIONS, 1).look(DAY, data.sums()).findings,
            )
        }
    }

    private fun countSteps(sealed: SealedContent): Int {
        val data = MadeUpDay(temporary.resolve("counted").createDirectory(), SLOTS)
        val count = AtomicInteger()
        DayArchiver(data.recorded, data.folder, 1, Steps { count.incrementAndGet() }).archive(sealed)
        return count.get()
    }

    /** Tells [each] the number of each sign of progress. */
    private class Steps(private val each: (Int) -> Unit) : StepListener {
        private val number = AtomicInteger()

        override fun begin(step: String, total: Long) = each(number.getAndIncrement())

        override fun advance(units: Long) = each(number.getAndIncrement())
    }

    @Test
    fun `what comes after the archive makes another one, by union`() {
        archiver().archive(made.sealed())
        made.write(3, "{${made.streamer("zerator", listOf("latecomer"))}}")
        made.write(40, "{${made.streamer("zerator", listOf("latecomer"))}}")
        val sealed = made.left().copy(revision = 2)
        val archived = archiver().archive(sealed)
        assertTrue(archived.isNew)
        assertEquals(2, archived.removed)
        assertEquals(emptyList<Path>(), made.samples.listDirectoryEntries())
        SampleArchive.open(made.folder.archive(DAY)).use { opened ->
            assertEquals(21, opened.files.files.size, "one file for each slot")
            assertEquals(sealed.digest, made.sealed(opened.files.files).digest)
        }
    }

    @Test
    fun `a day that was dropped and fed anew takes the place of what was archived`() {
        archiver().archive(made.sealed())
        made.write(3, "{${made.streamer("zerator", listOf("somebody"))}}")
        val sealed = made.sealed(revision = 2)
        assertTrue(archiver().archive(sealed).isNew)
        assertEquals(sealed.digest, made.left().digest)
        assertEquals(emptyList<Path>(), made.samples.listDirectoryEntries())
    }

    @Test
    fun `a file that changes meanwhile stays for the next archive`() {
        val sealed = made.sealed()
        val changing = object : StepListener {
            override fun begin(step: String, total: Long) {
                if (step.startsWith("naming")) made.write(5, "{${made.streamer("zerator", listOf("latecomer"))}}")
            }

            override fun advance(units: Long) = Unit
        }
        assertEquals(19, archiver(changing).archive(sealed).removed)
        assertEquals(listOf(made.file(5)), made.samples.listDirectoryEntries())
    }

    @Test
    fun `files that are not what was sealed are refused, and nothing changes`() {
        val sealed = made.sealed()
        made.file(7).writeText("{}")
        val before = made.samples.listDirectoryEntries().associate { it.name to it.readText() }
        val refused = assertThrows(BadInput::class.java) { archiver().archive(sealed) }
        assertTrue(sealed.digest in refused.message!!)
        assertEquals(emptyList<String>(), names())
        assertEquals(before, made.samples.listDirectoryEntries().associate { it.name to it.readText() })
    }

    @Test
    fun `a damaged archive is never taken for the source of the next one`() {
        archiver().archive(made.sealed())
        val archive = made.folder.archive(DAY)
        java.nio.file.Files.write(archive, archive.readBytes().also { it[it.size / 2] = (it[it.size / 2] + 1).toByte() })
        made.write(3, "{${made.streamer("zerator", listOf("latecomer"))}}")
        assertThrows(BadInput::class.java) { archiver().archive(made.sealed()) }
        assertTrue(made.file(3).exists())
    }

    @Test
    fun `who is kept out is in no archive`() {
        val streamer = made.streamer("zerator", listOf("erased_viewer", "somebody"))
        val text = "{$streamer}"
        made.write(60, text)
        val admits = LoginFilter { bytes, from, to -> String(bytes, from, to - from) != "erased_viewer" }
        val without = made.run {
            made.write(60, "{${made.streamer("zerator", listOf("somebody"))}}")
            sealed().also { made.write(60, text) }
        }
        archiver().archive(without, admits)
        assertEquals(emptyList<Path>(), made.samples.listDirectoryEntries())
        SampleArchive.open(made.folder.archive(DAY)).use { opened ->
            assertTrue(opened.files.files.none { "erased_viewer" in it.path.readText() })
        }
    }

    private companion object {
        const val SLOTS = 8
    }
}
