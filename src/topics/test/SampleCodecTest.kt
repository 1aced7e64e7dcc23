package twitchactors.topics

import com.google.protobuf.ByteString
import io.kotest.property.Arb
import io.kotest.property.arbitrary.byte
import io.kotest.property.arbitrary.byteArray
import io.kotest.property.arbitrary.int
import io.kotest.property.checkAll
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertAll
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.DayDropped
import twitchactors.topics.wire.Sample
import twitchactors.topics.wire.SampleRecord
import twitchactors.topics.wire.Sightings

class SampleCodecTest {
    @Test
    fun `a sample and a close come back as they were sent`() {
        val sample = Samples.sample().build()
        assertEquals(sample, SampleCodec.decode(Samples.headers(), SampleCodec.encode(sample)).sample)
        val gap = Samples.sample().setLogins(ByteString.EMPTY).setGap("the recording says null").build()
        assertEquals(gap, SampleCodec.decode(Samples.headers(), SampleCodec.encode(gap)).sample)
        val offline = Samples.sample().setLogins(ByteString.EMPTY).setOffline(true).build()
        assertEquals(offline, SampleCodec.decode(Samples.headers(), SampleCodec.encode(offline)).sample)
        val closed = Samples.closed().build()
        assertEquals(closed, SampleCodec.decode(Samples.headers(), SampleCodec.encode(closed)).dayClosed)
    }

    @Test
    fun `records carry key, partition and version`() {
        val sample = SampleCodec.record("samples", Samples.sample().build())
        assertEquals("zerator", sample.key().decodeToString())
        assertNull(sample.partition())
        assertEquals("1", sample.headers().lastHeader("v").value().decodeToString())
        val closed = SampleCodec.record("samples", 3, Samples.closed().build())
        assertNull(closed.key())
        assertEquals(3, closed.partition())
        assertEquals("1", closed.headers().lastHeader("v").value().decodeToString())
    }

    @Test
    fun `logins are read in place`() {
        val bytes = SampleCodec.encode(Samples.sample().build())
        val logins = Logins.of(SampleCodec.decode(Samples.headers(), bytes).sample.logins)
        assertSame(bytes, logins.bytes)
        val names = ArrayList<String>()
        logins.forEach { from, to -> names += String(logins.bytes, from, to - from, Charsets.US_ASCII) }
        assertEquals(listOf("a", "viewer_1"), names)
        assertEquals(2, logins.count)
    }

    @Test
    fun `logins of several pieces are joined`() {
        val pieces = ByteString.copyFromUtf8("a".repeat(300)).concat(ByteString.copyFromUtf8("b".repeat(300)))
        val logins = Logins.of(pieces)
        assertEquals("a".repeat(300) + "b".repeat(300), String(logins.bytes, logins.from, logins.to - logins.from))
        assertTrue(Logins.of(ByteString.EMPTY).isEmpty)
        assertEquals(0, Logins.of(ByteString.EMPTY).count)
    }

    @Test
    fun `what cannot be is refused with its reason`() {
        fun refused(reason: String, spoil: Sample.Builder.() -> Unit): () -> Unit = {
            val value = SampleCodec.encode(Samples.sample().apply(spoil).build())
            val failure = assertThrows(Unreadable::class.java) { SampleCodec.decode(Samples.headers(), value) }
            assertTrue(reason in failure.reason) { "'${failure.reason}' should say '$reason'" }
        }
        assertAll(
            refused("streamer that is no login") { streamer = "" },
            refused("streamer that is no login") { streamer = "ZeratoR" },
            refused("streamer that is no login") { streamer = "no login" },
            refused("after the year 9999") { day = 2_932_897 },
            refused("day 4294967295") { day = -1 },
            refused("slot 288") { slot = 288 },
            refused("slot 4294967295") { slot = -1 },
            refused("polled at second -1") { polledAt = -1 },
            refused("started at second") { startedAt = Long.MAX_VALUE },
            refused("does not say its source") { source = "" },
            refused("has a title of 501 characters") { title = "x".repeat(501) },
            refused("51 tags") { repeat(50) { addTags("t") } },
            refused("0 chunks") { chunks = 0 },
            refused("4294967295 chunks") { chunks = -1 },
            refused("129 chunks") { chunks = 129 },
            refused("chunk 1 of 1") { chunk = 1 },
            refused("chunk 4294967295 of 2") { setChunk(-1).chunks = 2 },
            refused("does not say of which poll") { setChunks(2).poll = "" },
            refused("is a gap and has logins") { gap = "timeout" },
            refused("is a gap in chunks") { setGap("timeout").setChunks(2).logins = ByteString.EMPTY },
            refused("was offline") { setGap("timeout").setOffline(true).logins = ByteString.EMPTY },
            refused("is of a streamer who was offline and has logins") { offline = true },
            refused("is of a streamer who was offline in chunks") { setOffline(true).setChunks(2).logins = ByteString.EMPTY },
            refused("no login in lower case, at byte 2") { logins = Samples.logins("a", "B") },
            refused("no login in lower case, at byte 0") { logins = ByteString.copyFromUtf8("é") },
            refused("no login in lower case, at byte 1") { logins = ByteString.copyFromUtf8("a\u0000") },
            refused("0 characters, at byte 2") { logins = ByteString.copyFromUtf8("a\n") },
            refused("0 characters, at byte 0") { logins = ByteString.copyFromUtf8("\na") },
            refused("0 characters, at byte 2") { logins = ByteString.copyFromUtf8("a\n\nb") },
            refused("26 characters, at byte 2") { logins = Samples.logins("a", "x".repeat(26), "b") },
            refused("26 characters, at byte 2") { logins = Samples.logins("a", "x".repeat(26)) },
            refused("too large") { logins = ByteString.copyFromUtf8("viewer_1\n".repeat(130_000) + "a") },
        )
    }

