package twitchactors.simulator

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot

class WorldTest {
    private val day = checkNotNull(Day.parse("2022-08-01"))
    private val world = World(1, VIEWERS, STREAMERS)
    private val worldDay = world.day(day)
    private val next = World(1, VIEWERS, STREAMERS).day(Day(day.epochDay + 1))

    @Test
    fun `all names are different logins of the usual length`() {
        val names = List(world.names.count) { world.names[it] }
        assertEquals(names.size, names.toSet().size)
        names.forEach { assertEquals(it, Login.of(it)?.name) }
        assertTrue(names.minOf { it.length } >= 3)
        assertTrue(names.map { it.length }.average() in 10.5..12.5, "${names.map { it.length }.average()}")
        assertTrue(names.groupBy { it.first() }.all { (_, same) -> same.size < names.size / 8 }, "no letter begins more than an eighth")
        assertTrue(names.count { name -> name.any { it.isDigit() } } in names.size / 4..names.size / 2)
    }

    @Test
    fun `each name is found, and no other`() {
        for (number in 0 until world.names.count) assertEquals(number, world.names.numberOf(world.names[number]))
        assertNull(world.names.numberOf("nobody_has_this_name"))
        assertNull(world.names.numberOf(""))
    }

    @Test
    fun `every viewer is seen on the day`() {
        val seen = BooleanArray(VIEWERS)
        for (streamer in 0 until STREAMERS) worldDay.forEachVisit(streamer) { viewer, _, _ -> seen[viewer] = true }
        assertTrue(seen.all { it })
    }

    @Test
    fun `figures per viewer are those of a recorded day`() {
        var sightings = 0L
        var continued = 0L
        for (streamer in 0 until STREAMERS) {
            for (slot in 0 until Slot.PER_DAY) {
                val now = worldDay.chatters(streamer, slot)
                sightings += now.size
                if (slot > 0) {
                    val before = worldDay.chatters(streamer, slot - 1).toHashSet()
                    continued += now.count { it in before }
                }
            }
        }
        assertTrue(sightings.toDouble() / VIEWERS in 20.0..26.0, "${sightings.toDouble() / VIEWERS} sightings per viewer")
        assertTrue(continued.toDouble() / sightings in 0.86..0.90, "${continued.toDouble() / sightings} continue")
        assertTrue(worldDay.visitCount.toDouble() / VIEWERS in 2.6..3.4, "${worldDay.visitCount.toDouble() / VIEWERS} visits per viewer")
    }

    @Test
    fun `who stays keeps the order, who comes is appended, nobody is twice in a list`() {
        for (streamer in 0 until STREAMERS) {
            var before = IntArray(0)
            for (slot in 0 until Slot.PER_DAY) {
                val now = worldDay.chatters(streamer, slot)
                assertEquals(now.size, now.toSet().size)
                val stayed = before.filter { it in now.toHashSet() }.toIntArray()
                assertArrayEquals(stayed, now.copyOf(stayed.size))
                before = now
            }
        }
    }

    @Test
    fun `audiences follow Zipf's law and the evening`() {
        val big = World(3, 30_000, 60)
        val eveningAudience = LongArray(60)
        val evening = IntArray(60)
        val live = IntArray(60)
        val byHour = LongArray(24)
        for (date in day.epochDay until day.epochDay + 7) {
            val days = big.day(Day(date))
            for (streamer in 0 until 60) {
                for (slot in 0 until Slot.PER_DAY) {
                    if (days.broadcast(streamer, slot) == null) continue
                    live[streamer]++
                    if (slot in 204 until 264) {
                        evening[streamer]++
                        eveningAudience[streamer] += days.chatterCount(streamer, slot).toLong()
                    }
                    byHour[slot / 12] += days.chatterCount(streamer, slot).toLong()
                }
            }
        }
        // Least squares over the logarithms of rank and of the mean audience in the evening.
        val points = (0 until 60).filter { evening[it] > 0 }
            .map { StrictMath.log(it + 1.0) to StrictMath.log(eveningAudience[it].toDouble() / evening[it]) }
        val (x, y) = points.map { it.first }.average() to points.map { it.second }.average()
        val slope = points.sumOf { (it.first - x) * (it.second - y) } / points.sumOf { (it.first - x) * (it.first - x) }
        assertTrue(slope in -0.9..-0.5, "slope $slope")
        val peak = byHour.indices.maxBy { byHour[it] }
        assertTrue(peak in 18..21, "highest at $peak UTC: 20 to 23 h French summer time")
        assertTrue(byHour.indices.minBy { byHour[it] } in 2..6)
        assertTrue(live.count { it.toDouble() / (7 * Slot.PER_DAY) < 0.5 } > 50, "most are offline most of the time")
    }

