package twitchactors.domain

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource

class TimeTest {
    @ParameterizedTest
    @CsvSource(
        "0, 1970-01-01, 0",
        "1659311999, 2022-07-31, 287",
        "1659312000, 2022-08-01, 0",
        "1659312299, 2022-08-01, 0",
        "1659312300, 2022-08-01, 1",
        "1659398399, 2022-08-01, 287",
        "253402300799, 9999-12-31, 287",
    )
    fun `a second belongs to a day and a slot`(second: Long, day: String, slot: Int) {
        assertEquals(day, Day.at(second).toString())
        assertEquals(slot, Slot.at(second).index)
    }

    @Test
    fun `a slot starts where its day says`() = assertEquals(1659312300L, Slot(1).startsAt(Day.parse("2022-08-01")!!))

    @ParameterizedTest
    @ValueSource(strings = ["", "2022-8-1", "2022-02-30", "22-08-01", "2022-08-01T00:00", "10000-01-01", "1969-12-31", "yesterday"])
    fun `refuses what is no date of ours`(text: String) = assertNull(Day.parse(text))

    @Test
    fun `a time after the year 9999 belongs to no day`() {
        assertNull(Day.at(253402300800L))
        assertNull(Day.at(Long.MAX_VALUE))
        assertNull(Day.at(-1))
    }
}