    @Test
    fun `a close that cannot be is refused with its reason`() {
        fun refused(reason: String, spoil: DayClosed.Builder.() -> Unit): () -> Unit = {
            val value = SampleCodec.encode(Samples.closed().apply(spoil).build())
            val failure = assertThrows(Unreadable::class.java) { SampleCodec.decode(Samples.headers(), value) }
            assertTrue(reason in failure.reason) { "'${failure.reason}' should say '$reason'" }
        }
        assertAll(
            refused("after the year 9999") { day = -5 },
            refused("does not say its source") { source = "" },
            refused("0 source partitions") { sourcePartitions = 0 },
            refused("source partition 4 of 4") { sourcePartition = 4 },
            refused("source partition 4294967295 of 4") { sourcePartition = -1 },
            refused("feed of 101 characters") { feed = "x".repeat(101) },
        )
    }

    @Test
    fun `the drop of a day is read back in both topics, and refused when it cannot be`() {
        val dropped = DayDropped.newBuilder().setDay(19_205).setId("an id").build()
        val inSamples = SampleCodec.record("samples", 3, dropped)
        assertEquals(3, inSamples.partition())
        assertEquals(dropped, SampleCodec.decode(inSamples.headers(), inSamples.value()).dayDropped)
        val inSightings = SightingsCodec.record("sightings", 5, dropped)
        assertEquals(dropped, SightingsCodec.decode(inSightings.headers(), inSightings.value()).dayDropped)
        fun refused(reason: String, spoil: DayDropped.Builder.() -> Unit) {
            val record = SampleCodec.record("samples", 0, dropped.toBuilder().apply(spoil).build())
            val failure = assertThrows(Unreadable::class.java) { SampleCodec.decode(record.headers(), record.value()) }
            assertTrue(reason in failure.reason) { "'${failure.reason}' should say '$reason'" }
        }
        refused("after the year 9999") { day = -5 }
        refused("does not say its id") { id = "" }
        refused("id of 101 characters") { id = "x".repeat(101) }
    }

    @Test
    fun `a record of another version, of nothing or of something else is refused`() {
        val value = SampleCodec.encode(Samples.sample().build())
        fun reason(version: String?, bytes: ByteArray?) =
            assertThrows(Unreadable::class.java) { SampleCodec.decode(Samples.headers(version), bytes) }.reason
        assertEquals("has no header 'v'", reason(null, value))
        assertEquals("has version '2'; 1 is known", reason("2", value))
        assertEquals("has version of 0 bytes; 1 is known", reason("", value))
        assertEquals("has no value", reason("1", null))
        assertEquals("is neither a sample nor the close or drop of a day", reason("1", ByteArray(0)))
        assertEquals("is neither a sample nor the close or drop of a day", reason("1", SampleRecord.newBuilder().build().toByteArray()))
        assertEquals("is no Protobuf of its topic", reason("1", value.copyOf(value.size - 1)))
        assertEquals("is no Protobuf of its topic", reason("1", """{"streamer":"zerator"}""".toByteArray()))
    }

    @Test
    fun `whatever the bytes are, they are read or refused`(): Unit = runBlocking {
        checkAll(20_000, Arb.byteArray(Arb.int(0..80), Arb.byte())) { bytes -> readOrRefused(bytes) }
    }

    @Test
    fun `whatever happens to a good record, it is read or refused`(): Unit = runBlocking {
        val samples = SampleCodec.encode(Samples.sample().build())
        val closed = SampleCodec.encode(Samples.closed().build())
        for (good in listOf(samples, closed)) {
            checkAll(20_000, Arb.int(good.indices), Arb.byte(), Arb.int(good.indices), Arb.byte()) { first, a, second, b ->
                readOrRefused(good.copyOf().also { it[first] = a }.also { it[second] = b })
            }
            good.indices.forEach { readOrRefused(good.copyOf(it)) }
        }
    }

    private fun readOrRefused(bytes: ByteArray) {
        try {
            Logins.of(SampleCodec.decode(Samples.headers(), bytes).sample.logins).count
        } catch (refused: Unreadable) {
            assertTrue(refused.reason.isNotEmpty())
        }
        try {
            Logins.of(SightingsCodec.decode(Samples.headers(), bytes).sightings.logins).count
        } catch (refused: Unreadable) {
            assertTrue(refused.reason.isNotEmpty())
        }
    }

    @Test
    fun `sightings come back as they were sent, or are refused`() {
        val sightings = Sightings.newBuilder().setStreamer("zerator").setDay(1).setSlot(2).setLogins(Samples.logins("a", "b")).build()
        assertEquals(sightings, SightingsCodec.decode(Samples.headers(), SightingsCodec.encode(sightings)).sightings)
        val closed = Samples.closed().build()
        assertEquals(closed, SightingsCodec.decode(Samples.headers(), SightingsCodec.encode(closed)).dayClosed)
        val bad = sightings.toBuilder().setLogins(Samples.logins("a", "B")).build()
        assertThrows(Unreadable::class.java) { SightingsCodec.decode(Samples.headers(), SightingsCodec.encode(bad)) }
        assertThrows(Unreadable::class.java) { SightingsCodec.decode(Samples.headers("2"), SightingsCodec.encode(sightings)) }
        assertEquals(5, SightingsCodec.record("sightings", 5, sightings).partition())
        assertNull(SightingsCodec.record("sightings", 5, sightings).key())
    }
}
