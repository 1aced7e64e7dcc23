package twitchactors.integration

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Ctrl-C in the middle: exit code 130, and nothing of what was begun. */
class InterruptIT {
    @TempDir
    private lateinit var folder: Path

    private val target by lazy { folder.resolve("target").createDirectory() }

    private fun assertInterrupted(ran: Ran) {
        assertEquals(130, ran.exit, ran.toString())
        assertEquals("", ran.outText)
        assertTrue("Exception" !in ran.err && "\tat " !in ran.err, ran.toString())
    }

    private fun day(): Path = folder.resolve("day").createDirectory().also { day ->
        repeat(288) { slot ->
            val names = (1..4000).joinToString(",") { "\"viewer_${slot * 31 + it * 7}\"" }
            day.resolve("${1659312000 + slot * 300}.json").writeText("{\"s\":[$names],\"t\":[$names]}")
        }
    }

    @Test
    fun `restructure leaves what stood there before`() {
        val day = day()
        val out = target.resolve("a.csv").apply { writeText("before") }
        val ran = Program.interrupted("restructure", day, "--out", out) { target.listDirectoryEntries(".*").isNotEmpty() }
        assertInterrupted(ran)
        assertEquals("before", out.readText())
        assertEquals(listOf("a.csv"), target.listDirectoryEntries().map { it.name })
    }

    @Test
    fun `restructure of an archive leaves nothing unpacked`() {
        val archive = folder.resolve("day.7z")
        assertEquals(0, Program.outside("7z", "a", "-mx=1", "-bd", archive, ".", folder = day()).exit)
        val ran = Program.interrupted("restructure", archive, "--out", target.resolve("a.csv")) { temporary ->
            temporary.listDirectoryEntries("twitchactors-7z-*").any { it.exists() && it.listDirectoryEntries().size > 3 }
        }
        assertInterrupted(ran)
        assertEquals(emptyList<Path>(), target.listDirectoryEntries())
    }

    @Test
    fun `simulate-day leaves nothing`() {
        val ran = Program.interrupted("simulate-day", "--out", target.resolve("day"), "--viewers", 5000, "--streamers", 10) {
            target.listDirectoryEntries().any { it.exists() && it.listDirectoryEntries().size > 3 }
        }
        assertInterrupted(ran)
        assertEquals(emptyList<Path>(), target.listDirectoryEntries())
    }
}
