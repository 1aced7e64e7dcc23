package twitchactors.topics

import org.apache.kafka.clients.producer.Producer
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.DispatcherSelector
import twitchactors.domain.Day
import twitchactors.services.KafkaEndpoint
import twitchactors.topics.wire.DayClosed
import java.util.UUID
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Says through every partition of `samples` that a day is closed, behind all that stands there, because an operator wants it sealed
 * now. What comes later takes the late path, as after every close.
 */
class DayEnder(private val system: ActorSystem<*>, kafka: KafkaEndpoint, settings: TopicSettings) {
    private val producers = RecordProducer.settings(system, kafka, settings)

    /** Says it as a feed of its own, whose id it returns; done when every record is acknowledged. */
    fun end(day: Day): CompletionStage<String> =
        CompletableFuture.supplyAsync({ producers.createKafkaProducer().use { send(it, day) } }, system.dispatchers().lookup(BLOCKING))

    private fun send(producer: Producer<ByteArray, ByteArray>, day: Day): String {
        val feed = UUID.randomUUID().toString()
        val partitions = producer.partitionsFor(TopicNames.SAMPLES).size
        val sent = List(partitions) { partition ->
            val closed = DayClosed.newBuilder().setDay(day.epochDay).setSource(SOURCE).setFeed(feed)
                .setSourcePartition(partition).setSourcePartitions(partitions).build()
            producer.send(SampleCodec.record(TopicNames.SAMPLES, partition, closed))
        }
        sent.forEach { it.get() }
        return feed
    }

    private companion object {
        const val SOURCE = "operator"
        val BLOCKING: DispatcherSelector = DispatcherSelector.blocking()
    }
}
