package twitchactors.topics

import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.common.header.Headers
import org.apache.kafka.common.header.internals.RecordHeaders
import org.apache.kafka.common.record.TimestampType
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import java.util.Optional

class DeadLettersTest {
    @Test
    fun `a dead letter is the record as it was, and says where it stood and why it is one`() {
        val headers = RecordHeaders().add("v", "7".toByteArray()).add("reason", "forged".toByteArray()).add("empty", null)
        val letter = DeadLetters.record(record(byteArrayOf(1, -1), byteArrayOf(0, -2), headers), "has version '7'; 1 is known")
        assertEquals("dead-letters", letter.topic())
        assertArrayEquals(byteArrayOf(1, -1), letter.key())
        assertArrayEquals(byteArrayOf(0, -2), letter.value())
        assertEquals("7", letter.headers().lastHeader("v").value().decodeToString())
        assertNull(letter.headers().lastHeader("empty").value())
        assertEquals(1, letter.headers().headers("reason").count())
        assertEquals(DeadLetters.Origin("samples", 3, 4_000_000_000, "has version '7'; 1 is known"), DeadLetters.origin(letter.headers()))
    }

    @Test
    fun `a record without key and value is kept too`() {
        val letter = DeadLetters.record(record(null, null, RecordHeaders()), "has no value")
        assertNull(letter.key())
        assertNull(letter.value())
        assertNull(DeadLetters.origin(RecordHeaders()))
    }

    @Test
    fun `of a record that no topic of ours can hold, the beginning is kept`() {
        val headers = RecordHeaders().add("v", "1".toByteArray()).add("large", ByteArray(1 shl 20)).add("small", ByteArray(10))
        val letter = DeadLetters.record(record(ByteArray(1 shl 20), ByteArray(5 shl 20), headers), "x".repeat(1 shl 20))
        val kept = letter.key().size + letter.value().size + letter.headers().sumOf { it.key().length + (it.value()?.size ?: 0) }
        assert(kept < TopicSettings.DEAD_LETTER_BYTES) { kept }
        assertEquals("${5 shl 20}", letter.headers().lastHeader("cut-from").value().decodeToString())
        assertNull(letter.headers().lastHeader("large"))
    }

    private fun record(key: ByteArray?, value: ByteArray?, headers: Headers): ConsumerRecord<ByteArray, ByteArray> =
        ConsumerRecord("samples", 3, 4_000_000_000, 0L, TimestampType.LOG_APPEND_TIME, 0, 0, key, value, headers, Optional.empty())
}
