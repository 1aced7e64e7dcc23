package twitchactors.topics

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.apache.kafka.clients.consumer.ConsumerConfig
import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerConfig
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.KafkaException
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.header.internals.RecordHeader
import org.apache.kafka.common.header.internals.RecordHeaders
import org.apache.kafka.common.record.TimestampType
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.apache.kafka.common.serialization.ByteArraySerializer
import twitchactors.domain.BadInput
import twitchactors.services.KafkaEndpoint
import twitchactors.services.ServiceUnavailable
import java.time.Duration
import java.time.Instant
import java.util.Optional
import java.util.concurrent.ExecutionException

/**
 * The dead letters that Kafka has, for operators: to be listed, looked at, and sent again where they came from. Nothing is removed:
 * they go with their age. A record that is sent again and still not understood becomes another dead letter. Blocks its callers.
 *
 * @param topic where they are
 */
class DeadLetterBox(private val kafka: KafkaEndpoint, private val topic: String = TopicNames.DEAD_LETTERS) {
    /** Gives all that there are to [letter], the oldest first; [from] on when it is not null. */
    fun forEach(from: Long? = null, letter: (DeadLetter) -> Unit) = reading { consumer ->
        val partition = TopicPartition(topic, PARTITION)
        consumer.assign(listOf(partition))
        val begin = consumer.beginningOffsets(listOf(partition)).getValue(partition)
        val end = consumer.endOffsets(listOf(partition)).getValue(partition)
        consumer.seek(partition, maxOf(begin, from ?: begin))
        while (consumer.position(partition) < end) {
            for (record in consumer.poll(POLL)) if (record.offset() < end) letter(letter(record) ?: continue)
        }
    }

    /**
     * The one with [number].
     *
     * @throws BadInput when there is none
     */
    fun get(number: Long): DeadLetter = reading { consumer ->
        val partition = TopicPartition(topic, PARTITION)
        consumer.assign(listOf(partition))
        val end = consumer.endOffsets(listOf(partition)).getValue(partition)
        val begin = consumer.beginningOffsets(listOf(partition)).getValue(partition)
        if (number !in begin until end) throw absent(number)
        consumer.seek(partition, number)
        var found: ConsumerRecord<ByteArray, ByteArray>? = null
        while (found == null && consumer.position(partition) < end) found = consumer.poll(POLL).firstOrNull()
        found?.takeIf { it.offset() == number }?.let(::letter) ?: throw absent(number)
    }

    /** All of [letter] as a document. */
    fun document(letter: DeadLetter): JsonObject = buildJsonObject {
        put("number", letter.number)
        put("reason", letter.origin.reason)
        put("record", content(letter))
    }

    /** What [letter] holds, read as its topic's records are, viewers' logins included; as Base64 where that cannot be done. */
    private fun content(letter: DeadLetter): JsonObject {
        val headers = RecordHeaders(letter.headers.map { (name, value) -> RecordHeader(name, value) })
        val (key, value) = letter.key to letter.value
        return RecordJson.of(
            ConsumerRecord(
                letter.origin.topic, letter.origin.partition, letter.origin.offset, letter.at.toEpochMilli(), TimestampType.CREATE_TIME,
                key?.size ?: -1, value?.size ?: -1, key, value, headers, Optional.empty<Int>(),
            ),
        )
    }

    /**
     * Sends [letters] to the topics and partitions that they came from, as they were; done when Kafka has them.
     *
     * @throws BadInput when one was cut, or its topic or partition is not there any more; then nothing was sent
     */
    fun replay(letters: List<DeadLetter>) = try {
        KafkaProducer(producing(), ByteArraySerializer(), ByteArraySerializer()).use { producer ->
            letters.forEach { check(it, producer.partitionsFor(it.origin.topic).size) }
            letters.map { producer.send(record(it)) }.forEach { it.get() }
        }
    } catch (failure: ExecutionException) {
        throw silent(failure.cause ?: failure)
    } catch (failure: KafkaException) {
        throw silent(failure)
    }

    private fun check(letter: DeadLetter, partitions: Int) {
        letter.cutFrom?.let { throw BadInput("dead letter ${letter.number} had $it bytes and was cut; it cannot be sent again") }
        if (letter.origin.partition >= partitions) {
            throw BadInput(
                "dead letter ${letter.number} is from partition ${letter.origin.partition} of ${letter.origin.topic}, " +
                    "which has $partitions",
            )
        }
    }

    private fun record(letter: DeadLetter): ProducerRecord<ByteArray, ByteArray> {
        val headers = letter.headers.map { (name, value) -> RecordHeader(name, value) }
        val whenAppended: Long? = null
        return ProducerRecord(letter.origin.topic, letter.origin.partition, whenAppended, letter.key, letter.value, headers)
    }

    /** Null when [record] is no dead letter of ours. */
    private fun letter(record: ConsumerRecord<ByteArray, ByteArray>): DeadLetter? {
        val origin = DeadLetters.origin(record.headers()) ?: return null
        val cutFrom = record.headers().lastHeader(DeadLetters.CUT_HEADER)?.value()?.decodeToString()?.toIntOrNull()
        val own = record.headers().filterNot { DeadLetters.isOurs(it.key()) }.map { it.key() to it.value() }
        return DeadLetter(record.offset(), Instant.ofEpochMilli(record.timestamp()), origin, record.key(), record.value(), own, cutFrom)
    }

    private fun <T> reading(work: (KafkaConsumer<ByteArray, ByteArray>) -> T): T = try {
        KafkaConsumer(consuming(), ByteArrayDeserializer(), ByteArrayDeserializer()).use(work)
    } catch (failure: KafkaException) {
        throw silent(failure)
    }

    private fun absent(number: Long) =
        BadInput("there is no dead letter $number, or not any more; 'dead-letters list' shows those that are there")

    private fun silent(failure: Throwable) =
        ServiceUnavailable("$kafka does not answer about dead letters: ${failure.message}; check that it runs", failure)

    private fun consuming(): Map<String, Any> = kafka.clientProperties + mapOf(
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG to "false",
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG to "earliest",
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG to "false",
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG to "15000",
        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG to "10000",
    )

    private fun producing(): Map<String, Any> = kafka.clientProperties + mapOf(
        ProducerConfig.ACKS_CONFIG to "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG to "true",
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG to "${TopicSettings.DEAD_LETTER_BYTES}",
        ProducerConfig.MAX_BLOCK_MS_CONFIG to "15000",
    )

    private companion object {
        /** The topic has this one only, so a number names a letter. */
        const val PARTITION = 0
        val POLL: Duration = Duration.ofMillis(500)
    }
}
