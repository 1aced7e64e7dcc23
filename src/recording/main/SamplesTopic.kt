package twitchactors.recording

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
import org.slf4j.LoggerFactory
import twitchactors.services.KafkaEndpoint
import java.util.concurrent.TimeUnit

/** The topic that is recorded. */
internal class SamplesTopic(private val system: ActorSystem<*>, private val kafka: KafkaEndpoint, private val name: String) {
    private class Extent(val topicId: String, val begins: Map<Int, Long>, val ends: Map<Int, Long>)

    /** Where reading begins when the files of [folder] are at [position]. Blocks its caller. */
    fun start(position: Position?, folder: String): OpenSlots.Start {
        val extent = extent()
        val known = position?.takeIf { it.topicId == extent.topicId }
        if (position != null && known == null) {
            log.warn("topic {} was made anew; it is read from its beginning and added to the files in {}", name, folder)
        }
        val anew = HashSet<Int>()
        val offsets = extent.begins.mapValues { (partition, begin) ->
            val offset = known?.offsets?.get(partition)
            if (offset != null && offset in begin..extent.ends.getValue(partition)) return@mapValues offset
            if (offset != null) {
                log.warn(
                    "records {} to {} of partition {} of topic {} are not in Kafka any more and were never written to {}; " +
                        "it goes on with what there is",
                    offset,
                    begin - 1,
                    partition,
                    name,
                    folder,
                )
            }
            anew += partition
            begin
        }
        return OpenSlots.Start(Position(extent.topicId, offsets, known?.drops.orEmpty()), anew)
    }

    /** All partitions from [start] on. An offset that is not there is never replaced by another one without a word. */
    fun records(start: Position): Source<ConsumerRecord<ByteArray, ByteArray>, Consumer.Control> {
        val settings = ConsumerSettings.create(Adapter.toClassic(system), ByteArrayDeserializer(), ByteArrayDeserializer())
            .withProperties(kafka.clientProperties)
            .withProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false")
            .withProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none")
            .withProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "$FETCH_BYTES")
            .withProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "$FETCH_BYTES")
            .withProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "$POLL_RECORDS")
        val offsets = start.offsets.entries.associate { (partition, offset) -> TopicPartition(name, partition) to offset }
        return Consumer.plainSource(settings, Subscriptions.assignmentWithOffset(offsets))
    }

    private fun extent(): Extent = Admin.create(kafka.clientProperties).use { admin ->
        val topic = admin.describeTopics(listOf(name)).topicNameValues().getValue(name).get(ANSWER_SECONDS, TimeUnit.SECONDS)
        val partitions = topic.partitions().map { TopicPartition(name, it.partition()) }
        fun offsets(spec: OffsetSpec): Map<Int, Long> = admin.listOffsets(partitions.associateWith { spec }).all()
            .get(ANSWER_SECONDS, TimeUnit.SECONDS).entries.associate { (partition, found) -> partition.partition() to found.offset() }
        Extent(topic.topicId().toString(), offsets(OffsetSpec.earliest()), offsets(OffsetSpec.latest()))
    }

    private companion object {
        const val ANSWER_SECONDS = 30L
        const val FETCH_BYTES = 1 shl 20
        const val POLL_RECORDS = 100
        val log = LoggerFactory.getLogger(SamplesTopic::class.java)!!
    }
}
