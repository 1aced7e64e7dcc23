package twitchactors.sweeps

import org.apache.kafka.clients.consumer.ConsumerConfig
import org.apache.kafka.clients.consumer.ConsumerRecord
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
import org.apache.pekko.pattern.Patterns
import org.apache.pekko.stream.KillSwitches
import org.apache.pekko.stream.RestartSettings
import org.apache.pekko.stream.javadsl.Keep
import org.apache.pekko.stream.javadsl.RestartSource
import org.apache.pekko.stream.javadsl.Sink
import org.slf4j.LoggerFactory
import twitchactors.domain.Arrived
import twitchactors.topics.Unreadable
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException
import java.util.concurrent.CompletionStage

/**
 * Takes the rows of one topic in: batch after batch, and an offset is committed only when all before it are in the table or among the dead
 * letters. What is in flight at a restart comes again, which [write] does not notice. While the database is away it waits, and says so.
 *
 * @param read a row out of a record's value; throws [Unreadable]
 * @param write brings rows in, all or none of them; tells which of them (as indices) cannot be, for another row has their place. Rows that
 *   are there already change nothing
 * @param deadLetter keeps a record that cannot be taken in
 */
class Ingest<Row>(
    private val system: ActorSystem<*>,
    private val consumer: ConsumerSettings<ByteArray, ByteArray>,
    private val topic: String,
    private val settings: SweepsSettings,
    private val read: (ByteArray?) -> Row,
    private val write: (List<Arrived<Row>>) -> CompletionStage<List<Int>>,
    private val deadLetter: (ConsumerRecord<ByteArray, ByteArray>, reason: String) -> CompletionStage<*>,
    private val meter: IngestMeter = IngestMeter(),
) {
    /** An intake that works until it is stopped. */
    class Running internal constructor(private val end: () -> CompletionStage<Done>) {
        /** Ends it; what is written by then is committed, what waits for the database is not. */
        fun stop(): CompletionStage<Done> = end()
    }

    private val log = LoggerFactory.getLogger(Ingest::class.java)

    @Volatile
    private var isStopping = false

    @Volatile
    private var trouble: String? = null

    /** Starts; when Kafka fails it begins again at the committed offsets, after a while that grows. */
    fun start(): Running {
        val source = RestartSource.onFailuresWithBackoff(RestartSettings.create(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER)) {
            Consumer.committablePartitionedSource(
                consumer.withGroupId(GROUP).withProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Subscriptions.topics(topic),
            )
                .flatMapMerge(MOST_PARTITIONS) { partition ->
                    partition.second().groupedWithin(settings.batchRows, settings.batchWithin).mapAsync(1, ::take)
                }
                .via(Committer.flow(CommitterSettings.create(system)))
                .mapMaterializedValue { NotUsed.getInstance() }
        }
        val running = source.viaMat(KillSwitches.single(), Keep.right()).toMat(Sink.ignore(), Keep.both()).run(system)
        return Running {
            isStopping = true
            running.first().shutdown()
            running.second()
        }
    }

    private fun take(batch: List<CommittableMessage<ByteArray, ByteArray>>): CompletionStage<CommittableOffset> {
        val rows = ArrayList<Arrived<Row>>(batch.size)
        val records = ArrayList<ConsumerRecord<ByteArray, ByteArray>>(batch.size)
        val dead = ArrayList<CompletableFuture<*>>()
        for (message in batch) {
            val record = message.record()
            try {
                rows += Arrived(read(record.value()), Instant.ofEpochMilli(record.timestamp()))
                records += record
            } catch (poison: Unreadable) {
                dead += bury(record, poison.reason)
            }
        }
        val written = if (rows.isEmpty()) CompletableFuture.completedFuture(emptyList()) else persist(rows, MIN_BACKOFF)
        return written.thenCompose { refused ->
            meter.rows.add((rows.size - refused.size).toLong())
            refused.mapTo(dead) { bury(records[it], ANOTHER_ROW) }
            CompletableFuture.allOf(*dead.toTypedArray()).thenApply { batch.last().committableOffset() }
        }
    }

    private fun bury(record: ConsumerRecord<ByteArray, ByteArray>, reason: String): CompletableFuture<*> {
        meter.deadLetters.increment()
        return deadLetter(record, reason).toCompletableFuture()
    }

    /** Writes again and again, after a [pause] that grows, until it is done. */
    private fun persist(rows: List<Arrived<Row>>, pause: Duration): CompletionStage<List<Int>> =
        write(rows).handle<CompletionStage<List<Int>>> { refused, failure ->
            when {
                failure == null -> CompletableFuture.completedFuture(refused).also { goesOn() }
                isStopping -> CompletableFuture.failedFuture(failure)
                else -> {
                    waits(failure)
                    Patterns.after(pause, system, { persist(rows, minOf(pause.multipliedBy(2), MAX_BACKOFF)) })
                }
            }
        }.thenCompose { it }

    private fun waits(failure: Throwable) {
        val cause = generateSequence(failure) { if (it is CompletionException) it.cause else null }.last()
        val reason = cause.message ?: "$cause"
        // One line per trouble, not per try.
        if (trouble == null) log.warn("topic {} waits for MariaDB: {}", topic, reason)
        trouble = reason
    }

    private fun goesOn() {
        if (trouble != null) log.warn("topic {} goes on", topic)
        trouble = null
    }

    companion object {
        /** The consumer group of all nodes that take rows in. */
        const val GROUP = "ingest"

        /** Only nodes with this role take rows in. */
        const val ROLE = "ingest"

        /** Why a record is refused whose row is there with other content. */
        const val ANOTHER_ROW = "has the time and key of a row that is there already and says something else"

        private const val MOST_PARTITIONS = 1024
        private val MIN_BACKOFF: Duration = Duration.ofSeconds(1)
        private val MAX_BACKOFF: Duration = Duration.ofSeconds(10)
        private const val BACKOFF_JITTER = 0.2
    }
}
