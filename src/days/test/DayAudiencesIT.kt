package twitchactors.days

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import twitchactors.store.DayAudienceHead
import twitchactors.store.DayStatus
import twitchactors.store.SampleHead
import java.time.Duration

/**
 * The audience of days follows from what is sealed, on the real databases. In each partition one viewer per revision was seen with
 * `streamer`.
 */
@ExtendWith(TestDays::class)
class DayAudiencesIT(private val started: TestDays.Started) {
    private val kits = ArrayList<ActorTestKit>()
    private val probes by lazy { system() }
    private val audiences = started.viewers.audiences
    private val streamer = Login.require("streamer")

    private fun system() = started.system().also { kits += it }

    @AfterEach
    fun stop() = kits.forEach { it.shutdownTestKit() }

    private fun watch(partitions: Int): ActorTestKit = system().also {
        it.spawn(DayWatch.create(started.outside(partitions), DaysSettings(Duration.ofMillis(50))))
    }

    private fun status(day: Day): DayStatus? = started.viewers.dayStatuses.of(day).toCompletableFuture().get()

    private fun head(day: Day): DayAudienceHead? = audiences.head(day).toCompletableFuture().get()

    /** The status of [day] that fulfils [condition], once there is one. */
    private fun eventually(day: Day, condition: (DayStatus) -> Boolean): DayStatus =
        probes.createTestProbe<Any>().awaitAssert(LONG, Duration.ofMillis(20)) {
            checkNotNull(status(day)?.takeIf(condition)) { "the status is ${status(day)}" }
        }

    private fun head(day: Day, login: String, slot: Int, viewers: Int) = SampleHead(
        streamer = Login.require(login),
        day = day,
        slot = Slot(slot),
        polledAt = 1,
        source = "chatters",
        isRecorded = false,
        hasChatters = true,
        isComplete = true,
        liveViewers = viewers,
        title = "a title",
        category = "",
        streamId = "1",
    )

    @Test
    fun `who knows the status finds the audience, of each revision`() {
        val day = TestDays.newDay()
        watch(3)
        started.heads.write(listOf(head(day, "streamer", 0, 40), head(day, "unseen", 0, 7)), 0)
        started.seal(day, 3, 1)
        val first = eventually(day) { it.revision == 1 }
        assertEquals(first.audience, head(day)!!.follows)
        assertEquals(listOf("streamer" to 3L, "unseen" to 0L), head(day)!!.streamers.map { it.login.name to it.viewers })
        val live = audiences.streamerDay(streamer, day).toCompletableFuture().get()!!.live
        assertEquals(listOf(40.0, 37.0), listOf(live.averageViewers, live.averageAnonymous))
        started.seal(day, 3, 2)
        val second = eventually(day) { it.revision == 2 }
        assertEquals(second.audience, head(day)!!.follows)
        assertEquals(6L to 2, head(day)!!.let { it.all.viewers to it.revision })
    }

    @Test
    fun `what samples say late is taken in when their feed is through, as the same revision`() {
        val day = TestDays.newDay()
        watch(2)
        started.seal(day, 2, 1)
        val first = eventually(day) { it.revision == 1 }
        started.heads.write(listOf(head(day, "streamer", 5, 100)), 0)
        repeat(2) { started.closes.note(day, "late", it, 1) }
        val second = eventually(day) { it.audience != first.audience }
        assertEquals(first.copy(audience = second.audience), second)
        assertEquals(100, audiences.streamerDay(streamer, day).toCompletableFuture().get()!!.live.peak)
    }

    @Test
    fun `a day whose status says nothing of an audience gets one at the next start`() {
        val day = TestDays.newDay()
        val first = watch(2)
        started.seal(day, 2, 1)
        val status = eventually(day) { it.revision == 1 }
        first.shutdownTestKit()
        kits -= first
        started.viewers.dayStatuses.write(status.copy(audience = null)).toCompletableFuture().get()
        watch(2)
        eventually(day) { it == status }
    }

    @Test
    fun `several days together are their union, and one that is not sealed is left out`() {
        // Three in a row: each one is new to all tests.
        val (one, two) = listOf(TestDays.newDay(), TestDays.newDay())
        val three = TestDays.newDay()
        started.seal(one, 2, 3)
        started.sealOne(two, 0, 1)
        started.seal(three, 2, 4)
        val windows = AudienceWindows(started.seals, 2)
        assertEquals(listOf(one, three), windows.days(three, 3))
        val audience = windows.of(listOf(one, three))!!
        assertEquals(8, audience.all)
        val loyalty = audience.streamers.single().all
        assertEquals(listOf(2L, 6L, 0L), listOf(loyalty.new, loyalty.returning, loyalty.leaving))
        assertEquals(listOf(2L, 6L), loyalty.byDays)
        assertNull(windows.of(listOf(one, two)))
    }

    private companion object {
        val LONG: Duration = Duration.ofSeconds(60)
    }
}
