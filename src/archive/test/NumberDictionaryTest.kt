package twitchactors.archive

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class NumberDictionaryTest {
    /** A dictionary of a column in which each number comes as often as [frequency] says. */
    private fun dictionary(numbers: Iterable<Int>, frequency: (Int) -> Int = { 1 }): NumberDictionary {
        val column = IntColumn()
        for (number in numbers) repeat(frequency(number)) { column.add(number) }
        return NumberDictionary(column)
    }

    @Test
    fun `256 numbers are indexes of one byte, in their order`() {
        val numbers = 20..275
        val dictionary = dictionary(numbers)
        assertEquals(1, dictionary.bytes)
        assertArrayEquals(numbers.toList().toIntArray(), dictionary.entries)
        assertEquals((0..255).toList(), numbers.map(dictionary::indexOf))
    }

    @Test
    fun `more are indexes of two bytes, each one of 17`() {
        for (numbers in listOf(0..256, 1..288, 0..288)) {
            val dictionary = dictionary(numbers)
            assertEquals(2, dictionary.bytes)
            assertEquals(numbers.toList(), numbers.map { dictionary.entries[dictionary.indexOf(it)] })
            for (number in numbers) assertTrue(dictionary.indexOf(number) / 256 < 17 && dictionary.indexOf(number) % 256 < 17, "$number")
            assertTrue(dictionary.entries.all { it in numbers })
        }
    }

    @Test
    fun `the most frequent number is in the corner, the next two beside it`() {
        val dictionary = dictionary(0..287) { if (it in 100..102) it else 1 }
        assertEquals(listOf(1, 256, 0), listOf(101, 100, 102).map(dictionary::indexOf))
    }

    @Test
    fun `a page has four bytes for each, times the unit`() {
        val page = dictionary(listOf(7, 3)).page(unit = 5)
        assertArrayEquals(byteArrayOf(15, 0, 0, 0, 35, 0, 0, 0), page.copy())
    }

    @Test
    fun `no numbers, no entries`() {
        assertEquals(0, dictionary(emptyList()).entries.size)
    }
}
