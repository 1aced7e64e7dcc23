package twitchactors.profile

import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.pekko.Done
import org.apache.pekko.NotUsed
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.kafka.CommitterSettings
import org.apache.pekko.kafka.ConsumerMessage.CommittableMessage
import org.apache.pekko.kafka.ConsumerMessage.CommittableOffset
import org.apache.pekko.kafka.ConsumerSettings
import org.apache.pekko.kafka.Subscriptions
import org.apache.pekko.kafka.javadsl.Committer
import org.apache.pekko.kafka.javadsl.Consumer
import org.apache.pekko.kafka.javadsl.SendProducer
import org.apache.pekko.stream.KillSwitches
import org.apache.pekko.stream.RestartSettings
import org.apache.pekko.stream.UniqueKillSwitch
import org.apache.pekko.stream.javadsl.Flow
import org.apache.pekko.stream.javadsl.Keep
import org.apache.pekko.stream.javadsl.RestartSource
import org.apache.pekko.stream.javadsl.Sink
import twitchactors.domain.Day
import twitchactors.domain.Partitions
import twitchactors.topics.SampleCodec
import twitchactors.topics.TopicNames
import twitchactors.topics.Unreadable
import twitchactors.topics.wire.SampleRecord
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.atomic.LongAdder

/**
 * Reads `samples` and writes `sightings`. It keeps nothing that a restart would miss: an offset of `samples` is committed only
 * when all that follows from the records before it is acknowledged. What is in flight at a restart is written again, which a
 * fold does not notice. The close or drop of a day is sent only after the acknowledgement of all before it.
 *
 * @param heads keeps what samples say besides the logins; like the records, before the close of the day is sent
 * @param deadLetter keeps a record that cannot be understood
 * @param brokenPolls counts polls whose chunks did not all come, and which were left out therefore
 */
class Splitter(
    private val system: ActorSystem<*>,
    private val consumer: ConsumerSettings<ByteArray, ByteArray>,
    private val producer: SendProducer<ByteArray, ByteArray>,
    private val partitions: Partitions,
    private val heads: HeadsKept,
    private val deadLetter: (ConsumerRecord<ByteArray, ByteArray>, reason: String) -> CompletionStage<*>,
    private val brokenPolls: LongAdder = LongAdder(),
) {
    /** A splitter that works until it is stopped. */
    class Running internal constructor(private val killSwitch: UniqueKillSwitch, private val done: CompletionStage<Done>) {
        /** Ends it; what is acknowledged by then is committed. */
        fun stop(): CompletionStage<Done> {
            killSwitch.shutdown()
            return done
        }
    }

    /** Starts; when Kafka or the work fails it begins again at the committed offsets, after a while that grows. */
    fun start(): Running {
        val source = RestartSource.onFailuresWithBackoff(RestartSettings.create(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER)) {
            Consumer.committablePartitionedSource(consumer, Subscriptions.topics(TopicNames.SAMPLES))
                .flatMapMerge(MOST_PARTITIONS) { it.second().via(work()) }
                .via(Committer.flow(CommitterSettings.create(system)))
                .mapMaterializedValue { NotUsed.getInstance() }
        }
        val running = source.viaMat(KillSwitches.single(), Keep.right()).toMat(Sink.ignore(), Keep.both()).run(system)
        return Running(running.first(), running.second())
    }

    /** What is done with the records of one partition of `samples`: batch after batch, each acknowledged before the next. */
    private fun work(): Flow<CommittableMessage<ByteArray, ByteArray>, CommittableOffset, NotUsed> {
        val split = SampleSplit(partitions, TopicNames.SIGHTINGS, brokenPolls)
        return Flow.create<CommittableMessage<ByteArray, ByteArray>>()
            .groupedWithin(BATCH, LINGER)
            .mapAsync(1) { batch -> send(split, batch) }
            .mapConcat { it }
    }

    /** Done with the offset to commit, if there is one, when everything is acknowledged. */
    private fun send(split: SampleSplit, batch: List<CommittableMessage<ByteArray, ByteArray>>): CompletionStage<List<CommittableOffset>> {
        var done: CompletionStage<*> = CompletableFuture.completedFuture(Done.getInstance())
        val sent = ArrayList<CompletableFuture<*>>()
        val from = batch.first().record().partition()
        val found = ArrayList<Head>()
        for (message in batch) {
            val record = try {
                SampleCodec.decode(message.record().headers(), message.record().value())
            } catch (poison: Unreadable) {
                sent += deadLetter(message.record(), poison.reason).toCompletableFuture()
                continue
            }
            if (!record.hasSample()) {
                sent += keepAfter(done, found, from)
                val before = CompletableFuture.allOf(*sent.toTypedArray())
                sent.clear()
                // Split in its turn, sent when all before it is acknowledged.
                val control = ArrayList<ProducerRecord<ByteArray, ByteArray>>().also { split.split(record, send = it::add) }
                done = done.thenCompose { before }.thenCompose { forget(record, from) }.thenCompose { sendAll(control) }
            } else {
                val open = done
                split.split(record, found::add) { derived -> sent += sendAfter(open, derived) }
            }
        }
        sent += keepAfter(done, found, from)
        val last = CompletableFuture.allOf(*sent.toTypedArray())
        val offsets = if (split.isWaiting) emptyList() else listOf(batch.last().committableOffset())
        return done.thenCompose { last }.thenApply { offsets }
    }

    /** Keeps what was [found] after [before], so that nothing that is dropped meanwhile is kept; [found] is empty then. */
    private fun keepAfter(before: CompletionStage<*>, found: MutableList<Head>, from: Int): CompletableFuture<*> {
        if (found.isEmpty()) return before.toCompletableFuture()
        val kept = found.toList().also { found.clear() }
        return before.thenCompose { heads.keep(kept, from) }.toCompletableFuture()
    }

    private fun forget(control: SampleRecord, from: Int): CompletionStage<*> = if (control.hasDayDropped()) {
        heads.forget(Day(control.dayDropped.day), from)
    } else {
        CompletableFuture.completedFuture(Done.getInstance())
    }

    private fun sendAfter(before: CompletionStage<*>, record: ProducerRecord<ByteArray, ByteArray>): CompletableFuture<*> =
        if (before.toCompletableFuture().isDone) {
            producer.send(record).toCompletableFuture()
        } else {
            before.thenCompose { producer.send(record) }.toCompletableFuture()
        }

    private fun sendAll(records: List<ProducerRecord<ByteArray, ByteArray>>): CompletionStage<*> =
        CompletableFuture.allOf(*records.map { producer.send(it).toCompletableFuture() }.toTypedArray())

    companion object {
        /** The consumer group of all splitters of a cluster. */
        const val GROUP = "splitter"

        private const val BATCH = 64
        private const val MOST_PARTITIONS = Partitions.MAX
        private val LINGER: Duration = Duration.ofMillis(10)
        private val MIN_BACKOFF: Duration = Duration.ofSeconds(1)
        private val MAX_BACKOFF: Duration = Duration.ofSeconds(10)
        private const val BACKOFF_JITTER = 0.2
    }
}
