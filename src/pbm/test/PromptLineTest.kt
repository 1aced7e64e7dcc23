package twitchactors.pbm

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

class PromptLineTest {
    @Test
    fun `spaces separate words and quotes keep them together`() {
        assertEquals(listOf("log", "tail", "-f", "a b", ""), PromptLine.read("  log tail\t-f 'a b' \"\" ").words)
        assertEquals(listOf("it's"), PromptLine.read("\"it's\"").words)
        assertEquals(emptyList<String>(), PromptLine.read("   ").words)
    }

    @Test
    fun `a reply is redirected by a bare sign only`() {
        val line = PromptLine.read("day list > days.txt")
        assertEquals(listOf("day", "list"), line.words)
        assertEquals("days.txt", line.file)
        assertNull(PromptLine.read("log tail -f '>'").file)
    }

    @Test
    fun `what is not finished is refused`() {
        for (line in listOf("day list >", "day list > a b", "log 'tail")) {
            assertThrows(WrongCommand::class.java, {
                PromptLine.read(line)
            }, line)
        }
    }
}
