package twitchactors.collect

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import kotlin.random.Random

/** Whatever happens to those who collect, every streamer who was tracked in a slot has one outcome of it. Here is worked out which. */
class CollectHistoriesTest {
    private enum class Outcome { SAMPLE, OFFLINE, GAP }

    private val seen = HashMap<String, Int>()

    private fun count(what: String) = seen.merge(what, 1, Int::plus)

    @Test
    fun `whatever is late, lost, twice or killed, each tracked streamer has one outcome in each slot`() {
        for (seed in 1..HISTORIES) {
            RandomCollecting(Random(seed)).use { history ->
                history.run()
                try {
                    check(history)
                } catch (wrong: AssertionError) {
                    throw AssertionError("history $seed: ${wrong.message}", wrong)
                }
            }
        }
        // None of it is there by luck.
        val all = listOf(
            "sample", "offline", "gap of a poller", "gap that was listed", "sample behind its gap", "twice", "closed again",
            DayCloser.NEVER_CAME, DayCloser.NOT_RUNNING,
            StreamerPoller.TOO_LATE, StreamerPoller.FULL, StreamerPoller.FAILED, StreamerPoller.LEFT,
        )
        assertEquals(emptyList<String>(), all.filter { it !in seen }) { "$seen" }
    }

    /** Who was tracked in [slot]: whom Twitch told of last before it began. */
    private fun tracked(history: RandomCollecting, slot: DaySlot): Set<Login> =
        history.settings.pinned + history.tops.headMap(slot).values.lastOrNull().orEmpty()

    private fun check(history: RandomCollecting) {
        val came = history.came.groupBy { it.sample.streamer to it.slot }
        var slot = history.firstSlot
        while (slot <= DaySlot.lastOf(history.day)) {
            val tracked = tracked(history, slot).mapTo(HashSet()) { it.name }
            for (streamer in tracked) outcome(history, slot, streamer, came[streamer to slot].orEmpty())
            for ((key, strangers) in came) {
                if (key.second != slot || key.first in tracked) continue
                assertTrue(strangers.none { it.isOfCloser }) { "${key.first} was not tracked in $slot, and is listed as missing" }
                assertTrue(history.rosterKills > 0) { "${key.first} was not tracked in $slot, and was polled" }
            }
            slot += 1
        }
        for ((poll, said) in history.came.filter { !it.isOfCloser }.groupBy { it.sample.poll }) {
            assertEquals(1, said.map { it.sample }.toSet().size, "poll $poll says one thing, however often")
            if (said.size > 1) count("twice")
        }
        closes(history)
    }

    private fun outcome(history: RandomCollecting, slot: DaySlot, streamer: String, came: List<RandomCollecting.Came>) {
        val what = "$streamer in $slot"
        val (listed, polled) = came.partition { it.isOfCloser }
        assertTrue(came.isNotEmpty()) { "$what has no outcome" }
        assertTrue(listed.size <= 1) { "$what is listed ${listed.size} times" }
        if (polled.isEmpty()) assertEquals(1, listed.size, what)
        if (polled.any { it.at < slot.endsAt + history.settings.slotGrace }) assertEquals(0, listed.size, "$what is listed, and was there")
        for (gap in listed) {
            assertTrue(gap.at >= slot.endsAt + history.settings.slotGrace) { "$what is listed too early" }
            assertTrue(polled.none { it.at < gap.at }) { "$what is listed at ${gap.at}, and was there" }
            val anything = history.came.any { it.slot == slot && it.at < gap.at }
            val ran = anything || slot.endsAt >= history.closerBegan.last { it <= gap.at }
            assertEquals(if (ran) DayCloser.NEVER_CAME else DayCloser.NOT_RUNNING, gap.sample.gap, what)
            count("gap that was listed")
            count(gap.sample.gap)
        }
        val outcome = came.minOf { of(it) }
        when (outcome) {
            Outcome.SAMPLE -> {
                val names = MemoryTwitch.names(Login.require(streamer), slot).toSet()
                for (sample in polled.filter { of(it) == Outcome.SAMPLE }) {
                    assertEquals(names, sample.sample.logins.toStringUtf8().split('\n').toSet(), what)
                }
                count(if (listed.isEmpty()) "sample" else "sample behind its gap")
            }
            Outcome.OFFLINE -> count("offline")
            Outcome.GAP -> if (polled.isNotEmpty()) count("gap of a poller")
        }
        polled.filter { of(it) == Outcome.GAP }.forEach {
            assertTrue(it.sample.gap in REASONS) { "$what: ${it.sample.gap}" }
            count(it.sample.gap)
        }
    }

    private fun of(came: RandomCollecting.Came) = when {
        came.sample.offline -> Outcome.OFFLINE
        came.sample.gap.isNotEmpty() -> Outcome.GAP
        else -> Outcome.SAMPLE
    }

    /** The day is closed once, and once more, by another feed, when samples have come behind that. */
    private fun closes(history: RandomCollecting) {
        val (first, again) = history.closes.partition { it.feed == DayCloser.FEED }
        assertEquals(1, first.size, "closes of the day; ${history.closing}")
        assertEquals(again.size, again.map { it.feed }.toSet().size, "a feed closes a day once")
        val closed = first.single().at
        val behind = history.came.filter { it.slot.day == history.day && it.at > closed }
        assertTrue(behind.none { it.isOfCloser }) { "a gap is listed behind the close" }
        val late = behind.filter { of(it) == Outcome.SAMPLE }
        if (late.isEmpty()) return assertEquals(emptyList<String>(), again.map { it.feed })
        assertTrue(again.isNotEmpty()) { "${late.size} samples came behind the close" }
        val last = late.maxOf { it.at }
        assertTrue(again.last().at > last) { "the last sample, of $last, is not closed: ${again.map { it.at }}" }
        count("closed again")
    }

    private companion object {
        const val HISTORIES = 12
        val REASONS = setOf(
            "Twitch answered 503", "the token is expired", "the poll failed: IllegalStateException",
            StreamerPoller.TOO_LATE, StreamerPoller.FULL, StreamerPoller.FAILED, StreamerPoller.LEFT, StreamerPoller.STILL_BUSY,
            StreamerPoller.NOT_BEGUN,
        )
    }
}
