package twitchactors.node

import org.apache.kafka.clients.consumer.ConsumerConfig
import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.apache.pekko.Done
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.DispatcherSelector
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.kafka.ConsumerSettings
import twitchactors.domain.Arrived
import twitchactors.services.KafkaEndpoint
import twitchactors.store.SweptTable
import twitchactors.sweeps.Ingest
import twitchactors.sweeps.IngestMeter
import twitchactors.sweeps.RowRecords
import twitchactors.sweeps.TableKeeper
import twitchactors.topics.DeadLetters
import twitchactors.topics.RecordProducer
import twitchactors.topics.SystemProducer
import twitchactors.topics.TopicNames
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/** Rows of categories and streams out of Kafka into MariaDB, together with all others of the group that do the same. */
class RowIntake(
    private val system: ActorSystem<*>,
    private val kafka: KafkaEndpoint,
    private val stores: Stores,
    private val configuration: Configuration,
) {
    private val blocking: Executor = system.dispatchers().lookup(DispatcherSelector.blocking())
    private val producer = SystemProducer(system, RecordProducer.settings(system, kafka, configuration.topics))

    /** What was taken in from `twitch-categories`. */
    val categories = IngestMeter()

    /** The same of `streams`. */
    val streams = IngestMeter()

    private val running = listOf(
        start(TopicNames.CATEGORIES, RowRecords::category, stores.categories, categories),
        start(TopicNames.STREAMS, RowRecords::stream, stores.streams, streams),
    )

    /** Sees to it that one node of the cluster keeps hours and days, and lets old rows go. */
    fun keepTables() {
        val keeper = TableKeeper.create(
            configuration.sweeps,
            rollUp = { later { stores.rollUps.rollUpOne() || stores.trackedRollUps.rollUpSome() } },
            removeOld = { before -> later { stores.rollUps.removeSome(before) } },
        )
        TableKeeper.init(system, keeper)
    }

    /** Ends it; what is written by then is committed. */
    fun stop(): CompletionStage<Done> = CompletableFuture.allOf(*running.map { it.stop().toCompletableFuture() }.toTypedArray())
        .handleAsync({ _, _ ->
            producer.close()
            Done.getInstance()
        }, blocking)

    private fun <Row> start(topic: String, read: (ByteArray?) -> Row, table: SweptTable<Row>, meter: IngestMeter): Ingest.Running {
        val write = { rows: List<Arrived<Row>> -> later { table.write(rows) } }
        return Ingest(system, consumer(), topic, configuration.sweeps, read, write, ::deadLetter, meter).start()
    }

    private fun deadLetter(record: ConsumerRecord<ByteArray, ByteArray>, reason: String): CompletionStage<*> =
        producer.each.send(DeadLetters.record(record, reason))

    private fun <T> later(work: () -> T): CompletionStage<T> = CompletableFuture.supplyAsync(work, blocking)

    private fun consumer(): ConsumerSettings<ByteArray, ByteArray> =
        ConsumerSettings.create(Adapter.toClassic(system), ByteArrayDeserializer(), ByteArrayDeserializer())
            .withProperties(kafka.clientProperties)
            .withProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false")
            .withProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "$FETCH_BYTES")
            .withProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "${configuration.sweeps.batchRows}")
            // So long the topics of a node that was killed stay without one.
            .withProperty(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "$SESSION_MS")
            .withProperty(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "${SESSION_MS / 4}")

    private companion object {
        const val FETCH_BYTES = 4 shl 20
        const val SESSION_MS = 8000
    }
}
