package twitchactors.node

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.ByteArrayOutputStream
import java.io.PrintStream

class HelpTest {
    private fun said(vararg words: String): String {
        val out = ByteArrayOutputStream()
        val before = System.out
        System.setOut(PrintStream(out, true, Charsets.UTF_8))
        try {
            assertEquals(Exit.DONE, run(words.toList()))
        } finally {
            System.setOut(before)
        }
        return out.toString(Charsets.UTF_8)
    }

    /** The list has the first line of each command's help, however long its first sentence is. */
    @Test
    fun `the list of commands says whole sentences`() {
        val commands = said("--help").substringAfter("Commands:\n").substringBefore("\n\n").lines()
        assertTrue(commands.size > 20, "$commands")
        assertEquals(emptyList<String>(), commands.filter { !it.endsWith('.') })
    }
}
