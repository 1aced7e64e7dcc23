package twitchactors.days

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe
import org.apache.pekko.actor.typed.ActorRef
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.domain.Day
import twitchactors.store.DayStatus
import twitchactors.store.DayTraces
import java.time.Duration

/** The life of days on the real databases: what is written, what a restart makes of it, and what becomes of two at a time. */
@ExtendWith(TestDays::class)
class DayLifeIT(private val started: TestDays.Started) {
    private val kits = ArrayList<ActorTestKit>()
    private val probes by lazy { system() }

    private fun system() = started.system().also { kits += it }

    @AfterEach
    fun stop() = kits.forEach { it.shutdownTestKit() }

    private fun watch(partitions: Int): ActorTestKit = system().also {
        it.spawn(DayWatch.create(started.outside(partitions), DaysSettings(Duration.ofMillis(50))))
    }

    private fun status(day: Day): DayStatus? = started.viewers.dayStatuses.of(day).toCompletableFuture().get()

    private fun <T : Any> eventually(what: String, value: () -> T?): T {
        val probe = probes.createTestProbe<Any>()
        return probe.awaitAssert(LONG, Duration.ofMillis(20)) { checkNotNull(value()) { "no $what yet" } }
    }

    private fun sealedAs(day: Day, revision: Int) = eventually("status of revision $revision") {
        status(day)?.takeIf {
            it.revision ==
                revision
        }
    }

    @Test
    fun `a day is opened, closed by each feed, and sealed again when its content is another`() {
        val day = TestDays.newDay()
        watch(4)
        started.openings.note(day)
        eventually("event") { started.journal(day).singleOrNull() }
        started.openings.note(day)
        started.seal(day, 4, 1)
        val first = sealedAs(day, 1)
        assertEquals(4, first.viewers)
        assertEquals(4, first.seals)
        started.seal(day, 4, 2)
        val second = sealedAs(day, 2)
        assertEquals(8, second.viewers)
        assertNotEquals(first.digest, second.digest)
        eventually("closes") { started.journal(day).filter { it.first is DayClosed }.takeIf { it.size == 2 } }
        val events = started.journal(day).map { it.first }
        assertEquals(listOf("feed 1", "feed 2"), events.filterIsInstance<DayClosed>().map { it.feed })
        assertEquals(listOf(1, 2), started.sealed(day).map { it.revision })
        assertEquals(1, events.filterIsInstance<DayOpened>().size)
    }

    @Test
    fun `while some partitions are not through with a feed, the others' late part of the day is no revision of it`() {
        val day = TestDays.newDay()
        watch(2)
        started.seal(day, 2, 1)
        sealedAs(day, 1)
        started.sealOne(day, 0, 2)
        val other = TestDays.newDay()
        started.seal(other, 2, 1)
        sealedAs(other, 1)
        assertEquals(listOf(1), started.sealed(day).map { it.revision })
        started.sealOne(day, 1, 2)
        assertEquals(4, sealedAs(day, 2).seals)
        assertEquals(listOf(1, 2), started.sealed(day).map { it.revision })
    }

    @Test
    fun `a feed that some partitions never get through is not waited for without end`() {
        val day = TestDays.newDay()
        started.seal(day, 2, 1)
        started.closes.note(day, "lost", 0, 1)
        assertFalse(DayTraces(started.dataSource, 2).of(day).isWhole)
        assertTrue(DayTraces(started.dataSource, 2, Duration.ZERO).of(day).isWhole)
    }

    @Test
    fun `a day that one partition has not published has no status`() {
        val day = TestDays.newDay()
        watch(2)
        started.seal(day, 1, 1)
        val other = TestDays.newDay()
        started.seal(other, 2, 1)
        sealedAs(other, 1)
        assertNull(status(day))
        assertEquals(emptyList<DaySealed>(), started.sealed(day))
    }

    @Test
    fun `the seal of 1,024 partitions is above 64 KiB, and comes back from the journal`() {
        val day = TestDays.newDay()
        started.seal(day, MOST, 1)
        val first = watch(MOST)
        val told = sealedAs(day, 1)
        first.shutdownTestKit()
        val (event, bytes) = started.journal(day).single { it.first is DaySealed }
        assertTrue(bytes > 65_535, "$bytes bytes")
        assertEquals(MOST, (event as DaySealed).content.partitions.size)
        // What comes back is what the next one goes on from: nothing is written a second time.
        started.viewers.dayStatuses.delete(day).toCompletableFuture().get()
        watch(MOST)
        assertEquals(told, sealedAs(day, 1))
        assertEquals(listOf(event), started.sealed(day))
    }

    @Test
    fun `a restart makes the status again that the viewer database has lost, from the events`() {
        val day = TestDays.newDay()
        val before = watch(3)
        started.seal(day, 3, 1)
        sealedAs(day, 1)
        started.seal(day, 3, 2)
        val told = sealedAs(day, 2)
        before.shutdownTestKit()
        val events = started.journal(day).map { it.first }
        // Once all of it, once an older one.
        started.viewers.dayStatuses.delete(day).toCompletableFuture().get()
        val again = watch(3)
        assertEquals(told, sealedAs(day, 2))
        again.shutdownTestKit()
        started.viewers.dayStatuses.delete(day).toCompletableFuture().get()
        started.viewers.dayStatuses.write(told.copy(revision = 1, seals = 3, digest = "0".repeat(64))).toCompletableFuture().get()
        watch(3)
        assertEquals(told, sealedAs(day, 2))
        assertEquals(events, started.journal(day).map { it.first })
    }

    @Test
    fun `of two lives of one day one writes, and the other goes on from there`() {
        val day = TestDays.newDay()
        started.openings.note(day)
        started.seal(day, 2, 1)
        val trace = DayTraces(started.dataSource, 2).of(day)
        val looked: TestProbe<DayLife.Looked> = probes.createTestProbe()
        val lives = List(2) {
            val ready: TestProbe<DayLife.Ready> = probes.createTestProbe()
            val life: ActorRef<DayLife.Command> = system().spawn(DayLife.create(day, started.outside(2), ready.ref))
            ready.receiveMessage(LONG)
            life to ready
        }
        // Both know of no event: whoever comes second finds its place taken.
        lives[0].first.tell(DayLife.Look(trace, looked.ref))
        assertTrue(looked.receiveMessage(LONG).isSettled)
        val (second, ready) = lives[1]
        second.tell(DayLife.Look(trace, looked.ref))
        ready.receiveMessage(LONG)
        second.tell(DayLife.Look(trace, looked.ref))
        assertTrue(looked.receiveMessage(LONG).isSettled)
        assertEquals(listOf(DayOpened::class, DayClosed::class, DaySealed::class), started.journal(day).map { it.first::class })
    }

    @Test
    fun `two watches at once write every revision once`() {
        val days = List(4) { TestDays.newDay() }
        watch(3)
        watch(3)
        for (revision in 1..5) {
            days.forEach { started.seal(it, 3, revision) }
            for (day in days) eventually("revision of $day") { status(day)?.takeIf { it.seals == 3 * revision } }
        }
        for (day in days) {
            val sealed = started.sealed(day)
            assertEquals(5, status(day)!!.revision)
            assertEquals((1..5).toList(), sealed.map { it.revision })
            assertEquals(5, sealed.map { it.content.digest }.toSet().size)
        }
    }

    private companion object {
        const val MOST = 1024
        val LONG: Duration = Duration.ofSeconds(60)
    }
}
