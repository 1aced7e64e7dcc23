package twitchactors.days

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.analyser.ViewerHistory
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import twitchactors.store.SampleHead
import twitchactors.store.ViewerApplications
import twitchactors.store.Viewers
import twitchactors.store.WindowCounts

/** Viewers' documents and windows follow from what is sealed, on the real databases. Only the days of these tests have five partitions. */
@ExtendWith(TestDays::class)
class ViewerApplierIT(private val started: TestDays.Started) {
    private val applications = ViewerApplications(started.dataSource, PARTITIONS, 1)
    private val viewers: Viewers = started.viewers.viewers
    private val streamer = Login.require("streamer")

    private fun applier(makeDurable: () -> Unit = {}) = ViewerApplier(started.seals, started.heads, viewers, applications, makeDurable)

    private fun bringIn() = untilDone(applier()::next)

    private fun untilDone(piece: () -> Boolean) {
        do {
            val isWork = piece()
        } while (isWork)
    }

    private fun of(partition: Int, number: Int): ViewerHistory? =
        viewers.of(Login.require("viewer_${partition}_$number")).toCompletableFuture().get()

    @Test
    fun `a sealed day is in the documents, and again when it is sealed anew`() {
        val (first, second) = TestDays.newDay() to TestDays.newDay()
        started.seal(second, PARTITIONS, 1)
        started.seal(first, PARTITIONS, 1)
        bringIn()
        assertTrue(applications.days().containsAll(listOf(first, second)))
        assertEquals(listOf(first, second), of(0, 0)!!.days.map { it.day }.filter { it == first || it == second })
        assertNull(of(2, 1)?.of(first))
        val third = of(0, 0)
        started.sealOne(first, 2, 2)
        assertTrue(applications.isBehind(2))
        bringIn()
        assertFalse(applications.isBehind(2))
        assertEquals(1, of(2, 1)!!.of(first)!!.slots)
        assertEquals(third, of(0, 0))
        assertEquals(emptyList<Any>(), applications.due())
    }

    @Test
    fun `who is in a later revision no more is taken out, also when the earlier one was brought in by half`() {
        val day = TestDays.newDay()
        started.seal(day, PARTITIONS, 2)
        val dies = applier { error("killed") }
        repeat(PARTITIONS) { runCatching { dies.next() } }
        assertFalse(day in applications.days())
        assertTrue(started.without(day, 0, 3, "viewer_0_1"))
        bringIn()
        assertNull(of(0, 1)?.of(day))
        assertEquals(1, of(0, 0)!!.of(day)!!.slots)
        assertTrue(day in applications.days())
        assertEquals(emptyList<Any>(), started.seals.superseded(day, 0))
    }

    @Test
    fun `a game that is said late is taken in when its feed is through`() {
        val day = TestDays.newDay()
        started.seal(day, PARTITIONS, 1)
        bringIn()
        assertEquals(emptyMap<String, Int>(), of(3, 0)!!.of(day)!!.games)
        started.heads.write(listOf(head(day)), 0)
        repeat(PARTITIONS) { started.closes.note(day, "late", it, 1) }
        bringIn()
        assertEquals(mapOf("Chess" to 1), of(3, 0)!!.of(day)!!.games)
        assertEquals(mapOf(streamer to 1), of(3, 0)!!.of(day)!!.streamers)
    }

    @Test
    fun `windows are what is counted on demand, and again when a day of theirs changes`() {
        val (first, last) = TestDays.newDay() to TestDays.newDay()
        val windows = AudienceWindows(started.seals, PARTITIONS)
        val keeper = WindowKeeper(windows, started.viewers.windowAudiences, WindowCounts(started.dataSource, PARTITIONS)) {}
        started.seal(first, PARTITIONS, 1)
        started.seal(last, PARTITIONS, 2)
        untilDone(keeper::next)
        assertTrue(keeper.isUpToDate)
        fun stored() = started.viewers.windowAudiences.loyalty(streamer, last, 7).toCompletableFuture().get()!!
        fun counted() = windows.of(windows.days(last, 7))!!.streamers.single()
        val before = stored()
        assertEquals(counted(), before)
        started.seal(first, PARTITIONS, 2)
        assertFalse(keeper.isUpToDate)
        untilDone(keeper::next)
        assertEquals(counted(), stored())
        assertTrue(stored() != before)
        val map = started.viewers.windowAudiences.communities(last, 1).toCompletableFuture().get()!!
        assertEquals(listOf(streamer to 0), map.streamers.map { it.login to it.community })
    }

    private fun head(day: Day) = SampleHead(
        streamer = streamer,
        day = day,
        slot = Slot(0),
        polledAt = 1,
        source = "chatters",
        isRecorded = false,
        hasChatters = true,
        isComplete = true,
        liveViewers = 7,
        title = "",
        category = "Chess",
        streamId = "",
    )

    private companion object {
        const val PARTITIONS = 5
    }
}
