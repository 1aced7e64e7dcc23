package twitchactors.recording

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Behaviors
import twitchactors.services.KafkaEndpoint
import java.nio.file.Path
import java.time.Duration

/**
 * A process for tests that can be killed: records the topic of the second argument from the Kafka of the first one into the folder of
 * the third one, until its input ends. Prints `ready`, and at its end what it read and wrote.
 */
object RecorderProcess {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val (kafka, topic, folder) = arguments
        val settings = RecordingSettings(
            quiet = Duration.ofMillis(300),
            memory = arguments[3].toLong(),
            lookEvery = Duration.ofMillis(100),
            retryAfter = Duration.ofMillis(200),
        )
        val board = RecordingBoard()
        val outside = SampleRecorder.Outside(KafkaEndpoint(kafka), Path.of(folder), board = board, topic = topic)
        val started = System.nanoTime()
        val system = ActorSystem.create(
            Behaviors.setup<Void> { context ->
                context.spawn(SampleRecorder.create(outside, settings), "recorder")
                Behaviors.empty()
            },
            "recording",
            ConfigFactory.load(),
        )
        println("ready")
        System.`in`.readAllBytes()
        val runtime = Runtime.getRuntime()
        println(
            "${board.records.sum()} records, ${board.filesWritten.sum()} files, ${(System.nanoTime() - started) / 1_000_000} ms, " +
                "${(runtime.totalMemory() - runtime.freeMemory()) shr 20} MiB of heap",
        )
        system.terminate()
        system.whenTerminated.toCompletableFuture().join()
    }
}
