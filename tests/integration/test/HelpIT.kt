package twitchactors.integration

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class HelpIT {
    private fun help(vararg arguments: String): String {
        val ran = Program.twitchactors(*arguments)
        assertEquals(0, ran.exit, ran.toString())
        assertEquals("", ran.err)
        return ran.outText
    }

    @Test
    fun `every command has help with an example, and is named by the program's own help`() {
        val commands = help("--help").lines().dropWhile { !it.startsWith("Commands:") }.drop(1)
            .mapNotNull { Regex(" {2}([a-z][a-z-]*) .*").matchEntire(it)?.groupValues?.get(1) }
        assertTrue(commands.containsAll(listOf("restructure", "simulate-day")), "$commands")
        for (command in commands) {
            for (flag in listOf("--help", "-h")) {
                val text = help(command, flag)
                assertTrue(Regex("Examples?:").containsMatchIn(text) && "twitchactors $command" in text, text)
            }
        }
    }

    @Test
    fun `the tests have help too`() {
        assertTrue("./twitchactors test --quick" in help("test", "--help"))
    }
}
