package twitchactors.profile

import com.google.protobuf.ByteString
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Partitions
import twitchactors.topics.wire.Sample
import twitchactors.topics.wire.SampleRecord

/** What a record of `samples` says besides the logins is said once for each poll, and never of one that is not whole. */
class SampleSplitHeadsTest {
    private val split = SampleSplit(Partitions(4), "sightings")
    private val heads = ArrayList<Head>()
    private var sent = 0

    private fun sample(slot: Int) = Sample.newBuilder().setStreamer("anna").setDay(19_205).setSlot(slot).setSource("chatters")
        .setLiveViewers(100 + slot).setPoll("poll $slot").setChunks(1).setLogins(ByteString.copyFromUtf8("bob\ncarl"))

    private fun take(sample: Sample.Builder) = split.split(SampleRecord.newBuilder().setSample(sample).build(), heads::add) { sent++ }

    @Test
    fun `once for a poll in chunks, when the last one has come`() {
        take(sample(1).setChunks(3).setChunk(0))
        take(sample(1).setChunks(3).setChunk(1))
        assertEquals(emptyList<Head>(), heads)
        take(sample(1).setChunks(3).setChunk(2))
        assertEquals(listOf(101 to 6), heads.map { it.sample.liveViewers to it.names })
        assertTrue(sent > 0)
    }

    @Test
    fun `not for a poll whose other chunks never come`() {
        take(sample(1).setChunks(2).setChunk(0))
        take(sample(2))
        assertEquals(listOf(102 to 2), heads.map { it.sample.liveViewers to it.names })
    }

    @Test
    fun `for a gap and an empty chat, not for a streamer who was offline`() {
        take(sample(1).clearLogins().setGap("timeout"))
        take(sample(2).clearLogins())
        take(sample(3).clearLogins().setOffline(true))
        assertEquals(listOf(101 to 0, 102 to 0), heads.map { it.sample.liveViewers to it.names })
        assertEquals(0, sent)
    }
}
