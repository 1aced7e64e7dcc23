package twitchactors.topics

import org.apache.kafka.clients.consumer.ConsumerConfig
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.common.KafkaException
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import twitchactors.domain.BadInput
import twitchactors.services.KafkaEndpoint
import twitchactors.services.ServiceUnavailable
import java.time.Duration

/**
 * Shows the records of a topic as JSON lines, up to what is there when it begins. For operators: viewers' logins are shown.
 */
class TopicCat(private val kafka: KafkaEndpoint) {
    /**
     * Gives [line] the records of [topic], partition after partition as they arrive, in order within each.
     *
     * @param from the offset to begin with in every partition; null: the first that is kept. Outside of what is there: the nearest
     * @param max no more records than this
     * @return how many records there were
     * @throws BadInput when there is no such topic
     * @throws ServiceUnavailable when Kafka does not answer
     */
    fun run(topic: String, from: Long?, max: Long, line: (String) -> Unit): Long = try {
        KafkaConsumer(properties(), ByteArrayDeserializer(), ByteArrayDeserializer()).use { read(it, topic, from, max, line) }
    } catch (failure: KafkaException) {
        throw ServiceUnavailable("$kafka does not answer about topic $topic: ${failure.message}; check that it runs", failure)
    }

    private fun read(consumer: KafkaConsumer<ByteArray, ByteArray>, topic: String, from: Long?, max: Long, line: (String) -> Unit): Long {
        val topics = consumer.listTopics()
        val partitions = topics[topic]?.map { TopicPartition(topic, it.partition()) }
            ?: throw BadInput("there is no topic $topic; there are ${topics.keys.filter { !it.startsWith("__") }.sorted().joinToString()}")
        val begins = consumer.beginningOffsets(partitions)
        val ends = consumer.endOffsets(partitions)
        consumer.assign(partitions)
        for (partition in partitions) {
            val begin = begins.getValue(partition)
            consumer.seek(partition, from?.coerceIn(begin, ends.getValue(partition)) ?: begin)
        }
        var count = 0L
        while (count < max && partitions.any { consumer.position(it) < ends.getValue(it) }) {
            val records = consumer.poll(POLL)
            for (partition in records.partitions()) {
                for (record in records.records(partition)) {
                    if (record.offset() >= ends.getValue(partition)) break
                    if (count == max) return count
                    line(RecordJson.of(record).toString())
                    count++
                }
            }
            consumer.pause(partitions.filter { consumer.position(it) >= ends.getValue(it) })
        }
        return count
    }

    private fun properties(): Map<String, Any> = kafka.clientProperties + mapOf(
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG to "false",
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG to "earliest",
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG to "false",
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG to "15000",
        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG to "10000",
    )

    private companion object {
        val POLL: Duration = Duration.ofMillis(500)
    }
}
