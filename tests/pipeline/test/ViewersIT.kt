package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.time.LocalDate
import java.util.concurrent.TimeUnit
import kotlin.io.path.createDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readLines
import kotlin.io.path.writeText

/**
 * What is known of each viewer, of each day and of several days together, and where viewers go between chats, is what the
 * independent checker makes of the same files, also when a part of one day comes after all the others. `TWITCHACTORS_TEST_DAYS` and
 * `TWITCHACTORS_TEST_VIEWERS` make it larger.
 */
class ViewersIT {
    private val length = System.getenv("TWITCHACTORS_TEST_DAYS")?.toInt() ?: 4

    /** Seconds; a bound against hanging. */
    private val patience = Program.LIMIT_SECONDS * maxOf(1, length / 4)
    private val viewers = System.getenv("TWITCHACTORS_TEST_VIEWERS")?.toInt() ?: 600

    @Test
    fun `viewers and several days are those of the checker when a part of a day comes late`(@TempDir folder: Path) {
        val days = (0 until length).map { LocalDate.of(2022, 7, 28).plusDays(it.toLong()).toString() }
        val sources = days.map { day ->
            folder.resolve("day-$day").also {
                Program.run("simulate-day", "--out", it, "--day", day, "--viewers", viewers, "--streamers", 20, "--seed", 5)
            }
        }
        val (early, late) = listOf("early", "late").map { folder.resolve(it).createDirectory() }
        sources.forEachIndexed { number, source ->
            val files = source.listDirectoryEntries("[0-9]*.json").sortedBy { it.name }
            val isLate = number == 1
            files.forEachIndexed { i, file ->
                Files.createLink((if (isLate && i % 3 == 0) late else early).resolve(file.name), file)
            }
        }
        val data = Data(folder.resolve("data"))
        try {
            Program.start(listOf("node", "--data", data.path, "--roles", "profile")).use { node ->
                assertTrue(node.reaches("the services") { data.isReady(node) }, node.news)
                days.forEach { data.replay(early, it) }
                val before = lines(data, folder.resolve("before.jsonl"))
                // All windows are counted without what comes late, and then again.
                val counted = WindowDocuments(data).counted(node, patience)
                data.replay(late, days[1])
                val document = folder.resolve("viewers.jsonl")
                assertTrue(lines(data, document) != before)
                assertEqual("viewers.py", listOf("compare"), sources, "--document", document)
                val window = Program.run("audience", days.last(), "--days", length, "--data", data.path, "--json").out
                val printed = folder.resolve("window.json").also { it.writeText(window) }
                assertEqual("viewers.py", listOf("window"), sources, "--document", printed)
                days.zip(sources).forEach { (day, source) ->
                    val audience = Program.run("audience", day, "--data", data.path, "--json").out
                    val file = folder.resolve("audience-$day.json").also { it.writeText(audience) }
                    assertEqual("audience.py", listOf("compare"), listOf(source), "--document", file)
                }
                val documents = WindowDocuments(data)
                assertTrue(documents.counted(node, patience) != counted)
                assertEqual("windows.py", emptyList(), sources, "--documents", folder.resolve("documents.jsonl").also(documents::write))
                node.signal("TERM")
                node.end()
            }
        } finally {
            data.clear()
        }
    }

    private fun lines(data: Data, file: Path): List<String> {
        Program.run("viewers", "--data", data.path, "--out", file)
        return file.readLines().also { assertTrue(it.size >= viewers / 2, "${it.size} viewers") }
    }

    private fun assertEqual(checker: String, command: List<String>, sources: List<Path>, option: String, file: Path) {
        val program = Program.root.resolve("tests/checker/$checker")
        val words = listOf("python3", "$program") + command + sources.map { "$it" } + listOf(option, "$file")
        val process = ProcessBuilder(words).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor(30, TimeUnit.MINUTES)) { "the checker does not end" }
        assertEquals(0, process.exitValue(), said)
    }
}
