package twitchactors.topics

import com.google.protobuf.InvalidProtocolBufferException
import com.google.protobuf.Parser
import com.google.protobuf.UnsafeByteOperations
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.header.Header
import org.apache.kafka.common.header.Headers
import org.apache.kafka.common.header.internals.RecordHeader
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import twitchactors.domain.Slot
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.DayDropped

/** What the records of `samples` and of `sightings` have in common: version, size, and fields of the same meaning. */
internal object RecordBytes {
    /** A value that is larger is not read. Ours are below the smallest limit that a broker has by default. */
    const val MAX_BYTES = 1 shl 20

    const val MAX_FEED = 100

    /** The header that says our version; shared, for a header's value is never changed. */
    val VERSION: Header = RecordHeader(TopicNames.VERSION_HEADER, TopicNames.VERSION.toByteArray())

    private val version = VERSION.value()

    /** Reads [value] by [parser]; the result shares its bytes with [value]. */
    fun <T> parse(parser: Parser<T>, headers: Headers, value: ByteArray?): T {
        val found = headers.lastHeader(TopicNames.VERSION_HEADER)?.value()
            ?: throw Unreadable("has no header '${TopicNames.VERSION_HEADER}'")
        if (!found.contentEquals(version)) throw Unreadable("has version ${shown(found)}; ${TopicNames.VERSION} is known")
        if (value == null) throw Unreadable("has no value")
        if (value.size > MAX_BYTES) throw Unreadable("is too large: ${value.size} bytes, $MAX_BYTES are possible")
        try {
            val input = UnsafeByteOperations.unsafeWrap(value).newCodedInput()
            input.enableAliasing(true)
            return parser.parseFrom(input).also { input.checkLastTagWas(0) }
        } catch (_: InvalidProtocolBufferException) {
            throw Unreadable("is no Protobuf of its topic")
        }
    }

    /** A record of our version; [partition] null leaves it to the [key]. */
    fun record(topic: String, partition: Int?, key: ByteArray?, value: ByteArray): ProducerRecord<ByteArray, ByteArray> {
        val whenAppended: Long? = null
        return ProducerRecord(topic, partition, whenAppended, key, value, listOf(VERSION))
    }

    fun checkStreamer(streamer: String) {
        if (Login.of(streamer)?.name != streamer) throw Unreadable("names a streamer that is no login in lower case")
    }

    fun checkDay(epochDay: Int) {
        if (epochDay !in 0..Day.LAST_EPOCH_DAY) throw Unreadable("has day ${unsigned(epochDay)}, which is after the year 9999")
    }

    fun checkSlot(slot: Int) {
        if (slot !in 0 until Slot.PER_DAY) throw Unreadable("has slot ${unsigned(slot)}; 0 to ${Slot.PER_DAY - 1} are possible")
    }

    fun check(closed: DayClosed) {
        checkDay(closed.day)
        checkText("source", closed.source, MAX_FEED)
        checkText("feed", closed.feed, MAX_FEED)
        if (closed.source.isEmpty()) throw Unreadable("does not say its source")
        if (closed.sourcePartitions !in 1..Partitions.MAX) {
            throw Unreadable("says ${unsigned(closed.sourcePartitions)} source partitions; 1 to ${Partitions.MAX} are possible")
        }
        if (closed.sourcePartition !in 0 until closed.sourcePartitions) {
            throw Unreadable("has source partition ${unsigned(closed.sourcePartition)} of ${closed.sourcePartitions}")
        }
    }

    fun check(dropped: DayDropped) {
        checkDay(dropped.day)
        checkText("id", dropped.id, MAX_FEED)
        if (dropped.id.isEmpty()) throw Unreadable("does not say its id")
    }

    fun checkText(name: String, text: String, limit: Int) {
        if (text.length > limit) throw Unreadable("has a $name of ${text.length} characters; $limit are possible")
    }

    fun unsigned(number: Int): String = Integer.toUnsignedString(number)

    private fun shown(version: ByteArray): String =
        if (version.size in 1..8 && version.all { it in 0x21..0x7e }) "'${version.decodeToString()}'" else "of ${version.size} bytes"
}
