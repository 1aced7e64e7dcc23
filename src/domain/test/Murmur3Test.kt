package twitchactors.domain

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

/** Published vectors of MurmurHash3_x86_32: Wikipedia's MurmurHash article, and those copied from the reference's own tests. */
class Murmur3Test {
    @ParameterizedTest
    @CsvSource(
        "'', 0x00000000, 0x00000000",
        "'', 0x00000001, 0x514e28b7",
        "'', 0xffffffff, 0x81f16f39",
        "test, 0x00000000, 0xba6bd213",
        "test, 0x9747b28c, 0x704b81dc",
        "'Hello, world!', 0x00000000, 0xc0363e43",
        "'Hello, world!', 0x9747b28c, 0x24884cba",
        "The quick brown fox jumps over the lazy dog, 0x00000000, 0x2e4ff723",
        "The quick brown fox jumps over the lazy dog, 0x9747b28c, 0x2fa826cd",
    )
    fun `hashes as published`(text: String, seed: String, expected: String) {
        val hash = Murmur3.hash32(text.toByteArray(), seed = java.lang.Long.decode(seed).toInt())
        assertEquals(java.lang.Long.decode(expected).toInt(), hash)
    }

    @ParameterizedTest
    @CsvSource("0, 0x00000000", "1, 0x514e28b7", "2, 0x30f4c306", "3, 0x85f0b427", "4, 0x2362f9de")
    fun `hashes zero bytes as published`(length: Int, expected: String) {
        assertEquals(java.lang.Long.decode(expected).toInt(), Murmur3.hash32(ByteArray(length)))
    }
}
