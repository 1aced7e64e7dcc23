package twitchactors.audience

import io.kotest.property.Arb
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Partitions
import twitchactors.domain.Slot
import twitchactors.domain.ViewerCursor
import kotlin.random.Random

/** What is counted is what plain sets of sightings say, whatever the partitions. */
class AudienceFoldTest {
    private val day = Day.parse("2022-08-01")!!

    private fun cursor(sightings: Iterable<PlainAudience.Seen>): ViewerCursor {
        val open = OpenDay(day)
        for (seen in sightings) open.add(Login.require(seen.viewer), Login.require(seen.streamer), Slot(seen.slot))
        return OpenDayForm.cursor(ByteSink().also { OpenDayForm.write(open, it) }.copy())
    }

    private fun fold(world: RandomAudience, partitions: Partitions): DayAudience {
        val fold = AudienceFold(day, world.samples.entries.associate { Login.require(it.key) to Broadcast(it.value) }, world.bots)
        val parts = world.sightings.groupBy { partitions.of(Login.require(it.viewer)) }
        parts.values.shuffled(Random(world.seed)).forEach { fold.take(cursor(it)) }
        return fold.result()
    }

    @Test
    fun `figures are those of plain sets of sightings`() = runBlocking<Unit> {
        checkAll(60, Arb.long()) { seed ->
            val world = RandomAudience(seed)
            val plain = PlainAudience(world.sightings, world.samples, world.listed)
            val found = fold(world, Partitions(1 + Random(seed).nextInt(5)))
            assertEquals(plain.totals { true }, found.all)
            assertEquals(plain.totals(plain::isPerson), found.people)
            assertEquals(plain.streamers, found.streamers.map { it.streamer.name })
            for (streamer in found.streamers) {
                val name = streamer.streamer.name
                assertEquals(plain.chat(name) { true }, streamer.all, name)
                assertEquals(plain.chat(name, plain::isPerson), streamer.people, name)
                assertEquals(plain.live(name), streamer.live, name)
                assertEquals(plain.streams(name), streamer.streams, name)
                assertEquals(plain.spans(name) { it.title }, streamer.titles, name)
                assertEquals(plain.spans(name) { it.game }, streamer.games, name)
            }
            assertEquals(plain.streamers.map(plain::flow), found.flows)
            assertEquals(
                plain.shared(),
                found.shared.associate {
                    (found.streamers[it.a].streamer.name to found.streamers[it.b].streamer.name) to (it.all to it.people)
                },
            )
        }
    }

    @Test
    fun `partitions do not show`() = runBlocking<Unit> {
        checkAll(30, Arb.long()) { seed ->
            val world = RandomAudience(seed)
            val (one, many) = fold(world, Partitions(1)) to fold(world, Partitions(16))
            assertEquals(one.streamers, many.streamers)
            assertEquals(one.shared, many.shared)
            assertEquals(listOf(one.all, one.people, one.bots), listOf(many.all, many.people, many.bots))
        }
    }

    @Test
    fun `the generated days have what is to be counted`() {
        val worlds = (1L..40L).map(::RandomAudience)
        val days = worlds.map { fold(it, Partitions(1)) }
        assertTrue(days.any { it.all != it.people && it.people.viewers > 0 })
        assertTrue(days.any { it.bots.values.all { count -> count > 0 } })
        assertTrue(days.flatMap { it.streamers }.any { it.all.retention.all { (_, could, stayed) -> stayed in 1 until could } })
        assertTrue(days.flatMap { it.streamers }.any { it.streams.size > 2 && it.live.gaps > 0 && it.live.anonymousMinutes > 0 })
    }

    @Test
    fun `more than 1,000 pairs of streamers are counted`() {
        val streamers = List(60) { "streamer_$it" }
        val all = streamers.map { PlainAudience.Seen("everywhere", it, 7) }
        val few = streamers.take(3).map { PlainAudience.Seen("person", it, 8) }
        val fold = AudienceFold(day, emptyMap(), KnownBots.NONE)
        fold.take(cursor(all + few))
        val shared = fold.result().shared
        assertEquals(60 * 59 / 2, shared.size)
        assertEquals(3, shared.count { it.all == 2 && it.people == 1 })
        assertEquals(60 * 59 / 2 - 3, shared.count { it.all == 1 && it.people == 0 })
    }
}
