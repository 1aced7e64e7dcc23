package twitchactors.archive

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import java.nio.file.Path
import kotlin.io.path.fileSize
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlin.random.Random

class ArchivePackerTest {
    @TempDir
    private lateinit var folder: Path

    private val day = checkNotNull(Day.parse("2022-08-01"))
    private val target get() = folder.resolve("day.7z")

    private fun file(slot: Int, text: String): SampleFile {
        val name = "${day.startsAt + slot * 300}.json"
        return SampleFile(folder.resolve(name).also { it.writeText(text) }, checkNotNull(SampleFileName.parse(name)))
    }

    /** Neighbours that differ by a tenth, as real ones do. */
    private fun neighbours(count: Int): List<SampleFile> {
        val random = Random(1)
        val names = Array(3000) { "viewer_${random.nextInt()}" }
        return List(count) { slot ->
            repeat(300) { names[random.nextInt(names.size)] = "viewer_${random.nextInt()}" }
            file(slot, names.joinToString("\",\"", "{\"s\":[\"", "\"]}"))
        }
    }

    @Test
    fun `what is unpacked is what was packed, and the manifest says so`() {
        val files = neighbours(20) + file(30, "{}")
        val manifest = ArchivePacker.pack(files, day, "ab".repeat(32), target)
        SampleArchive.open(target).use { opened ->
            assertEquals(manifest, opened.manifest)
            assertEquals(emptyList<String>(), opened.differences())
            assertEquals(files.map { it.name }, opened.files.files.map { it.name })
            files.zip(opened.files.files).forEach { (a, b) -> assertArrayEquals(a.path.readBytes(), b.path.readBytes()) }
        }
    }

    @Test
    fun `one file alone is an archive, too`() {
        ArchivePacker.pack(listOf(file(0, "{}")), day, "00".repeat(32), target)
        SampleArchive.open(target).use { assertEquals(1, it.files.files.size) }
    }

    @Test
    fun `a file costs little more than what is new in it`() {
        val files = neighbours(40)
        ArchivePacker.pack(files.take(1), day, "00".repeat(32), target)
        val one = target.fileSize()
        ArchivePacker.pack(files, day, "00".repeat(32), target)
        assertTrue(target.fileSize() < one * 12, "40 files take ${target.fileSize()} bytes, one $one")
    }

    @Test
    fun `every difference from the manifest is named`() {
        val (a, b, c) = List(3) { file(it, "{\"s\":[\"v$it\"]}") }
        val packed = ArchivePacker.pack(listOf(a, b, c), day, "00".repeat(32), target)
        SolidArchive(target).use { archive ->
            archive.add(a.name.name, a.path.readBytes())
            archive.add(b.name.name, c.path.readBytes())
            archive.add("${day.startsAt + 900}.json", "{}".toByteArray())
            archive.add(ArchiveManifest.NAME, packed.json().toByteArray())
            archive.finish()
        }
        SampleArchive.open(target).use { opened ->
            assertEquals(
                listOf(
                    "${b.name.name} has another content than the manifest says",
                    "${c.name.name} is missing",
                    "${day.startsAt + 900}.json is not in the manifest",
                ),
                opened.differences(),
            )
        }
    }

    @Test
    fun `any flipped bit is refused, or is told as a difference`() {
        ArchivePacker.pack(neighbours(4), day, "00".repeat(32), target)
        val whole = target.readBytes()
        val random = Random(2)
        repeat(100) {
            // Behind the version's minor number, which readers ignore.
            val at = random.nextInt(8, whole.size)
            target.writeBytes(whole.copyOf().also { it[at] = (it[at].toInt() xor (1 shl random.nextInt(8))).toByte() })
            val told = try {
                SampleArchive.open(target).use { it.differences().isNotEmpty() || it.manifest == null }
            } catch (_: BadInput) {
                true
            }
            assertTrue(told, "a bit of byte $at of ${whole.size}")
        }
    }

    @Test
    fun `what was not finished is no archive`() {
        SolidArchive(target).use { it.add("300.json", ByteArray(1 shl 20)) }
        assertThrows(BadInput::class.java) { SampleArchive.open(target).close() }
    }
}
