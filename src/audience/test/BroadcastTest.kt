package twitchactors.audience

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import twitchactors.domain.Slot

/** Worked by hand from the definitions. */
class BroadcastTest {
    private val nobody = IntArray(Slot.PER_DAY)

    private fun live(vararg samples: LiveSample) = Broadcast(samples.toList()).live(nobody)

    @Test
    fun `average viewers weigh each sample by the time until the next, of which two intervals count at most`() {
        // 100 speaks for 5 minutes, 400 for 10 of the 10 until slot 13, 1,000 for 10 of the 15 until slot 16, 50 for its own 5.
        val figures =
            live(LiveSample(10, 100), LiveSample(11, 400), LiveSample(13, 1000, streamId = "a"), LiveSample(16, 50, streamId = "a"))
        assertEquals(30, figures.airtime)
        assertEquals((100 * 5 + 400 * 10 + 1000 * 10 + 50 * 5) / 30.0, figures.averageViewers)
        assertEquals(1000, figures.peak)
        assertEquals(13, figures.peakSlot)
        assertEquals((100 * 5 + 400 * 10 + 1000 * 10 + 50 * 5) / 60.0, figures.hoursWatched!!, 1e-9)
    }

    @Test
    fun `live viewers that are not known are left out, and all of them leave nothing`() {
        assertEquals(100.0, live(LiveSample(1, 100), LiveSample(2, null)).averageViewers)
        val unknown = live(LiveSample(1, null), LiveSample(2, null))
        assertEquals(10, unknown.airtime)
        assertNull(unknown.averageViewers)
        assertNull(unknown.hoursWatched)
        assertNull(unknown.averageAnonymous)
        assertNull(unknown.peak)
    }

    @Test
    fun `anonymous viewers are never below zero, and a slot without its list says nothing of them`() {
        val chatters = IntArray(Slot.PER_DAY)
        chatters[1] = 30
        chatters[2] = 500
        val samples = listOf(LiveSample(1, 100), LiveSample(2, 100), LiveSample(3, 100, hasChatters = false))
        val figures = Broadcast(samples).live(chatters)
        assertEquals(35.0, figures.averageAnonymous)
        assertEquals(100.0, figures.averageViewers)
        assertEquals(1, figures.gaps)
    }

    @Test
    fun `a stream ends with another id, or after two slots without a sample where no id is known`() {
        val samples = listOf(
            LiveSample(1, 1, streamId = "a"),
            LiveSample(9, 1, streamId = "a"),
            LiveSample(10, 1),
            LiveSample(12, 1, streamId = "b"),
            LiveSample(14, 1),
            LiveSample(17, 1),
        )
        val broadcast = Broadcast(samples)
        assertEquals(listOf("a" to 1..10, "b" to 12..14, "" to 17..17), broadcast.streams.map { it.id to it.first..it.last })
        assertEquals(listOf(-1, 0, 0, -1, 1, 1, -1, 2), listOf(0, 5, 10, 11, 13, 14, 15, 17).map(broadcast::streamAt))
    }

    @Test
    fun `titles and games have their slots`() {
        val samples = listOf(5 to "a", 6 to "a", 7 to "b", 8 to "a", 9 to "").map { (slot, title) -> LiveSample(slot, 1, title = title) }
        assertEquals(mapOf("a" to "5-6,8", "b" to "7"), Broadcast(samples).titles())
    }
}
