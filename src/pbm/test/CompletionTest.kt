package twitchactors.pbm

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class CompletionTest {
    private fun offered(vararg words: String) = Completion(Example.palettes).of(words.toList()).map { it.first }

    @Test
    fun `words are completed from the palettes, one after the other`() {
        assertEquals(listOf("cluster", "log", "viewer", "uptime", "help", "exit"), offered())
        assertEquals(listOf("show", "down", "tail"), offered("cluster"))
        assertEquals(listOf("--address", "--yes", "--json"), offered("cluster", "down"))
        assertEquals(listOf("one", "two"), offered("cluster", "down", "-a"))
        assertEquals(listOf("--yes", "--json"), offered("cluster", "down", "-a", "one"))
        assertEquals(listOf("ROOT", "--json"), offered("log", "level"))
        assertEquals(listOf("INFO", "WARN", "--json"), offered("log", "level", "ROOT"))
        assertEquals(emptyList<String>(), offered("frob"))
    }

    @Test
    fun `help completes what it can be asked about`() {
        assertEquals(listOf("cluster", "log", "viewer", "uptime"), offered("help"))
        assertEquals(listOf("show", "down", "tail"), offered("help", "cluster"))
        assertEquals(emptyList<String>(), offered("help", "cluster", "down"))
    }
}
