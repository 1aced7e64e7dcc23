package twitchactors.audience

import io.kotest.property.Arb
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.audience.WindowAudience.Loyalty
import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Partitions
import twitchactors.domain.Slot
import twitchactors.domain.ViewerCursor
import kotlin.random.Random

/** Figures of several days are those of plain sets of viewers. */
class WindowFoldTest {
    private val first = Day.parse("2022-07-01")!!

    private fun cursor(day: Day, sightings: Iterable<PlainAudience.Seen>): ViewerCursor {
        val open = OpenDay(day)
        for (seen in sightings) open.add(Login.require(seen.viewer), Login.require(seen.streamer), Slot(seen.slot))
        return OpenDayForm.cursor(ByteSink().also { OpenDayForm.write(open, it) }.copy())
    }

    private fun fold(days: List<Day>, worlds: List<RandomAudience>, partitions: Partitions): WindowAudience {
        val fold = WindowFold(days, worlds[0].bots)
        for (partition in 0 until partitions.count) {
            val parts = days.mapIndexed { i, day ->
                cursor(day, worlds[i].sightings.filter { partitions.of(Login.require(it.viewer)) == partition })
            }
            // A partition that nobody was seen in on a day may have sealed nothing.
            fold.take(parts.filter { it.viewerCount > 0 }.shuffled(Random(partition)))
        }
        return fold.result()
    }

    private fun loyalty(days: List<Day>, viewersOf: List<Set<String>>): Loyalty {
        val all = viewersOf.flatten().toSet()
        val before = viewersOf.dropLast(1).flatten().toSet()
        val lately = days.indices.filter { days.last().epochDay - days[it].epochDay < 7 }.flatMap { viewersOf[it] }.toSet()
        return Loyalty(
            all.size.toLong(),
            viewersOf.last().count { it !in before }.toLong(),
            viewersOf.last().count { it in before }.toLong(),
            viewersOf.last().count { viewer -> viewersOf.dropLast(1).count { viewer in it } >= 3 }.toLong(),
            (viewersOf.first() - viewersOf.drop(1).flatten().toSet()).size.toLong(),
            (all - lately).size.toLong(),
            viewersOf.indices.map { i -> all.count { viewer -> viewersOf.count { viewer in it } == i + 1 }.toLong() },
        )
    }

    @Test
    fun `figures are those of plain sets of viewers`() = runBlocking<Unit> {
        checkAll(40, Arb.long()) { seed ->
            val random = Random(seed)
            val days = (0 until 64).filter { random.nextInt(8) == 0 || it < 1 }.map { Day(first.epochDay + it) }
            val worlds = days.indices.map { RandomAudience(seed + it) }
            val found = fold(days, worlds, Partitions(1 + random.nextInt(4)))
            val plain = worlds.map { PlainAudience(it.sightings, it.samples, it.listed) }
            val viewers = worlds.flatMap { world -> world.sightings.map { it.viewer } }.toSet()
            // A viewer who was not there on a day looks like nothing on it.
            val bots = worlds.indices.flatMap { i -> worlds[i].sightings.map { it.viewer }.filterNot(plain[i]::isPerson) }.toSet()
            assertEquals(listOf(viewers.size.toLong(), (viewers - bots).size.toLong()), listOf(found.all, found.people))
            fun chats(streamer: String) = worlds.map { world ->
                world.sightings.filter { it.streamer == streamer }.map { it.viewer }.toSet()
            }
            val streamers = worlds.flatMap { world -> world.sightings.map { it.streamer } }.toSortedSet().toList()
            assertEquals(streamers, found.streamers.map { it.streamer.name })
            for (streamer in found.streamers) {
                val chats = chats(streamer.streamer.name)
                assertEquals(loyalty(days, chats), streamer.all, streamer.streamer.name)
                assertEquals(loyalty(days, chats.map { it - bots }), streamer.people, streamer.streamer.name)
            }
            val sets = streamers.map { chats(it).flatten().toSet() }
            val shared = streamers.indices.flatMap { a -> (a + 1 until streamers.size).map { b -> a to b } }
                .map { (a, b) -> Triple(a, b, sets[a] intersect sets[b]) }
                .filter { it.third.isNotEmpty() }
                .map { (a, b, both) -> DayAudience.Shared(a, b, both.size, (both - bots).size) }
            assertEquals(shared, found.shared)
        }
    }

    @Test
    fun `no day is no window, and another day is none of it`() {
        assertThrows(IllegalArgumentException::class.java) { WindowFold(emptyList(), KnownBots.NONE) }
        val fold = WindowFold(listOf(first, Day(first.epochDay + 1)), KnownBots.NONE)
        assertThrows(IllegalArgumentException::class.java) { fold.take(listOf(cursor(Day(first.epochDay + 2), emptyList()))) }
    }

    @Test
    fun `64 days fit`() {
        val days = (0 until 64).map { Day(first.epochDay + it) }
        val fold = WindowFold(days, KnownBots.NONE)
        fold.take(days.map { cursor(it, listOf(PlainAudience.Seen("always", "anna", 1))) })
        val anna = fold.result().streamers.single().all
        assertEquals(1L, anna.byDays.last())
        assertEquals(listOf(1L, 0L, 1L, 1L, 0L), listOf(anna.viewers, anna.new, anna.returning, anna.regular, anna.leaving))
        assertTrue(anna.byDays.dropLast(1).all { it == 0L })
    }
}