    @Test
    fun `nobody is in the chat of a streamer who is offline, and live viewers are never fewer than chatters`() {
        for (streamer in 0 until STREAMERS) {
            for (slot in 0 until Slot.PER_DAY) {
                assertEquals(worldDay.chatterCount(streamer, slot), worldDay.chatters(streamer, slot).size)
                if (worldDay.broadcast(streamer, slot) == null) assertEquals(0, worldDay.chatterCount(streamer, slot))
                assertTrue(worldDay.liveViewers(streamer, slot) >= worldDay.chatterCount(streamer, slot))
            }
        }
    }

    @Test
    fun `streams change title and category, come several a day and end in raids`() {
        var segments = 0
        var streams = 0
        var raids = 0
        for (streamer in 0 until STREAMERS) {
            val ofDay = (0 until Slot.PER_DAY).mapNotNull { worldDay.broadcast(streamer, it) }.distinct()
            streams += if (ofDay.size > 1) 1 else 0
            ofDay.forEach { stream ->
                segments += (stream.first..stream.last).map { stream.segmentAt(it) }.distinct().size - 1
                assertTrue(stream.startedAt <= stream.first * Slot.SECONDS)
                raids += if (worldDay.raidTarget(stream) != null) 1 else 0
            }
        }
        assertTrue(segments > STREAMERS / 2)
        assertTrue(streams > 1)
        assertTrue(raids > 1)
    }

    @Test
    fun `some are in several chats at once, and bots in nearly all`() {
        val chats = IntArray(VIEWERS)
        for (streamer in 0 until STREAMERS) worldDay.forEachChatter(streamer, 230) { chats[it]++ }
        assertTrue(chats.drop(world.bots).count { it == 2 } in VIEWERS / 500..VIEWERS / 10)
        val live = (0 until STREAMERS).count { worldDay.broadcast(it, 230) != null }
        assertTrue(chats.take(world.bots).all { it in live * 2 / 10..live }, "${chats.take(world.bots)} of $live")
    }

    @Test
    fun `over midnight streams go on, viewers return and lists keep their order`() {
        val streamer = (0 until STREAMERS).filter { worldDay.broadcast(it, 287) != null && next.broadcast(it, 0) != null }
            .maxBy { worldDay.chatterCount(it, 287) }
        assertEquals(worldDay.broadcast(streamer, 287)?.id, next.broadcast(streamer, 0)?.id)
        val before = worldDay.chatters(streamer, 287).map { worldDay.nameOfViewer(it) }
        val after = next.chatters(streamer, 0).map { next.nameOfViewer(it) }
        val stayed = before.filter { it in after.toHashSet() }
        assertTrue(stayed.size > before.size * 4 / 10, "${stayed.size} of ${before.size} stay")
        assertEquals(stayed, after.take(stayed.size))
        val today = (0 until VIEWERS).map { worldDay.nameOfViewer(it) }.toSet()
        val returning = (0 until VIEWERS).count { next.nameOfViewer(it) in today }
        assertTrue(returning in VIEWERS / 2..VIEWERS * 8 / 10, "$returning of $VIEWERS return on the next day")
    }

    @Test
    fun `a day does not depend on what was asked before`() {
        val again = world.day(Day(day.epochDay + 1))
        for (streamer in 0 until STREAMERS) {
            assertArrayEquals(next.chatters(streamer, 240), again.chatters(streamer, 240))
        }
        assertNull((0 until STREAMERS).firstOrNull { world.day(day).chatterCount(it, 240) != worldDay.chatterCount(it, 240) })
    }

    @Test
    fun `worlds of any size have an audience on every day`() {
        for ((viewers, streamers) in listOf(1 to 1, 3 to 2, 20 to 2, 10 to 1000)) {
            for (date in listOf(0, 1, 19_077, 19_205, 19_206, 2_932_896)) {
                val small = World(date.toLong(), viewers, streamers).day(Day(date))
                val seen = HashSet<Int>()
                for (streamer in 0 until streamers) small.forEachVisit(streamer) { viewer, _, _ -> seen += viewer }
                assertEquals(viewers, seen.size, "$viewers viewers, $streamers streamers, ${small.day}")
            }
        }
    }

    private companion object {
        const val VIEWERS = 9_000
        const val STREAMERS = 40
    }
}
