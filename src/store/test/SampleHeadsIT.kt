package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.audience.LiveSample
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.util.concurrent.atomic.AtomicInteger

@ExtendWith(TestStores::class)
class SampleHeadsIT(started: TestStores.Started) {
    private val heads = SampleHeads(started.dataSource)

    /** One that no other test uses. */
    private val day = Day(days.incrementAndGet())

    private fun head(slot: Int, viewers: Int?, polledAt: Long = 7, hasChatters: Boolean = true, complete: Boolean = true) = SampleHead(
        streamer = Login.require("anna"),
        day = day,
        slot = Slot(slot),
        polledAt = polledAt,
        source = "chatters",
        isRecorded = false,
        hasChatters = hasChatters,
        isComplete = complete,
        liveViewers = viewers,
        title = "Ünder 🦇 '; --",
        category = "Chess",
        streamId = "1",
    )

    private fun viewers() = heads.of(day).samples[Login.require("anna")].orEmpty().map { it.slot to it.liveViewers }

    @Test
    fun `what was said is read back, streamers and slots in order`() {
        val bob = head(3, null, hasChatters = false, complete = false).copy(streamer = Login.require("bob"))
        heads.write(listOf(bob, head(287, 12), head(0, Int.MAX_VALUE)), 1)
        val expected = LiveSample(287, 12, title = "Ünder 🦇 '; --", game = "Chess", streamId = "1")
        assertEquals(
            mapOf(
                "anna" to listOf(expected.copy(slot = 0, liveViewers = Int.MAX_VALUE), expected),
                "bob" to listOf(expected.copy(slot = 3, liveViewers = null, hasChatters = false, isComplete = false)),
            ),
            heads.of(day).samples.mapKeys { it.key.name },
        )
    }

    @Test
    fun `of several in one slot the same one counts in any order`() {
        val all = listOf(
            head(1, 1, polledAt = 99, hasChatters = false, complete = false),
            head(1, 2, polledAt = 98, complete = false),
            head(1, 3, polledAt = 97).copy(isRecorded = true),
            head(1, 4, polledAt = 5),
            head(1, 5, polledAt = 6),
        )
        val digests = listOf(all, all.reversed(), all + all).map { order ->
            heads.forget(day, 1)
            order.forEach { heads.write(listOf(it), 1) }
            assertEquals(listOf(1 to 5), viewers())
            heads.of(day).digest
        }
        assertEquals(1, digests.distinct().size)
        heads.write(listOf(head(1, 5, polledAt = 6).copy(title = "another")), 1)
        val (first, second) = listOf(head(2, 8), head(2, 9)).let { equals ->
            listOf(equals, equals.reversed()).map { order ->
                heads.forget(day, 1)
                heads.write(order, 1)
                viewers()
            }
        }
        assertEquals(first, second)
    }

    @Test
    fun `any difference shows in the digest`() {
        heads.write(listOf(head(1, 1)), 1)
        val one = heads.of(day).digest
        heads.write(listOf(head(1, 1)), 1)
        assertEquals(one, heads.of(day).digest)
        heads.write(listOf(head(2, 1)), 1)
        val two = heads.of(day).digest
        heads.forget(day, 1)
        heads.write(listOf(head(1, 1), head(2, 2)), 1)
        assertEquals(3, setOf(one, two, heads.of(day).digest).size)
        assertNotEquals(one, heads.of(Day(day.epochDay + 1)).digest)
    }

    @Test
    fun `forgotten is what came through one partition`() {
        heads.write(listOf(head(1, 1)), 4)
        heads.write(listOf(head(1, 1).copy(streamer = Login.require("bob"))), 5)
        assertEquals(1, heads.forget(day, 4))
        assertEquals(listOf("bob"), heads.of(day).samples.keys.map { it.name })
    }

    private companion object {
        val days = AtomicInteger(40_000)
    }
}
