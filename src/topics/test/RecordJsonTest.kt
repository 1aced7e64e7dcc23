package twitchactors.topics

import com.google.protobuf.ByteString
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.record.TimestampType
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import twitchactors.topics.wire.Sample
import java.util.Optional

/** What `topic cat` shows of a record. */
class RecordJsonTest {
    private fun shown(sample: Sample.Builder): JsonObject = shown(SampleCodec.record(TopicNames.SAMPLES, sample.build()))

    private fun shown(record: ProducerRecord<ByteArray, ByteArray>): JsonObject = RecordJson.of(
        ConsumerRecord(
            record.topic(), 3, 7, 1_659_398_100_000, TimestampType.LOG_APPEND_TIME, 0, 0, record.key(), record.value(),
            record.headers(), Optional.empty(),
        ),
    )

    private fun value(sample: Sample.Builder) = shown(sample).getValue("value").jsonObject

    @Test
    fun `a sample is shown with who was in the chat, and an empty chat as such`() {
        val record = shown(Samples.sample())
        assertEquals(
            """{"topic":"samples","partition":3,"offset":7,"appended_at":"2022-08-01T23:55:00Z","key":"zerator","headers":{"v":"1"},""" +
                """"value":{"type":"sample","streamer":"zerator","day":"2022-08-01","slot":287,"polled_at":"2022-08-01T23:55:00Z",""" +
                """"source":"recorded","complete":true,"live_viewers":5171,"title":"Un titre é 😀","category":"Just Chatting",""" +
                """"language":"fr","tags":["Français"],"stream_id":"4000000000","started_at":"2022-08-01T00:00:00Z","poll":"p",""" +
                """"chunk":0,"chunks":1,"names_dropped":0,"logins":["a","viewer_1"]}}""",
            "$record",
        )
        assertEquals("[]", value(Samples.sample().setLogins(ByteString.EMPTY)).getValue("logins").toString())
    }

    @Test
    fun `that a streamer was offline is shown, and that is no empty chat`() {
        val sample = Sample.newBuilder().setStreamer("zerator").setDay(19_205).setSlot(1).setSource("collect").setOffline(true)
        val offline = value(sample.setChunks(1))
        assertEquals("true", offline.getValue("offline").toString())
        assertEquals(null, offline["logins"])
        assertEquals(null, offline["gap"])
    }

    @Test
    fun `a gap is shown with its reason`() {
        val gap = value(Samples.sample().setLogins(ByteString.EMPTY).setGap("Twitch answered 503"))
        assertEquals("\"Twitch answered 503\"", gap.getValue("gap").toString())
        assertEquals(null, gap["logins"])
        assertEquals(null, gap["offline"])
    }

    @Test
    fun `bytes that cannot be read are shown with the reason`() {
        val record = SampleCodec.record(TopicNames.SAMPLES, Samples.sample().build())
        val spoilt = shown(ProducerRecord(record.topic(), null, record.key(), record.value().copyOf(9), record.headers()))
        assertEquals("\"is no Protobuf of its topic\"", spoilt.getValue("unreadable").toString())
        assertEquals(null, spoilt["value"])
    }
}
