package twitchactors.topics

import org.apache.kafka.clients.producer.Producer
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.DispatcherSelector
import twitchactors.domain.Day
import twitchactors.services.KafkaEndpoint
import twitchactors.topics.wire.DayDropped
import java.util.UUID
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/** Says through every partition of `samples` that what came of a day so far counts no more. */
class DayDropper(private val system: ActorSystem<*>, kafka: KafkaEndpoint, settings: TopicSettings) {
    private val producers = RecordProducer.settings(system, kafka, settings)

    /**
     * What was said.
     *
     * @param offsets by partition of `samples`, of its record
     */
    class Dropped(val id: String, val offsets: Map<Int, Long>)

    /** Says it with a new id; done when every record is acknowledged. */
    fun drop(day: Day): CompletionStage<Dropped> =
        CompletableFuture.supplyAsync({ producers.createKafkaProducer().use { send(it, day) } }, system.dispatchers().lookup(BLOCKING))

    private fun send(producer: Producer<ByteArray, ByteArray>, day: Day): Dropped {
        val dropped = DayDropped.newBuilder().setDay(day.epochDay).setId(UUID.randomUUID().toString()).build()
        val sent = producer.partitionsFor(TopicNames.SAMPLES).map { it.partition() }.associateWith { partition ->
            producer.send(SampleCodec.record(TopicNames.SAMPLES, partition, dropped))
        }
        return Dropped(dropped.id, sent.mapValues { it.value.get().offset() })
    }

    private companion object {
        val BLOCKING: DispatcherSelector = DispatcherSelector.blocking()
    }
}
