package twitchactors.topics

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.pekko.NotUsed
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.kafka.ProducerMessage
import org.apache.pekko.kafka.javadsl.Producer
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.services.KafkaEndpoint
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit

class SystemProducerTest {
    /** Nobody listens there. */
    private val nowhere = KafkaEndpoint("127.0.0.1:1")
    private val system: ActorSystem<Void> = ActorSystem.create(Behaviors.empty(), "system-producer")
    private val settings = RecordProducer.settings(system, nowhere, TopicSettings())
    private val record = ProducerRecord<ByteArray, ByteArray>("samples", byteArrayOf(1))

    @Test
    fun `an actor system ends while Kafka does not answer, and who waits for Kafka is told so`() {
        val producer = SystemProducer(system, settings)
        // More than Pekko's connector has threads.
        val sent = List(SENDERS) { producer.each.send(record).toCompletableFuture() }
        val streamed = Source.repeat(record).map { ProducerMessage.single(it) }
            .via(Producer.flexiFlow<ByteArray, ByteArray, NotUsed>(producer.shared))
            .runWith(Sink.ignore(), system).toCompletableFuture()
        system.terminate()
        // Far less than the ten minutes for which a producer tries, far more than it takes.
        system.whenTerminated.toCompletableFuture().get(1, TimeUnit.MINUTES)
        for (waits in sent + streamed) assertThrows(ExecutionException::class.java) { waits.get(1, TimeUnit.MINUTES) }
    }

    @Test
    fun `one that is closed lets go of Kafka at once, and its system ends without it`() {
        val producer = SystemProducer(system, settings)
        val sent = producer.each.send(record).toCompletableFuture()
        producer.close()
        assertThrows(ExecutionException::class.java) { sent.get(1, TimeUnit.MINUTES) }
        system.terminate()
        system.whenTerminated.toCompletableFuture().get(1, TimeUnit.MINUTES)
        assertTrue(sent.isCompletedExceptionally)
    }

    private companion object {
        const val SENDERS = 20
    }
}
