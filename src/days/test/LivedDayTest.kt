package twitchactors.days

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test
import twitchactors.domain.Day
import twitchactors.store.DayStatus
import twitchactors.store.DayTrace
import java.time.Instant

class LivedDayTest {
    private val day = Day.parse("2022-08-01")!!
    private fun at(second: Long) = Instant.ofEpochSecond(second)
    private fun content(digest: String, vararg revisions: Int) =
        DayContent(digest, 1, 2, 3, revisions.map { DayContent.PartitionSeal(it, "$digest$it") })

    private fun status(revision: Int, digest: String) = DayStatus(day, revision, 9, true, 1, 2, 3, digest)

    private fun trace(opened: Instant?, vararg feeds: Pair<String, Instant>) = DayTrace(day, opened, mapOf(*feeds), false, 0, 0, 0, null, 2)

    private fun lived(vararg events: DayEvent) = events.fold(LivedDay(), LivedDay::after)

    @Test
    fun `what is new is told once, in the order in which it happened`() {
        val trace = trace(at(1), "b" to at(3), "a" to at(4))
        val news = LivedDay().newsIn(trace)
        assertEquals(listOf(DayOpened(at(1)), DayClosed(at(3), "b"), DayClosed(at(4), "a")), news)
        val after = lived(*news.toTypedArray())
        assertEquals(emptyList<DayEvent>(), after.newsIn(trace))
        assertEquals(listOf(DayClosed(at(5), "c")), after.newsIn(trace(at(9), "a" to at(6), "c" to at(5))))
        assertEquals(listOf(DayClosed(at(5), "c")), LivedDay().newsIn(trace(null, "c" to at(5))))
    }

    @Test
    fun `the revision grows when the digest is another, and only then`() {
        val first = LivedDay().sealedAs(content("x", 1, 1), at(1), null)
        assertEquals(DaySealed(at(1), 1, content("x", 1, 1)), first)
        val second = lived(first).sealedAs(content("y", 2, 1), at(2), null)
        assertEquals(2, second.revision)
        // There and back again: the partitions' revisions are others, the day is the same.
        val third = lived(first, second).sealedAs(content("y", 4, 1), at(3), null)
        assertEquals(DaySealed(at(3), 2, content("y", 4, 1)), third)
        assertSame(third, lived(first, second, third).sealedAs(content("y", 4, 1), at(4), status(2, "y")))
    }

    @Test
    fun `a revision that readers have seen is never given to other content, whatever the journal knows`() {
        assertEquals(3, LivedDay().sealedAs(content("x", 1, 1), at(1), status(3, "x")).revision)
        assertEquals(4, LivedDay().sealedAs(content("y", 1, 1), at(1), status(3, "x")).revision)
        val old = DaySealed(at(1), 1, content("x", 1, 1))
        assertEquals(4, lived(old).sealedAs(content("x", 1, 1), at(2), status(3, "z")).revision)
        assertEquals(3, lived(old).sealedAs(content("x", 1, 1), at(2), status(3, "x")).revision)
        assertSame(old, lived(old).sealedAs(content("x", 1, 1), at(2), status(1, "z")))
    }
}
