package twitchactors.collect

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.OffsetSpec
import org.apache.kafka.clients.consumer.ConsumerConfig
import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.kafka.ConsumerSettings
import org.apache.pekko.kafka.Subscriptions
import org.apache.pekko.kafka.javadsl.Consumer
import org.apache.pekko.stream.javadsl.Source
import twitchactors.services.KafkaEndpoint
import java.time.Duration
import java.util.concurrent.CompletionStage

/** [CollectedTopic] on Kafka. It belongs to no group and commits nothing. */
class KafkaCollectedTopic(
    private val system: ActorSystem<*>,
    private val kafka: KafkaEndpoint,
    private val topic: String,
    private val partitions: Int,
) : CollectedTopic,
    AutoCloseable {
    private val asks = lazy { Admin.create(kafka.clientProperties) }

    override fun ends(): CompletionStage<List<Long>> {
        val all = List(partitions) { TopicPartition(topic, it) }
        return asks.value.listOffsets(all.associateWith { OffsetSpec.latest() }).all().toCompletionStage()
            .thenApply { offsets -> all.map { offsets.getValue(it).offset() } }
    }

    override fun read(offsets: List<Long>): Source<PartitionNotes, *> {
        val from = offsets.withIndex().associate { (partition, offset) -> TopicPartition(topic, partition) to offset as Long? }
        return Consumer.plainSource(consumer(), Subscriptions.assignmentWithOffset(from))
            .groupedWithin(BATCH, LINGER)
            .mapConcat(::notes)
    }

    override fun close() {
        if (asks.isInitialized()) asks.value.close(CLOSE_TIMEOUT)
    }

    private fun notes(records: List<ConsumerRecord<ByteArray, ByteArray>>): List<PartitionNotes> =
        records.groupBy { it.partition() }.map { (partition, ofPartition) ->
            PartitionNotes(partition, ofPartition.last().offset() + 1, ofPartition.mapNotNull { SampleNote.of(it.headers(), it.value()) })
        }

    private fun consumer(): ConsumerSettings<ByteArray, ByteArray> =
        ConsumerSettings.create(Adapter.toClassic(system), ByteArrayDeserializer(), ByteArrayDeserializer())
            .withProperties(kafka.clientProperties)
            .withProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false")
            .withProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
            .withProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "$FETCH_BYTES")
            .withProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "$BATCH")

    private companion object {
        const val BATCH = 200
        val LINGER: Duration = Duration.ofMillis(20)
        const val FETCH_BYTES = 2 shl 20
        val CLOSE_TIMEOUT: Duration = Duration.ofSeconds(5)
    }
}
