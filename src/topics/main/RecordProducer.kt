package twitchactors.topics

import org.apache.kafka.clients.producer.ProducerConfig
import org.apache.kafka.common.serialization.ByteArraySerializer
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.kafka.ProducerSettings
import twitchactors.services.KafkaEndpoint

/** How all our streams write to Kafka: acknowledged by all replicas, each record once and in order, compressed, bounded. */
object RecordProducer {
    /** Below the smallest limit that a broker has for a batch by default, whatever compression makes of it. */
    private const val BATCH_BYTES = 512 shl 10
    private const val LINGER_MS = 20
    private const val BUFFER_BYTES = 32 shl 20

    fun settings(system: ActorSystem<*>, kafka: KafkaEndpoint, topics: TopicSettings): ProducerSettings<ByteArray, ByteArray> {
        val serializer = ByteArraySerializer()
        return ProducerSettings.create(Adapter.toClassic(system), serializer, serializer)
            .withProperties(kafka.clientProperties + properties(topics))
            .withParallelism(topics.inFlight)
    }

    private fun properties(topics: TopicSettings) = mapOf(
        ProducerConfig.ACKS_CONFIG to "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG to "true",
        ProducerConfig.COMPRESSION_TYPE_CONFIG to topics.compression,
        ProducerConfig.BATCH_SIZE_CONFIG to "$BATCH_BYTES",
        ProducerConfig.LINGER_MS_CONFIG to "$LINGER_MS",
        ProducerConfig.BUFFER_MEMORY_CONFIG to "$BUFFER_BYTES",
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG to "${TopicSettings.DEAD_LETTER_BYTES}",
        ProducerConfig.MAX_BLOCK_MS_CONFIG to "${topics.patience.toMillis()}",
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG to "${maxOf(topics.patience.toMillis(), MIN_DELIVERY_MS)}",
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG to "10000",
    )

    /** Kafka asks for at least linger and one request. */
    private const val MIN_DELIVERY_MS = 11_000L
}
