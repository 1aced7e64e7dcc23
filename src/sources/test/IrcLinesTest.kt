package twitchactors.sources

import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

internal class IrcLinesTest {
    private val ends = Arb.element("\r\n", "\n", "\n\n", "\r\n\r\n")
    private val text = Arb.string(1..60)

    @Test
    fun `whatever the cuts, the lines are the same`() = runBlocking<Unit> {
        checkAll(500, Arb.list(text, 0..12), ends, Arb.list(Arb.int(1..9), 1..40)) { lines, end, cuts ->
            // What a line may not hold, and those that are too long for the limit below.
            val sent = lines.map { it.replace(Regex("[\r\n]"), "") }
            val bytes = sent.joinToString("") { it + end }.toByteArray()
            val expected = sent.filter { it.isNotEmpty() && it.toByteArray().size + end.indexOf('\n') <= LONGEST }
            val cutter = IrcLines(LONGEST)
            val found = ArrayList<String>()
            var at = 0
            var cut = 0
            while (at < bytes.size) {
                val length = minOf(cuts[cut++ % cuts.size], bytes.size - at)
                cutter.feed(bytes.copyOfRange(at, at + length)) { array, from, to -> found += String(array, from, to - from) }
                at += length
            }
            assertEquals(expected, found)
            assertEquals(sent.count { it.isNotEmpty() } - expected.size, cutter.dropped.toInt())
        }
    }

    @Test
    fun `a line without end is dropped once, and the next one is read`() {
        val cutter = IrcLines(100)
        val found = ArrayList<String>()
        repeat(1_000) { cutter.feed(ByteArray(1_000) { 'x'.code.toByte() }) { _, _, _ -> found += "too long" } }
        cutter.feed("\r\nPING :1\r".toByteArray()) { bytes, from, to -> found += String(bytes, from, to - from) }
        cutter.feed("\n".toByteArray()) { bytes, from, to -> found += String(bytes, from, to - from) }
        assertEquals(listOf("PING :1"), found)
        assertEquals(1, cutter.dropped)
    }

    private companion object {
        const val LONGEST = 40
    }
}
