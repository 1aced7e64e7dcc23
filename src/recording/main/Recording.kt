package twitchactors.recording

import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.pekko.Done
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.DispatcherSelector
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.pattern.Patterns
import org.apache.pekko.stream.KillSwitches
import org.apache.pekko.stream.UniqueKillSwitch
import org.apache.pekko.stream.javadsl.Keep
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import twitchactors.topics.SampleCodec
import twitchactors.topics.Unreadable
import twitchactors.topics.wire.SampleRecord
import java.io.IOException
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/**
 * Reads `samples` from [start] on and brings them into the files of [folder], one piece of work at a time; while a file is written
 * Kafka waits. When the disk does not take a file the same is tried again, and nothing more is read.
 *
 * @param clock the time that pollers have
 */
internal class Recording(
    private val system: ActorSystem<*>,
    private val settings: RecordingSettings,
    private val topic: SamplesTopic,
    private val folder: SampleFolder,
    private val start: OpenSlots.Start,
    private val clock: () -> Instant,
    private val troubles: RecordingTroubles,
    private val board: RecordingBoard,
) {
    private val open = OpenSlots(settings, start)
    private val blocking: Executor = system.dispatchers().lookup(DispatcherSelector.blocking())

    @Volatile
    private var stopped = false

    /** A recording that goes on until [done], which fails with [FormerOwner] or what Kafka says. */
    inner class Running internal constructor(private val killSwitch: UniqueKillSwitch, val done: CompletionStage<Done>) {
        /** Ends it. What is not in files yet is read again by the next one. */
        fun stop() {
            stopped = true
            killSwitch.shutdown()
        }
    }

    fun start(): Running {
        val batches = topic.records(start.position).groupedWithin(BATCH, LINGER)
        val looks = Source.tick(settings.lookEvery, settings.lookEvery, emptyList<ConsumerRecord<ByteArray, ByteArray>>())
        val running = batches.merge(looks, true)
            .viaMat(KillSwitches.single(), Keep.right())
            .mapAsync(1) { work(it) }
            .toMat(Sink.ignore(), Keep.both())
            .run(system)
        return Running(running.first(), running.second())
    }

    /** Takes [batch], or looks for slots that can be written when it is empty. */
    private fun work(batch: List<ConsumerRecord<ByteArray, ByteArray>>): CompletionStage<Done> = CompletableFuture.supplyAsync({
        val now = clock().toEpochMilli()
        batch.forEach { open.take(it.partition(), it.offset(), it.timestamp(), decode(it), now) }
        board.records.add(batch.size.toLong())
        val plan = if (batch.isEmpty() || open.isFull) open.plan(now) else null
        board.bytesWaiting = open.bytes
        plan
    }, blocking).thenCompose { plan -> if (plan == null) DONE else settle(plan) }

    private fun decode(record: ConsumerRecord<ByteArray, ByteArray>): SampleRecord? = try {
        SampleCodec.decode(record.headers(), record.value())
    } catch (_: Unreadable) {
        board.unreadable.increment()
        null
    }

    private fun settle(plan: OpenSlots.Plan): CompletionStage<Done> = CompletableFuture.supplyAsync({
        val before = folder.filesWritten
        try {
            folder.settle(plan)
        } finally {
            board.filesWritten.add(folder.filesWritten - before)
        }
        troubles.over()
        Done.getInstance()
    }, blocking).exceptionallyCompose { failure ->
        val cause = failure.cause ?: failure
        if (cause !is IOException || stopped) {
            CompletableFuture.failedFuture(cause)
        } else {
            troubles.waits("sample files cannot be written", cause)
            Patterns.after(settings.retryAfter, Adapter.toClassic(system)) { settle(plan) }
        }
    }

    private companion object {
        const val BATCH = 100
        val LINGER: Duration = Duration.ofMillis(50)
        val DONE: CompletionStage<Done> = CompletableFuture.completedFuture(Done.getInstance())
    }
}
