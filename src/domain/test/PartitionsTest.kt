package twitchactors.domain

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

class PartitionsTest {
    @Test
    fun `a login's partition is its unsigned hash modulo the number`() {
        // murmur3_32("test") is 0xba6bd213, a negative Int.
        assertEquals((0xba6bd213L % 16).toInt(), Partitions(16).of(Login.require("test")))
        assertEquals((0xba6bd213L % 7).toInt(), Partitions(7).of(Login.require("test")))
    }

    @Test
    fun `viewers spread evenly`() {
        val counts = IntArray(16)
        repeat(160_000) { counts[Partitions(16).of(Login.require("viewer_$it"))]++ }
        assert(counts.all { it in 9_500..10_500 }) { counts.toList() }
    }

    @Test
    fun `there is at least one`() {
        assertThrows(IllegalArgumentException::class.java) { Partitions(0) }
    }
}
