package twitchactors.analyser

import io.kotest.property.Arb
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.DamagedForm
import twitchactors.domain.Day
import twitchactors.domain.Login
import kotlin.random.Random

class ViewerHistoryTest {
    private val games = listOf("Chess", "Just Chatting", "ペルソナ", "Ünreal")

    private fun seen(day: Int, random: Random): SeenDay {
        val hours = List(24) { if (random.nextInt(3) == 0) random.nextInt(13) else 0 }
        fun slots() = random.nextInt(1, 289)
        return SeenDay(
            Day(day),
            random.nextInt(289),
            random.nextInt(1, 300),
            hours,
            (0 until random.nextInt(1, 5)).associate { Login.require("streamer_${random.nextInt(9)}") to slots() }.toSortedMap(),
            games.shuffled(random).take(random.nextInt(4)).sorted().associateWith { slots() },
        )
    }

    @Test
    fun `a history is read back as it was, and its form does not know the order in which days came`() = runBlocking<Unit> {
        checkAll(100, Arb.long()) { seed ->
            val random = Random(seed)
            val days = (0 until random.nextInt(1, 40)).map { random.nextInt(30_000) }.distinct().map { seen(it, random) }
            val history = days.fold(ViewerHistory.NONE, ViewerHistory::with)
            assertEquals(history, ViewerHistory.of(history.form()))
            val form = days.shuffled(random).fold(ViewerHistory.NONE, ViewerHistory::with).form()
            assertArrayEquals(history.form().days, form.days)
            assertEquals(history.form().streamers, form.streamers)
        }
    }

    @Test
    fun `a day takes the place of what there was of it`() {
        val random = Random(1)
        val (first, second, again) = listOf(seen(100, random), seen(200, random), seen(100, random))
        val history = ViewerHistory.NONE.with(second).with(first)
        assertEquals(listOf(again, second), history.with(again).days)
        assertEquals(history, history.with(again).with(first))
        assertEquals(listOf(first), history.without(Day(200)).days)
        assertEquals(ViewerHistory.NONE, history.without(Day(200)).without(Day(100)))
    }

    @Test
    fun `the form is the one of the contract`() {
        val hours = List(24) { if (it in listOf(0, 9, 23)) 12 else 0 }
        val zed = mapOf(Login.require("zed") to 300, Login.require("anna") to 1)
        val form = ViewerHistory.NONE.with(SeenDay(Day(200), 4, 2, hours, zed, mapOf("Chess" to 5))).form()
        assertEquals(listOf("anna", "zed"), form.streamers)
        val expected = listOf(0xc8, 0x01, 4, 2, 0x01, 0x02, 0x80, 0xcc, 0x0c, 2, 0, 1, 1, 0xac, 0x02, 1, 0, 5)
        assertEquals(expected, form.days.map { it.toInt() and 0xff })
    }

    @Test
    fun `a torn form is told`() {
        val form = ViewerHistory.NONE.with(seen(100, Random(2))).form()
        for (length in 1 until form.days.size) {
            val torn = ViewerHistory.Form(form.streamers, form.games, form.days.copyOf(length))
            assertThrows(DamagedForm::class.java, { ViewerHistory.of(torn) }, "$length")
        }
        assertThrows(DamagedForm::class.java) { ViewerHistory.of(ViewerHistory.Form(emptyList(), form.games, form.days)) }
    }

    @Test
    fun `a day takes some twenty bytes`() {
        val random = Random(3)
        val days = (1..100).map { day ->
            val hours = List(24) { if (it in 18..21) 1 + random.nextInt(12) else 0 }
            SeenDay(Day(19_000 + day), 0, 1, hours, mapOf(Login.require("anna") to 20, Login.require("zed") to 9), mapOf("Chess" to 20))
        }
        assertTrue(ViewerHistory(days).form().days.size <= 100 * 20)
    }
}
