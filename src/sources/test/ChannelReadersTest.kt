package twitchactors.sources

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class ChannelReadersTest {
    @Test
    fun `the channel that was used the longest ago is forgotten`() {
        val readers = ChannelReaders(2)
        readers["a"] = "1"
        readers["b"] = "2"
        assertEquals("1", readers["a"])
        readers["c"] = "3"
        assertEquals(listOf("1", null, "3"), listOf("a", "b", "c").map { readers[it] })
    }

    @Test
    fun `only the reader who is refused is forgotten`() {
        val readers = ChannelReaders(2)
        readers["a"] = "1"
        readers.remove("a", "2")
        assertEquals("1", readers["a"])
        readers.remove("a", "1")
        assertEquals(null, readers["a"])
    }
}
