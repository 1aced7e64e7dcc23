package twitchactors.sweeps

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.kafka.common.TopicPartition
import org.apache.pekko.NotUsed
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.kafka.ProducerMessage
import org.apache.pekko.kafka.ProducerSettings
import org.apache.pekko.kafka.javadsl.Producer
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import twitchactors.topics.SystemProducer
import java.util.concurrent.CompletionStage

/**
 * Sends rows to Kafka in their order: of two for the same time and key the first counts.
 *
 * @param settings also say how many records may be sent and not yet acknowledged: of rows [SMALL] times as many
 */
class RowPublisher(private val system: ActorSystem<*>, settings: ProducerSettings<ByteArray, ByteArray>) : AutoCloseable {
    private val producer = SystemProducer(system, settings)
    private val shared = producer.shared.withParallelism(settings.parallelism() * SMALL)

    /**
     * Done when all of [records] are acknowledged, with the offset of the last of each partition. When Kafka does not answer for longer
     * than the producer's patience it fails, and some of them may have arrived.
     */
    fun publish(records: List<ProducerRecord<ByteArray, ByteArray>>): CompletionStage<Map<TopicPartition, Long>> = Source.from(records)
        .map { ProducerMessage.single(it) }
        .via(Producer.flexiFlow<ByteArray, ByteArray, NotUsed>(shared))
        .runWith(
            Sink.fold(emptyMap<TopicPartition, Long>()) { last, result ->
                val sent = (result as ProducerMessage.Result<ByteArray, ByteArray, NotUsed>).metadata()
                val partition = TopicPartition(sent.topic(), sent.partition())
                last + (partition to maxOf(sent.offset(), last[partition] ?: -1))
            },
            system,
        )

    override fun close() = producer.close()

    private companion object {
        /**
         * A row has some hundred bytes. With no more of them under way than of samples, a batch would never be full, and each wait for
         * the producer's linger and an answer: that alone bounds it to some 8,000 rows a second.
         */
        const val SMALL = 16
    }
}
