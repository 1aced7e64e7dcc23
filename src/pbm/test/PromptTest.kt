package twitchactors.pbm

import org.jline.terminal.TerminalBuilder
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Path

/** The prompt, on a terminal without any abilities. */
@Timeout(60)
class PromptTest {
    private val shown = ByteArrayOutputStream()
    private val said = ByteArrayOutputStream()

    private fun type(lines: String): Outcome {
        val session = Session(Node("127.0.0.1:1", null), Example.palettes, json = false, yes = false, PrintStream(said, true), ask = null)
        val terminal = TerminalBuilder.builder().system(false).streams(lines.byteInputStream(), shown).type("dumb").build()
        return terminal.use { Prompt(session, Example.palettes, "somewhere", Path.of("no-such-folder")).run(it) }
    }

    @Test
    fun `it begins with how to get help and how to end it, and ends so`() {
        for (lines in listOf("help uptime\nexit\nhelp log\n", "help uptime\nquit\nhelp log\n", "help uptime\n")) {
            shown.reset()
            said.reset()
            assertEquals(Outcome.DONE, type(lines))
            val banner = "$shown".lines().first { "Tab" in it }
            for (word in listOf("help", "exit", "Ctrl-D")) assertTrue(word in banner, banner)
            assertTrue("Tells since when." in "$said", "$said")
            assertTrue("log: the log" !in "$said", "$said")
        }
    }
}
