package twitchactors.analyser

import io.kotest.property.Arb
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.audience.BotSigns.Reason
import twitchactors.domain.Day
import twitchactors.domain.Login
import java.time.DayOfWeek
import java.time.LocalDate
import kotlin.random.Random

class ViewerFiguresTest {
    private val monday = Day.parse("2022-08-01")!!

    private fun day(after: Int) = Day(monday.epochDay + after)

    private fun seen(day: Day, slots: Map<Int, Int> = mapOf(20 to 6), streamer: String = "anna", atOnce: Int = 1): SeenDay {
        val hours = List(24) { slots[it] ?: 0 }
        return SeenDay(day, if (atOnce > 1) 2 else 0, atOnce, hours, mapOf(Login.require(streamer) to hours.sum()), mapOf("Chess" to 1))
    }

    private fun figures(tracked: List<Day>, vararg days: SeenDay, isListed: Boolean = false) =
        ViewerFigures.of(ViewerHistory(days.toList()), tracked, isListed)!!

    @Test
    fun `a tracked day without the viewer counts as nothing, one that was not tracked is passed over`() {
        // Monday to Friday; Wednesday was not tracked.
        val tracked = listOf(day(0), day(1), day(3), day(4))
        val workday = figures(tracked, seen(day(0)), seen(day(3))).workday
        assertEquals(3, workday.days)
        // 30 minutes; then none; then 30 again; nothing of Friday, which is after the last day seen.
        val step = 2.0 / 21
        val second = 30.0 - step * 30.0
        assertEquals(second + step * (30.0 - second), workday.minutes[20], 1e-12)
        assertEquals(0.0, workday.minutes[19])
    }

    @Test
    fun `weekends have a schedule of their own, of eight days`() {
        val tracked = (0..7).map(::day)
        val figures = figures(tracked, seen(day(0), mapOf(3 to 12)), seen(day(6), mapOf(3 to 6)), seen(day(7), mapOf(3 to 12)))
        assertEquals(listOf(6, 2), listOf(figures.workday.days, figures.weekend.days))
        // Saturday nothing, Sunday 30 minutes.
        assertEquals(2.0 / 9 * 30, figures.weekend.minutes[3], 1e-12)
        assertEquals(0, figures(tracked, seen(day(0))).weekend.days)
    }

    @Test
    fun `the all-time order is by minutes, the recent one by score`() {
        val tracked = (0..9).map(::day)
        val figures = figures(
            tracked,
            seen(day(0), mapOf(1 to 12), "zed"),
            seen(day(1), mapOf(1 to 11), "anna"),
            seen(day(9), mapOf(1 to 1), "anna"),
        )
        assertEquals(listOf("anna" to 60, "zed" to 60), figures.streamers.map { it.what.name to it.minutes })
        assertEquals(listOf(2, 1), figures.streamers.map { it.days })
        val step = 2.0 / 29
        val kept = Math.pow(1 - step, 8.0)
        assertEquals(step * 5 + kept * step * 55, figures.streamers[0].score, 1e-9)
        assertEquals(kept * (1 - step) * 60, figures.streamers[1].score, 1e-9)
        assertEquals(listOf(ViewerFigures.Favourite("Chess", 15, 3, figures.games[0].score)), figures.games)
    }

    @Test
    fun `a streak goes on over a day that was not tracked, and the current one ends with the last tracked day`() {
        val tracked = listOf(0, 1, 3, 4, 5, 6).map(::day)
        val three = arrayOf(seen(day(0)), seen(day(1)), seen(day(3)))
        assertEquals(ViewerFigures.Streak(0, 3), figures(tracked, *three).streak)
        assertEquals(ViewerFigures.Streak(2, 3), figures(tracked, *three, seen(day(5)), seen(day(6))).streak)
        assertEquals(ViewerFigures.Streak(3, 3), figures(tracked.take(3), *three).streak)
    }

    @Test
    fun `days that are not tracked yet count for nothing`() {
        val history = ViewerHistory(listOf(seen(day(0)), seen(day(5))))
        val figures = ViewerFigures.of(history, (0..3).map(::day), false)!!
        assertEquals(listOf(day(0), day(0), day(3)), listOf(figures.firstSeen, figures.lastSeen, figures.asOf))
        assertEquals(1, figures.days)
        assertNull(ViewerFigures.of(history, listOf(day(1)), false))
        assertNull(ViewerFigures.of(history, emptyList(), false))
    }

    @Test
    fun `a bot is told by the last days, with all their reasons`() {
        val tracked = (0..40).map(::day)
        val many = seen(day(0), atOnce = 12)
        assertTrue(figures(tracked, many, seen(day(27))).bot.isBot)
        assertFalse(figures(tracked, many, seen(day(28))).bot.isBot)
        val everywhere = seen(day(1), (0..23).associateWith { 12 }, atOnce = 5)
        val bot = figures(tracked, many, everywhere).bot
        assertEquals(70, bot.score)
        assertEquals(setOf(Reason.MANY_CHANNELS, Reason.SEVERAL_CHANNELS, Reason.AROUND_THE_CLOCK), bot.reasons)
        assertEquals(100, figures(tracked, seen(day(1)), isListed = true).bot.score)
        assertEquals(ViewerFigures.Several(10, 12), figures(tracked, many, seen(day(2))).several)
    }

    @Test
    fun `a year has 365 days`() {
        val tracked = listOf(day(0), day(1), day(365))
        assertEquals(mapOf(day(1) to 30, day(365) to 30), figures(tracked, *tracked.map { seen(it) }.toTypedArray()).year)
    }

    @Test
    fun `schedules are those of plain averages, day by day`() = runBlocking<Unit> {
        checkAll(60, Arb.long()) { seed ->
            val random = Random(seed)
            val tracked = (0 until 120).filter { random.nextInt(5) > 0 }.map(::day)
            val days = tracked.filter { random.nextInt(3) == 0 }.map { seen(it, mapOf(random.nextInt(24) to 1 + random.nextInt(12))) }
            if (days.isEmpty()) return@checkAll
            val figures = figures(tracked, *days.toTypedArray())
            for ((schedule, isOne, step) in listOf(
                Triple(figures.workday, { day: Day -> !isWeekend(day) }, 2.0 / 21),
                Triple(figures.weekend, ::isWeekend, 2.0 / 9),
            )) {
                val over = tracked.filter { it in days.first().day..days.last().day && isOne(it) }
                assertEquals(over.size, schedule.days)
                for (hour in 0..23) {
                    val minutes = over.map { day -> (days.firstOrNull { it.day == day }?.hours?.get(hour) ?: 0) * 5.0 }
                    val plain = minutes.drop(1).fold(minutes.firstOrNull() ?: 0.0) { before, now -> before + step * (now - before) }
                    assertEquals(plain, schedule.minutes[hour], 1e-9)
                }
            }
        }
    }

    private fun isWeekend(day: Day) =
        LocalDate.ofEpochDay(day.epochDay.toLong()).dayOfWeek.let { it == DayOfWeek.SATURDAY || it == DayOfWeek.SUNDAY }
}
