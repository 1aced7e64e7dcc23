package twitchactors.recording

import com.google.protobuf.ByteString
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.DayDropped
import twitchactors.topics.wire.Sample
import twitchactors.topics.wire.SampleRecord
import java.time.Duration

/** When slots are written, and which records are read again until then. What the files say is for [SampleFolderTest]. */
class OpenSlotsTest {
    private val settings = RecordingSettings(grace = Duration.ofMinutes(2), quiet = Duration.ofMinutes(1))
    private var open = slots(settings)
    private val next = LongArray(2)
    private var now = START * 1000

    @Test
    fun `a slot is written when every partition is beyond its end and the grace`() {
        take(0, sample(0, polledAt = 10))
        take(1, sample(0, polledAt = 20))
        take(0, sample(1, polledAt = 419))
        take(1, sample(1, polledAt = 590))
        assertNull(open.plan(now))
        take(0, sample(1, polledAt = 420))
        val plan = open.plan(now)!!
        assertEquals(listOf(0), plan.slots.map { it.slot.index })
        assertEquals(mapOf(0 to 1L, 1 to 1L), plan.position.offsets)
        assertNull(open.plan(now))
    }

    @Test
    fun `a partition in which nothing comes makes it wait for quiet only, and for the end of the slot`() {
        take(0, sample(0, polledAt = 10))
        now += 419_000
        assertNull(open.plan(now))
        take(0, sample(0, polledAt = 11))
        now += 59_000
        assertNull(open.plan(now))
        now += 1000
        assertEquals(mapOf(0 to 2L, 1 to 0L), open.plan(now)!!.position.offsets)
    }

    @Test
    fun `what comes late is written when no more of it comes`() {
        listOf(0, 1).forEach { take(it, sample(5, polledAt = 1700)) }
        repeat(3) { take(0, sample(0, polledAt = 10)) }
        now += 30_000
        assertNull(open.plan(now))
        now = (START + 1500 + 600) * 1000
        take(0, sample(0, polledAt = 12))
        assertEquals(listOf(5), open.plan(now)!!.slots.map { it.slot.index })
        now += 60_000
        assertEquals(listOf(4), open.plan(now)!!.slots.map { it.samples.size })
    }

    @Test
    fun `a closed day is written at once, when all partitions say so of the same feed`() {
        take(0, sample(7, polledAt = 2101))
        take(0, closed("a"))
        take(1, closed("b"))
        assertNull(open.plan(now))
        take(1, closed("a"))
        val plan = open.plan(now)!!
        assertEquals(listOf(7), plan.slots.map { it.slot.index })
        assertEquals(mapOf(0 to 2L, 1 to 2L), plan.position.offsets)
    }

    @Test
    fun `too much of it is written all`() {
        open = slots(RecordingSettings(memory = 3000))
        repeat(2) { take(0, sample(it, polledAt = 0)) }
        assertNull(open.plan(now))
        take(0, sample(2, polledAt = 0))
        assertTrue(open.isFull)
        assertEquals(3, open.plan(now)!!.slots.size)
        assertEquals(0, open.bytes)
    }

    @Test
    fun `the position stays before a poll that is not whole yet`() {
        take(0, sample(0, polledAt = 0))
        take(0, sample(1, polledAt = 310).setPoll("p").setChunks(2).setChunk(0))
        take(0, sample(0, polledAt = 0))
        take(0, closed("a"))
        take(1, closed("a"))
        val plan = open.plan(now)!!
        assertEquals(listOf(0), plan.slots.map { it.slot.index })
        assertEquals(1L, plan.position.offsets[0])
        take(0, sample(1, polledAt = 310).setPoll("p").setChunks(2).setChunk(1))
        now += 3_600_000
        assertEquals(5L, open.plan(now)!!.position.offsets[0])
    }

    @Test
    fun `records of recordings are left out when they are not wanted`() {
        open = slots(RecordingSettings(replays = false))
        take(0, sample(0, polledAt = 0).setSource("recorded"))
        val plan = open.plan(now)!!
        assertEquals(0, plan.slots.size)
        assertEquals(1L, plan.position.offsets[0])
    }

    @Test
    fun `a drop that one partition never brings is not awaited for ever`() {
        take(0, sample(0, polledAt = 0))
        take(0, SampleRecord.newBuilder().setDayDropped(DayDropped.newBuilder().setDay(RandomTopic.DAY.epochDay).setId("x")).build())
        take(1, sample(0, polledAt = 0), appendedAt = APPENDED + 600_000)
        take(1, sample(0, polledAt = 0), appendedAt = APPENDED + 600_001)
        now += 3_600_000
        val plan = open.plan(now)!!
        assertEquals(setOf(RandomTopic.DAY), plan.dropped)
        assertEquals(listOf(1), plan.slots.map { it.samples.size })
    }

    private fun slots(settings: RecordingSettings) = OpenSlots(settings, OpenSlots.Start(Position("topic", mapOf(0 to 0L, 1 to 0L))))

    private fun take(partition: Int, sample: Sample.Builder, appendedAt: Long = APPENDED) =
        take(partition, SampleRecord.newBuilder().setSample(sample.build()).build(), appendedAt)

    private fun take(partition: Int, record: SampleRecord, appendedAt: Long = APPENDED) =
        open.take(partition, next[partition]++, appendedAt, record, now)

    private fun sample(slot: Int, polledAt: Int): Sample.Builder = Sample.newBuilder().setStreamer("s").setDay(RandomTopic.DAY.epochDay)
        .setSlot(slot).setPolledAt(START + polledAt).setSource("chatters").setChunks(1).setLogins(ByteString.copyFromUtf8("a"))

    private fun closed(feed: String) = SampleRecord.newBuilder()
        .setDayClosed(
            DayClosed.newBuilder().setDay(RandomTopic.DAY.epochDay).setFeed(feed).setSource("test").setSourcePartitions(2),
        ).build()

    private companion object {
        val START = RandomTopic.DAY.startsAt
        const val APPENDED = 1_700_000_000_000
    }
}
