package twitchactors.archive

import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.fileSize
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlin.random.Random

class SampleArchiveTest {
    @TempDir
    private lateinit var folder: Path

    private val archive get() = folder.resolve("day.7z")

    private fun pack(vararg entries: Pair<String, String>) {
        SevenZOutputFile(archive.toFile()).use { seven ->
            for ((name, text) in entries) {
                seven.putArchiveEntry(seven.createArchiveEntry(folder, name).apply { isDirectory = name.endsWith("/") })
                if (!name.endsWith("/")) seven.write(text.toByteArray())
                seven.closeArchiveEntry()
            }
        }
    }

    /** Names and texts of the sample files in [archive], in their order. */
    private fun contents(): List<Pair<String, String>> =
        SampleArchive.open(archive) {}.use { opened -> opened.files.files.map { it.name.name to it.path.readText() } }

    private fun refused(): String = assertThrows(BadInput::class.java) { SampleArchive.open(archive) {}.close() }.message!!

    @Test
    fun `names count without the folders before them, in the order of their times`() {
        pack("day/" to "", "day/600.json" to "b", "300.json" to "a", "day/deeper/still/900.json" to "c", "back\\slash\\1200.json" to "d")
        assertEquals(listOf("300.json" to "a", "600.json" to "b", "900.json" to "c", "1200.json" to "d"), contents())
    }

    @Test
    fun `the same name twice is two files`() {
        pack("one/300.json" to "a", "two/300.json" to "b", "two/300.json" to "c")
        assertEquals(setOf("300.json" to "a", "300.json" to "b", "300.json" to "c"), contents().toSet())
        assertEquals(3, contents().size)
    }

    @Test
    fun `what is not named as a sample file is left packed, and a folder with such a name is none`() {
        pack("300.json" to "a", "300.json.tmp" to "x", "notes.txt" to "x", ".300.json" to "x", "-5.json" to "x", "900.json/" to "")
        assertEquals(listOf("300.json" to "a"), contents())
    }

    @Test
    fun `nothing is written outside of the folder, which goes away`() {
        val name = "${System.nanoTime()}.json"
        pack("../../$name" to "a", "/tmp/$name" to "b", "..\\..\\$name" to "c", "C:\\$name" to "d")
        val opened = SampleArchive.open(archive) {}
        val unpacked = opened.files.files.map { it.path }
        assertEquals(4, unpacked.size)
        val home = unpacked.map { it.toRealPath().parent }.distinct().single()
        assertFalse(home.resolve("../../$name").exists() || Path.of("/tmp/$name").exists() || home.resolveSibling(name).exists())
        opened.close()
        assertFalse(home.exists())
    }

    @Test
    fun `tells of the bytes that it writes`() {
        pack("300.json" to "abc", "600.json" to "defg", "notes.txt" to "not this one")
        var told = 0L
        SampleArchive.open(archive) { told += it }.close()
        assertEquals(7, told)
    }

    @Test
    fun `an entry above 64 MiB is unpacked only as far as it takes to see that`() {
        SevenZOutputFile(archive.toFile()).use { seven ->
            seven.putArchiveEntry(seven.createArchiveEntry(folder, "300.json"))
            val mebibyte = ByteArray(1 shl 20)
            repeat(70) { seven.write(mebibyte) }
            seven.closeArchiveEntry()
            seven.putArchiveEntry(seven.createArchiveEntry(folder, "600.json"))
            seven.write("{}".toByteArray())
            seven.closeArchiveEntry()
        }
        SampleArchive.open(archive) {}.use { opened ->
            assertEquals(listOf(SampleFile.MAX_BYTES + 1, 2L), opened.files.files.map { it.path.fileSize() })
        }
    }

    @Test
    fun `no archive, an empty one, and one without sample files are refused by name`() {
        assertTrue("there is no such" in refused())
        archive.writeBytes(ByteArray(0))
        assertTrue("day.7z" in refused())
        archive.writeText("<html>not found</html>".repeat(100))
        assertTrue("day.7z" in refused())
        pack()
        assertTrue("no sample file" in refused())
        pack("notes.txt" to "x")
        assertTrue("no sample file" in refused())
    }

    @Test
    fun `an archive cut at any length is refused`() {
        packMany()
        val whole = archive.readBytes()
        for (length in whole.indices step 7) {
            archive.writeBytes(whole.copyOf(length))
            refused()
        }
    }

    /** Every byte of a .7z is under a checksum, so a flip must be seen; only bits without meaning may pass. */
    @Test
    fun `a damaged archive is refused or gives just what was packed`() {
        packMany()
        val whole = archive.readBytes()
        val expected = contents()
        val random = Random(1)
        var refused = 0
        repeat(400) {
            val damaged = whole.copyOf()
            val at = random.nextInt(damaged.size)
            damaged[at] = (damaged[at].toInt() xor (1 shl random.nextInt(8))).toByte()
            archive.writeBytes(damaged)
            try {
                assertEquals(expected, contents())
            } catch (bad: BadInput) {
                assertTrue("day.7z" in bad.message!!)
                refused++
            }
        }
        assertTrue(refused > 380, "$refused of 400 were refused")
    }

    @Test
    fun `only a file is an archive`() {
        assertTrue(SampleArchive.isArchive(Path.of("2022-08-01.7z")) && SampleArchive.isArchive(Path.of("x/A.7Z")))
        assertFalse(SampleArchive.isArchive(Path.of("day")) || SampleArchive.isArchive(Path.of("/")))
        assertFalse(SampleArchive.isArchive(Files.createDirectory(folder.resolve("folder.7z"))))
    }

    private fun packMany() = pack(*Array(12) { "day/${it * 300}.json" to """{"s":["viewer_${Random(it).nextInt()}"]}""".repeat(20) })
}
