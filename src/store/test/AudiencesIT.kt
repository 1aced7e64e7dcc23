package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.audience.AudienceFold
import twitchactors.audience.Broadcast
import twitchactors.audience.DayAudience
import twitchactors.audience.KnownBots
import twitchactors.audience.LiveSample
import twitchactors.audience.Overlap
import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Slot
import java.util.concurrent.CompletionStage
import java.util.concurrent.atomic.AtomicInteger

@ExtendWith(TestStores::class)
class AudiencesIT(started: TestStores.Started) {
    private val audiences = started.viewers.audiences

    /** One that no other test uses. */
    private val day = Day(days.incrementAndGet())
    private val bots = KnownBots(listOf(Login.require("nightbot")))

    private fun <T> CompletionStage<T>.now(): T = toCompletableFuture().get()

    /** Each of [chats] says who was in it in slots 10 to 12. */
    private fun audience(vararg chats: Pair<String, List<String>>): DayAudience {
        val open = OpenDay(day)
        for ((streamer, viewers) in chats) {
            for (viewer in viewers) for (slot in 10..12) open.add(Login.require(viewer), Login.require(streamer), Slot(slot))
        }
        val first = LiveSample(10, 100, title = "a.b\$c", game = "Chess", streamId = "77")
        val samples = listOf(first, LiveSample(11, null), LiveSample(15, 3))
        val fold = AudienceFold(day, chats.take(1).associate { Login.require(it.first) to Broadcast(samples) }, bots)
        fold.take(OpenDayForm.cursor(ByteSink().also { OpenDayForm.write(open, it) }.copy()))
        return fold.result()
    }

    private val two = arrayOf("anna" to listOf("v1", "v2", "nightbot"), "zed" to listOf("v2", "nightbot"))

    @Test
    fun `a day is read back as it was written`() {
        val audience = audience(*two)
        assertTrue(audiences.write(audience, 3, "abc").now())
        assertEquals(audience.streamers, audiences.streamerDays(audience.streamers.map { it.streamer }, day).now().sortedBy { it.streamer })
        assertEquals(audience.streamers[0], audiences.streamerDay(Login.require("anna"), day).now())
        val head = audiences.head(day).now()!!
        assertEquals(DayAudienceHead.of(audience, 3, "abc"), head)
        assertEquals(listOf("anna" to 3L, "zed" to 2L), head.streamers.map { it.login.name to it.viewers })
        assertNull(audiences.head(Day(day.epochDay - 1000)).now())
    }

    @Test
    fun `an overlap is known from both sides, with bots and without`() {
        audiences.write(audience(*two), 1, "x").now()
        val (anna, zed) = listOf("anna", "zed").map { audiences.overlaps(Login.require(it), day).now()!! }
        assertEquals(listOf(StreamerOverlaps.Other(zed.streamer, Overlap(3, 2, 2), Overlap(2, 1, 1))), anna.others)
        assertEquals(listOf(StreamerOverlaps.Other(anna.streamer, Overlap(2, 3, 2), Overlap(1, 2, 1))), zed.others)
    }

    @Test
    fun `the next revision takes the place of all, and the one before never comes back`() {
        audiences.write(audience(*two), 1, "x").now()
        val next = audience("bob" to listOf("v1"), "zed" to listOf("v2"))
        assertTrue(audiences.write(next, 2, "y").now())
        assertNull(audiences.streamerDay(Login.require("anna"), day).now())
        assertNull(audiences.overlaps(Login.require("anna"), day).now())
        assertEquals(emptyList<Any>(), audiences.overlaps(Login.require("zed"), day).now()!!.others)
        assertFalse(audiences.write(audience(*two), 1, "x").now())
        assertEquals(DayAudienceHead.of(next, 2, "y"), audiences.head(day).now())
        assertEquals(next.streamers[1], audiences.streamerDay(Login.require("zed"), day).now())
    }

    @Test
    fun `more streamers than fit into one bulk`() {
        val chats = List(230) { "streamer_%03d".format(it) to listOf("v1", "viewer_$it") }
        val audience = audience(*chats.toTypedArray())
        audiences.write(audience, 1, "x").now()
        assertEquals(audience.streamers, audiences.streamerDays(audience.streamers.map { it.streamer }, day).now().sortedBy { it.streamer })
        assertEquals(229, audiences.overlaps(Login.require("streamer_117"), day).now()!!.others.size)
    }

    private companion object {
        val days = AtomicInteger(50_000)
    }
}
