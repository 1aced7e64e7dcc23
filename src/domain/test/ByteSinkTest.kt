package twitchactors.domain

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class ByteSinkTest {
    @Test
    fun `decimals are the digits of the number, from the smallest to the largest`() {
        val powers = generateSequence(1L) { it * 10 }.take(19).flatMap { listOf(it - 1, it, -it) }
        for (value in powers + listOf(Long.MAX_VALUE, Long.MIN_VALUE, 7L)) {
            assertEquals(value.toString(), text { decimal(value) })
        }
    }

    @Test
    fun `text is UTF-8, and what is cut is gone`() {
        assertEquals("é!", text { text("é").also { ascii('!') } })
        assertEquals("ab", text { text("abcd").also { cut(2) } })
        assertEquals("ab", text { text("ab").also { cut(5) } })
    }

    private fun text(write: ByteSink.() -> Unit) = String(ByteSink(1).apply(write).copy())
}
