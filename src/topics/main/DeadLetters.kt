package twitchactors.topics

import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.header.Headers

/** Records that could not be understood, kept as they were, with where they stood and why they are dead as headers. */
object DeadLetters {
    const val TOPIC_HEADER = "topic"
    const val PARTITION_HEADER = "partition"
    const val OFFSET_HEADER = "offset"
    const val REASON_HEADER = "reason"

    /** Only where the value was too large to be kept whole: how many bytes it had. */
    const val CUT_HEADER = "cut-from"

    /** Bytes of key, value and headers that are kept, each on its own. A record of ours is never larger. */
    private const val KEPT_KEY = 64 shl 10
    private const val KEPT_VALUE = TopicSettings.MESSAGE_BYTES
    private const val KEPT_HEADERS = 256 shl 10
    private const val KEPT_REASON = 1000

    private val ours = setOf(TOPIC_HEADER, PARTITION_HEADER, OFFSET_HEADER, REASON_HEADER, CUT_HEADER)

    /** Where a dead letter stood, and why it is one. */
    data class Origin(val topic: String, val partition: Int, val offset: Long, val reason: String)

    /** The record that keeps [original] in [topic]. Headers of [original] that are called as ours are left out. */
    fun record(
        original: ConsumerRecord<ByteArray, ByteArray>,
        reason: String,
        topic: String = TopicNames.DEAD_LETTERS,
    ): ProducerRecord<ByteArray, ByteArray> {
        val value: ByteArray? = original.value()
        val key: ByteArray? = original.key()
        val letter = ProducerRecord<ByteArray, ByteArray>(topic, key?.cut(KEPT_KEY), value?.cut(KEPT_VALUE))
        var room = KEPT_HEADERS
        for (header in original.headers()) {
            val headerValue: ByteArray? = header.value()
            room -= header.key().length * 3 + (headerValue?.size ?: 0)
            if (room >= 0 && header.key() !in ours) letter.headers().add(header)
        }
        if (value != null && value.size > KEPT_VALUE) letter.headers().add(CUT_HEADER, "${value.size}".toByteArray())
        letter.headers().add(TOPIC_HEADER, original.topic().toByteArray())
        letter.headers().add(PARTITION_HEADER, "${original.partition()}".toByteArray())
        letter.headers().add(OFFSET_HEADER, "${original.offset()}".toByteArray())
        letter.headers().add(REASON_HEADER, reason.take(KEPT_REASON).toByteArray())
        return letter
    }

    /** What the [headers] of a dead letter say; null when they are not those of one. */
    fun origin(headers: Headers): Origin? {
        fun text(name: String): String? = headers.lastHeader(name)?.value()?.decodeToString()
        return Origin(
            text(TOPIC_HEADER) ?: return null,
            text(PARTITION_HEADER)?.toIntOrNull() ?: return null,
            text(OFFSET_HEADER)?.toLongOrNull() ?: return null,
            text(REASON_HEADER) ?: return null,
        )
    }

    /** Whether the header [name] is one that a dead letter has and its record had not. */
    fun isOurs(name: String): Boolean = name in ours

    private fun ByteArray.cut(size: Int) = if (this.size > size) copyOf(size) else this
}
