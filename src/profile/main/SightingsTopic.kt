package twitchactors.profile

import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.pekko.stream.javadsl.Source
import java.util.concurrent.CompletionStage

/**
 * The Kafka topic `sightings`, as a [ViewerPartition] reads it.
 *
 * @param id Kafka's id of the topic
 * @param records those of a partition from an offset, which must exist; never ends by itself
 * @param deadLetter keeps a record that cannot be understood, with the reason
 */
class SightingsTopic(
    val id: () -> CompletionStage<String>,
    val records: (partition: Int, offset: Long) -> Source<ConsumerRecord<ByteArray, ByteArray>, *>,
    val deadLetter: (ConsumerRecord<ByteArray, ByteArray>, reason: String) -> CompletionStage<*>,
)
