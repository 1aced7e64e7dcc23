package twitchactors.topics

import org.apache.kafka.clients.producer.Producer
import org.apache.pekko.Done
import org.apache.pekko.actor.CoordinatedShutdown
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.kafka.ProducerSettings
import org.apache.pekko.kafka.javadsl.SendProducer
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.function.Supplier

/**
 * A producer that ends with [system] at the latest. While Kafka is away, senders wait in threads that the streams of [system] need to stop,
 * for as long as a producer is patient: a system that ends must not wait for them.
 *
 * @param settings as of [RecordProducer]
 */
class SystemProducer(system: ActorSystem<*>, settings: ProducerSettings<ByteArray, ByteArray>) : AutoCloseable {
    private val producer: Producer<ByteArray, ByteArray> = settings.createKafkaProducer()

    /** For streams, which leave the producer open. */
    val shared: ProducerSettings<ByteArray, ByteArray> = settings.withProducer(producer)

    /** For records one by one. */
    val each: SendProducer<ByteArray, ByteArray> by lazy { SendProducer(shared, system) }

    /** How many partitions [topic] has. */
    fun partitions(topic: String): Int = producer.partitionsFor(topic).size

    // Beside the end of all actors: it frees the threads that they wait for, and no record comes from them any more.
    private val atEnd = CoordinatedShutdown.get(Adapter.toClassic(system)).addCancellableTask(
        CoordinatedShutdown.PhaseActorSystemTerminate(),
        "let-go-of-kafka",
        Supplier { end() },
    )

    private fun end(): CompletionStage<Done> = CompletableFuture.supplyAsync {
        producer.close(LAST_WAIT)
        Done.getInstance()
    }

    /**
     * Waits for some seconds until all that was sent is acknowledged. What Kafka has not acknowledged by then is given up, and who waits
     * for it is told so. Once closed it takes nothing more.
     */
    override fun close() {
        atEnd.cancel()
        producer.close(LAST_WAIT)
    }

    private companion object {
        val LAST_WAIT: Duration = Duration.ofSeconds(3)
    }
}
