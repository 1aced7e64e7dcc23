package twitchactors.profile

import com.google.protobuf.ByteString
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import twitchactors.topics.SightingsCodec
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.Sample
import twitchactors.topics.wire.SampleRecord

/** What records of `samples` become in `sightings`. */
class SampleSplitTest {
    private val partitions = Partitions(4)
    private val split = SampleSplit(partitions, "sightings")

    private fun sample(names: String = "", spoil: Sample.Builder.() -> Unit = {}) =
        Sample.newBuilder().setStreamer("s").setDay(19_205).setSlot(7).setSource("chatters").setPoll("p").setChunks(1)
            .setLogins(ByteString.copyFromUtf8(names)).apply(spoil).build()

    private fun records(sample: Sample) = records(SampleRecord.newBuilder().setSample(sample).build())

    /** By partition, what is sent. */
    private fun records(record: SampleRecord) = buildList {
        split.split(record) { add(it.partition() to SightingsCodec.decode(it.headers(), it.value())) }
    }

    private fun names(sample: Sample) = records(sample).associate { (partition, sent) -> partition to sent.sightings.logins.toStringUtf8() }

    private fun expected(names: String) =
        names.split("\n").groupBy { partitions.of(Login.require(it)) }.mapValues { it.value.joinToString("\n") }

    @Test
    fun `everybody in a sample is a sighting in the partition of its own`() {
        val names = List(40) { "viewer_$it" }.joinToString("\n")
        assertEquals(expected(names), names(sample(names)))
        val about = records(sample(names)).map { it.second.sightings.run { Triple(streamer, day, slot) } }
        assertEquals(setOf(Triple("s", 19_205, 7)), about.toSet())
    }

    @Test
    fun `that a streamer was offline, a gap and an empty chat are nobody's sighting`() {
        assertEquals(emptyList<Any>(), records(sample { offline = true }))
        assertEquals(emptyList<Any>(), records(sample { gap = "Twitch answered 503" }))
        assertEquals(emptyList<Any>(), records(sample()))
        assertFalse(split.isWaiting, "the offset may be committed")
    }

    @Test
    fun `that a streamer was offline is in no poll's way whose chunks come one after the other`() {
        assertEquals(emptyList<Any>(), records(sample("a") { setChunk(0).chunks = 2 }))
        assertTrue(split.isWaiting)
        assertEquals(emptyList<Any>(), records(sample { setPoll("q").offline = true }))
        val sent = records(sample("b") { setChunk(1).chunks = 2 }).map { it.second.sightings.logins.toStringUtf8() }
        assertEquals(setOf("a", "b"), sent.flatMap { it.split("\n") }.toSet())
        assertFalse(split.isWaiting)
    }

    @Test
    fun `the close of a day goes to every partition`() {
        val closed = DayClosed.newBuilder().setDay(19_205).setSource("live").setFeed("live")
            .setSourcePartition(0).setSourcePartitions(2).build()
        val sent = records(SampleRecord.newBuilder().setDayClosed(closed).build())
        assertEquals(List(4) { it to closed }, sent.map { it.first to it.second.dayClosed })
    }
}
