package twitchactors.topics

import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.pekko.Done
import org.apache.pekko.NotUsed
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.DispatcherSelector
import org.apache.pekko.kafka.ProducerMessage
import org.apache.pekko.kafka.ProducerSettings
import org.apache.pekko.kafka.javadsl.Producer
import org.apache.pekko.stream.KillSwitches
import org.apache.pekko.stream.SharedKillSwitch
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import twitchactors.archive.DayCoverage
import twitchactors.archive.DayFiles
import twitchactors.archive.NotASampleFile
import twitchactors.archive.Rejected
import twitchactors.archive.SampleFile
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import twitchactors.services.KafkaEndpoint
import twitchactors.topics.wire.DayClosed
import java.nio.file.Files
import java.util.UUID
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentLinkedDeque
import java.util.concurrent.Executor

/**
 * Feeds the recorded files of a day into `samples` by the rules that `restructure` has for them, and closes the day when all of
 * it is acknowledged. Files are read in windows of [windowBytes], within which a streamer's samples follow each other: its next
 * list is nearly its last one, which compresses well. When Kafka is slow the files wait.
 *
 * @param topic the topic to feed
 * @param admits who may come into the topic; asked at the start of each feed
 * @param windowBytes files of about this size together are in memory at a time, a few windows of them
 */
class RecordedFeed(
    private val system: ActorSystem<*>,
    kafka: KafkaEndpoint,
    settings: TopicSettings,
    private val topic: String = TopicNames.SAMPLES,
    private val windowBytes: Long = WINDOW_BYTES,
    private val admits: () -> LoginFilter = { LoginFilter.All },
) {
    private val producers: ProducerSettings<ByteArray, ByteArray> = RecordProducer.settings(system, kafka, settings)

    /** A feed that goes on. */
    class Running internal constructor(private val killSwitch: SharedKillSwitch, val done: CompletionStage<FeedSummary>) {
        /** Ends it before its time: [done] fails and the day is not closed. Feeding the day again does no harm. */
        fun stop() = killSwitch.abort(IllegalStateException("the feed was stopped"))
    }

    /**
     * Starts to feed the files of [day]. The result fails with [twitchactors.domain.BadInput] when none of them counts; then
     * nothing was sent.
     *
     * @param files those of other days are rejected
     * @param source who feeds, for the DayClosed: [REPLAY] or [RESTORE], which keeps the sources that the files name
     * @param progress is told how many of the day's files were read since the last call, from several threads
     */
    fun start(files: List<SampleFile>, day: Day, source: String = REPLAY, progress: (files: Int) -> Unit = {}): Running {
        val killSwitch = KillSwitches.shared("feed of $day")
        val run = Run(DayFiles(files, day), source, progress, killSwitch)
        return Running(killSwitch, run.start())
    }

    /** One day's feed. */
    private inner class Run(
        private val dayFiles: DayFiles,
        private val source: String,
        private val progress: (Int) -> Unit,
        private val killSwitch: SharedKillSwitch,
    ) {
        private val day = dayFiles.day
        private val feed = UUID.randomUUID().toString()
        private val admitted = admits()
        private val idle = ConcurrentLinkedDeque<RecordedSamples>()
        private val workers: Executor = system.dispatchers().lookup(DispatcherSelector.blocking())

        // What all windows have found; guarded by itself.
        private val coverage = DayCoverage()
        private val rejected = ArrayList(dayFiles.ofOtherDays)
        private var namesDropped = 0L
        private var loginsRead = 0L

        fun start(): CompletionStage<FeedSummary> = CompletableFuture.supplyAsync({ SystemProducer(system, producers) }, workers)
            .thenCompose { producer -> sendAll(producer).whenCompleteAsync({ _, _ -> producer.close() }, workers) }

        private fun sendAll(producer: SystemProducer): CompletionStage<FeedSummary> {
            val records = Source.from(windows())
                .mapAsync(WORKERS) { window -> CompletableFuture.supplyAsync({ read(window) }, workers) }
                .mapConcat { it }
            return send(producer, records).thenComposeAsync({ sent ->
                rejected.sort()
                if (coverage.goodFiles == 0) throw dayFiles.noneIsGood(rejected)
                send(producer, Source.from(closes(producer))).thenApply { summary(sent) }
            }, workers)
        }

        /** Completes with the number of [records] when each is acknowledged. */
        private fun send(producer: SystemProducer, records: Source<ProducerRecord<ByteArray, ByteArray>, NotUsed>): CompletionStage<Long> {
            val acknowledged = Producer.flexiFlow<ByteArray, ByteArray, NotUsed>(producer.shared)
            return records.via(killSwitch.flow())
                .map { ProducerMessage.single(it) }
                .via(acknowledged)
                .runWith(Sink.fold(0L) { count, _ -> count + 1 }, system)
        }

        /** Neighbouring files, together about [windowBytes]. */
        private fun windows(): List<List<SampleFile>> {
            val windows = ArrayList<ArrayList<SampleFile>>()
            var left = 0L
            for (file in dayFiles.files) {
                val size = file.path.toFile().length()
                if (windows.isEmpty() || left < size) {
                    windows += ArrayList<SampleFile>()
                    left = windowBytes
                }
                windows.last() += file
                left -= size
            }
            return windows
        }

        private inner class Encoded(val streamer: Login, val record: ProducerRecord<ByteArray, ByteArray>)

        private fun read(window: List<SampleFile>): List<ProducerRecord<ByteArray, ByteArray>> {
            val samples = idle.poll() ?: RecordedSamples(day, feed, source == RESTORE, admitted)
            val encoded = ArrayList<Encoded>()
            val droppedBefore = samples.namesDropped
            val readBefore = samples.loginsRead
            for (file in window) {
                try {
                    val scan = samples.read(file) { streamer, sample -> encoded += Encoded(streamer, SampleCodec.record(topic, sample)) }
                    synchronized(coverage) { coverage.add(file.name, scan) }
                } catch (bad: NotASampleFile) {
                    synchronized(coverage) { rejected += Rejected(file.name.name, bad.reason) }
                }
                progress(1)
            }
            synchronized(coverage) {
                namesDropped += samples.namesDropped - droppedBefore
                loginsRead += samples.loginsRead - readBefore
            }
            idle.push(samples)
            // Stable: a streamer's samples stay in the order of time, and a poll's chunks together.
            encoded.sortBy { it.streamer }
            return encoded.map { it.record }
        }

        private fun closes(producer: SystemProducer): List<ProducerRecord<ByteArray, ByteArray>> {
            val partitions = producer.partitions(topic)
            return List(partitions) { partition ->
                val closed = DayClosed.newBuilder().setDay(day.epochDay).setSource(source).setFeed(feed)
                    .setSourcePartition(partition).setSourcePartitions(partitions).build()
                SampleCodec.record(topic, partition, closed)
            }
        }

        private fun summary(records: Long) = FeedSummary(
            day, feed, coverage.goodFiles, rejected, coverage.sampleCount, coverage.gapCount, coverage.badValues,
            coverage.badValueCount, coverage.slotsMissing, coverage.keysDropped + namesDropped, loginsRead, records,
        )
    }

    companion object {
        /** Somebody's recording. */
        const val REPLAY = "replay"

        /** An archive of our own on its way back. */
        const val RESTORE = "restore"

        private const val WINDOW_BYTES = 8L shl 20

        /** Windows that are read at a time; as many more wait to be sent. */
        private const val WORKERS = 2
    }
}
