package twitchactors.node

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.OffsetSpec
import org.apache.kafka.common.TopicPartition
import twitchactors.profile.Splitter
import twitchactors.services.ServiceUnavailable
import twitchactors.sweeps.Ingest
import twitchactors.topics.TopicNames
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/** How far those who read our topics are behind their ends. */
internal class KafkaLag(private val running: Running) : AutoCloseable {
    /**
     * @param reader a group of Kafka's, or the viewer partition, whose place is in its checkpoint
     * @param position the record that it reads next; null: it has read nothing yet
     */
    class Row(val topic: String, val partition: Int, val reader: String, val position: Long?, val end: Long) {
        val lag: Long get() = end - (position ?: 0)
    }

    private val admin = Admin.create(running.services.kafka.clientProperties)

    /** By topic and partition. Fails with [ServiceUnavailable] when Kafka does not answer. */
    fun rows(): List<Row> = try {
        groups() + sightings()
    } catch (failed: ExecutionException) {
        throw ServiceUnavailable("Kafka does not tell where its readers are: ${failed.cause?.message}", failed)
    } catch (silent: TimeoutException) {
        throw ServiceUnavailable("Kafka does not answer within $PATIENCE_SECONDS s", silent)
    }

    private fun groups(): List<Row> {
        val topics = mapOf(TopicNames.SAMPLES to Splitter.GROUP, TopicNames.CATEGORIES to Ingest.GROUP, TopicNames.STREAMS to Ingest.GROUP)
        val partitions = admin.describeTopics(topics.keys).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .flatMap { (topic, about) -> about.partitions().map { TopicPartition(topic, it.partition()) } }
        val committed = topics.values.distinct().associateWith { group ->
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        }
        val ends = ends(partitions)
        return partitions.sortedWith(compareBy({ it.topic() }, { it.partition() })).map { at ->
            val group = topics.getValue(at.topic())
            Row(at.topic(), at.partition(), group, committed.getValue(group)[at]?.offset(), ends.getValue(at))
        }
    }

    /** A partition of this node says where it is; for those of others their last checkpoints do. */
    private fun sightings(): List<Row> {
        val partitions = (0 until running.stores.partitions.partitions.count).map { TopicPartition(TopicNames.SIGHTINGS, it) }
        val ends = ends(partitions)
        val checkpoints = running.stores.checkpoints.ages().associate { it.partition to it.nextOffset }
        val here = running.node?.board?.statuses().orEmpty().associate { it.partition to it.offset }
        return partitions.map { at ->
            val position = here[at.partition()] ?: checkpoints[at.partition()]
            Row(at.topic(), at.partition(), "partition ${at.partition()}", position, ends.getValue(at))
        }
    }

    private fun ends(partitions: List<TopicPartition>): Map<TopicPartition, Long> = admin.listOffsets(
        partitions.associateWith {
            OffsetSpec.latest()
        },
    ).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS).mapValues { it.value.offset() }

    override fun close() = admin.close()

    private companion object {
        const val PATIENCE_SECONDS = 10L
    }
}
