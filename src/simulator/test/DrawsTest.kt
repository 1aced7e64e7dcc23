package twitchactors.simulator

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class DrawsTest {
    @Test
    fun `the numbers are those of the published SplitMix64`() {
        // The reference generator's first outputs for the state 1234567.
        val draw = SplitMix64(1234567)
        val first = List(5) { java.lang.Long.toUnsignedString(draw.next()) }
        assertEquals(
            listOf(
                "6457827717110365317",
                "3203168211198807973",
                "9817491932198370423",
                "4593380528125082431",
                "16408922859458223821",
            ),
            first,
        )
    }

    @Test
    fun `a draw depends on seed, purpose, entity and day, and on nothing else`() {
        val draws = Draws(7)
        val bits = draws.bits(Draws.Purpose.VISITS, 12, 19_205)
        draws.stream(Draws.Purpose.NAME, 3).next()
        assertEquals(bits, Draws(7).bits(Draws.Purpose.VISITS, 12, 19_205))
        assertNotEquals(bits, Draws(8).bits(Draws.Purpose.VISITS, 12, 19_205))
        assertNotEquals(bits, draws.bits(Draws.Purpose.BOT, 12, 19_205))
        assertNotEquals(bits, draws.bits(Draws.Purpose.VISITS, 13, 19_205))
        assertNotEquals(bits, draws.bits(Draws.Purpose.VISITS, 12, 19_206))
    }

    @Test
    fun `indices are spread evenly`() {
        val hits = IntArray(10)
        val draws = Draws(1)
        for (entity in 0 until 100_000L) hits[draws.index(Draws.Purpose.PART, entity, 5, 10)]++
        hits.forEach { assertTrue(it in 9_600..10_400, "$it of 10,000") }
    }

    @Test
    fun `French time follows the rule of the European Union`() {
        fun ahead(date: String) = FrenchTime.hoursAhead(java.time.LocalDate.parse(date).toEpochDay().toInt())
        assertEquals(listOf(1, 2, 2, 1), listOf("2022-03-26", "2022-03-27", "2022-10-29", "2022-10-30").map { ahead(it) })
    }
}
