package twitchactors.archive

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.BadInput
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText

class ReplacedFileTest {
    @TempDir
    private lateinit var folder: Path

    private val names get() = folder.listDirectoryEntries().map { it.name }

    @Test
    fun `what stood there before stays until all is written`() {
        val file = folder.resolve("a.csv").apply { writeText("old") }
        val result = ReplacedFile.write(file) { out ->
            out.write("new".toByteArray())
            out.flush()
            assertEquals("old", file.readText())
            17
        }
        assertEquals(17, result)
        assertEquals("new", file.readText())
        assertEquals(listOf("a.csv"), names)
    }

    @Test
    fun `a failure in the middle leaves the old content and nothing else`() {
        val file = folder.resolve("a.csv").apply { writeText("old") }
        val failures = listOf(IOException("No space left on device"), BadInput("bad"), IllegalStateException("fault"), OutOfMemoryError())
        for (failure in failures) {
            assertThrows(failure.javaClass) {
                ReplacedFile.write(file) { out ->
                    out.write(ByteArray(1 shl 17))
                    throw failure
                }
            }
            assertEquals("old", file.readText())
            assertEquals(listOf("a.csv"), names)
        }
    }

    @Test
    fun `a failure where nothing was leaves nothing, and is told with the file's name`() {
        val file = folder.resolve("a.csv")
        val failure = assertThrows(IOException::class.java) { ReplacedFile.write(file) { throw IOException("No space left on device") } }
        assertTrue("a.csv" in failure.message!! && "No space left" in failure.message!!)
        assertEquals(emptyList<String>(), names)
    }

    @Test
    fun `a missing folder, and a folder in the file's place, are refused before any work`() {
        for (target in listOf(folder.resolve("missing/a.csv"), folder, Path.of("/"))) {
            assertThrows(BadInput::class.java) { ReplacedFile.check(target) }
            assertThrows(BadInput::class.java) { ReplacedFile.write(target) { error("not to be called") } }
        }
        assertEquals(emptyList<String>(), names)
    }

    @Test
    fun `a name without a folder is one of the current folder`() {
        ReplacedFile.check(Path.of("a.csv"))
    }

    @Test
    fun `a link is replaced and what it names is left alone`() {
        val kept = folder.resolve("kept.csv").apply { writeText("old") }
        val link = Files.createSymbolicLink(folder.resolve("link.csv"), kept)
        ReplacedFile.write(link) { it.write("new".toByteArray()) }
        assertEquals("new", link.readText())
        assertEquals("old", kept.readText())
    }
}
