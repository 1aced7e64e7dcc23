package twitchactors.node

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.consumer.ConsumerConfig
import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.apache.pekko.actor.BootstrapSetup
import org.apache.pekko.actor.CoordinatedShutdown
import org.apache.pekko.actor.setup.ActorSystemSetup
import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.DispatcherSelector
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.actor.typed.javadsl.AskPattern
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope
import org.apache.pekko.cluster.typed.Cluster
import org.apache.pekko.cluster.typed.Join
import org.apache.pekko.kafka.ConsumerSettings
import org.apache.pekko.kafka.Subscriptions
import org.apache.pekko.kafka.javadsl.Consumer
import org.apache.pekko.stream.javadsl.Source
import twitchactors.archiver.NightlyArchiver
import twitchactors.collect.CollectBoard
import twitchactors.collect.Collecting
import twitchactors.collect.RosterKeeper
import twitchactors.days.DayAnalyst
import twitchactors.days.DayWatch
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import twitchactors.profile.PartitionBoard
import twitchactors.profile.PartitionOutside
import twitchactors.profile.SightingsTopic
import twitchactors.profile.Splitter
import twitchactors.profile.ViewerPartition
import twitchactors.profile.ViewerPartitions
import twitchactors.recording.RecordingBoard
import twitchactors.recording.SampleRecorder
import twitchactors.services.ServiceUnavailable
import twitchactors.services.Services
import twitchactors.services.Topics
import twitchactors.sources.BudgetFigures
import twitchactors.sweeps.Sweeps
import twitchactors.topics.DeadLetters
import twitchactors.topics.RecordProducer
import twitchactors.topics.SystemProducer
import twitchactors.topics.TopicNames
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor
import java.util.concurrent.TimeUnit

/** A node of the pipeline: an actor system on services that run, with what its roles say. */
class PipelineNode private constructor(
    val system: ActorSystem<Void>,
    val board: PartitionBoard,
    private val number: Partitions,
    private val partitions: ActorRef<ShardingEnvelope<ViewerPartition.Command>>,
    private val parts: List<() -> CompletionStage<*>>,
    private val collect: CollectPart?,
    val intake: RowIntake?,
    val recording: RecordingBoard?,
    private val clock: ClockWatch,
) : AutoCloseable {
    private val ending = NodeEnding(system)

    /**
     * What the partition of [login] knows on the days in its memory, wherever it lives, also in the middle of a day. Fails when the
     * partition does not answer within 5 s, as while it moves to another node; to be asked again.
     */
    fun profileOf(login: Login): CompletionStage<ViewerPartition.Profile> = AskPattern.ask(
        partitions,
        { replyTo -> ShardingEnvelope("${number.of(login)}", ViewerPartition.GetProfile(login.name, replyTo)) },
        ASK_TIMEOUT,
        system.scheduler(),
    )

    /** What collecting on this node says of itself; null when it does not collect. */
    val collecting: CollectBoard? get() = collect?.board

    /** What became of this node's requests to Twitch; null when it makes none. */
    val budgetFigures: BudgetFigures? get() = collect?.budgetFigures

    /** What this node has swept; null when it sweeps nothing. */
    val sweeps: Sweeps? get() = collect?.sweeps

    /** Takes what is to be changed of the roster, wherever it is kept. */
    val roster: ActorRef<RosterKeeper.Command> by lazy { collect?.roster ?: Collecting.roster(system) }

    /** Its address in the cluster. */
    val address: String get() = system.address().toString()

    /** True when it works no more, for the others have shut it out of their cluster: it did not answer them for too long. */
    val isShutOut: Boolean get() = ending.isOver

    /** True when it works no more because it was asked to leave its cluster. */
    val hasLeft: Boolean get() = ending.isWished && (ending.isOver || ending.isStuck)

    /** Why its process has to end; null while it need not. */
    val trouble: String? get() = if (isStuck) STUCK else clock.trouble

    /** True when its actors wait for what does not come: then what else this process waits for may not come either. */
    val isStuck: Boolean get() = ending.isStuck

    /** Says in the log which actors are left. */
    fun report() = ending.report()

    /** The addresses of the other nodes of its cluster. */
    fun others(): List<String> = Cluster.get(system).let { cluster ->
        cluster.state().members.map { it.address() }.filter { it != cluster.selfMember().address() }.map { it.toString() }
    }

    /** Stops what reads and writes, hands the partitions over with a last checkpoint, leaves the cluster. */
    override fun close() {
        val stopped = CompletableFuture.allOf(*parts.map { stop -> stop().toCompletableFuture() }.toTypedArray())
        // What waits for Kafka or MariaDB by then is done again by another node.
        runCatching { stopped.get(STOP_PARTS_SECONDS, TimeUnit.SECONDS) }
        val shutdown = CoordinatedShutdown.get(Adapter.toClassic(system)).runAll(CoordinatedShutdown.jvmExitReason())
        runCatching { shutdown.toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS) }
    }

    /** Makes a node out of what it needs. */
    private class Assembly(
        private val configuration: Configuration,
        private val services: Services,
        private val stores: Stores,
        private val clock: ClockWatch,
    ) {
        private val system = ActorSystem.create(
            Behaviors.empty<Void>(),
            "twitchactors",
            ActorSystemSetup.create(BootstrapSetup.create(configuration.forSystem), stores.journal, livingNodes()),
        )
        private val blocking: Executor = system.dispatchers().lookup(DispatcherSelector.blocking())
        private val producer = SystemProducer(system, RecordProducer.settings(system, services.kafka, configuration.topics))
        private val board = PartitionBoard()

        private val suppression = SuppressionWatch(stores.suppressions, stores.suppressionProgress, blocking)

        fun node(): PipelineNode {
            if (configuration.joinsCluster) {
                ClusterEntry(system, configuration.seeds, stores.clusterNodes).keep(blocking)
                if (configuration.isDiscovered) ClusterDiscovery.begin(system)
            } else {
                Cluster.get(system).let { it.manager().tell(Join.create(it.selfMember().address())) }
            }
            clock.keep(system, blocking)
            val region = ViewerPartitions.init(system, stores.partitions.partitions, outside(), configuration.profile, board)
            system.scheduler().scheduleWithFixedDelay(LOOK_AT_LIST_EVERY, LOOK_AT_LIST_EVERY, {
                suppression.look()
            }, system.executionContext())
            val days = DayStores(stores, blocking)
            DayWatch.init(system, days.outside(), configuration.days)
            DayAnalyst.init(system, days::analyse, configuration.days)
            val all = stores.partitions.partitions
            val parts = ArrayList<() -> CompletionStage<*>>()
            if (NodeRole.PROFILE in configuration.roles) {
                val heads = HeadStore(stores.sampleHeads, blocking).heads
                parts += Splitter(system, splitterConsumer(), producer.each, all, heads, ::deadLetter, board.brokenPolls).start()::stop
            }
            val intake = if (NodeRole.INGEST in configuration.roles) RowIntake(system, services.kafka, stores, configuration) else null
            if (intake != null) {
                intake.keepTables()
                parts += intake::stop
            }
            val collect = if (NodeRole.COLLECT in configuration.roles) collect().also { parts += it::stop } else null
            VitalSigns(stores.nodeVitals, board, collect?.board).keep(system, blocking)
            val recording = if (NodeRole.ARCHIVE in configuration.roles) recording() else null
            if (recording != null && configuration.archiver.nightly) archiveNightly()
            if (recording != null) Retention(stores, configuration.data, configuration.retention, services::makeDurable).keep(system)
            return PipelineNode(system, board, all, region, parts, collect, intake, recording, clock)
        }

        private fun livingNodes() = LivingNodesFirst.Living { stores.clusterNodes.others(it, ClusterEntry.LIVES_FOR) }

        private fun collect(): CollectPart {
            val trusted = configuration.clock.trustedWhile { clock.isSteady }
            return CollectPart.start(system, configuration, trusted, services, stores, suppression::admits, blocking)
        }

        private fun recording(): RecordingBoard {
            val folder = configuration.data.resolve("samples")
            val outside = SampleRecorder.Outside(services.kafka, folder, configuration.clock::now, suppression::admitsNow)
            SampleRecorder.init(system, outside, configuration.recording)
            return outside.board
        }

        private fun archiveNightly() {
            val days = DayKeeping(configuration, services, stores, threads = 1)
            val outside = NightlyArchiver.Outside(configuration.clock::now, days::due, days::archiveAndVerify)
            NightlyArchiver.init(system, outside, configuration.archiver)
        }

        private fun outside(): PartitionOutside {
            val mariaDb = PartitionStores(stores.checkpoints, stores.seals, stores.openings, stores.closes, stores.drops, blocking)
            val publisher = SealPublisher(system, stores.viewers, stores.seals, blocking, services::makeDurable)
            return PartitionOutside(
                claim = mariaDb::claim,
                save = mariaDb::save,
                seals = mariaDb::seals,
                sealedDay = mariaDb::sealedDay,
                fix = mariaDb::fix,
                opened = mariaDb::opened,
                closed = mariaDb::closed,
                dropped = mariaDb::dropped,
                publish = publisher::publish,
                sightings = SightingsTopic(::topicId, ::sightings, ::deadLetter),
                keptOut = suppression.list,
            )
        }

        private fun sightings(partition: Int, offset: Long): Source<ConsumerRecord<ByteArray, ByteArray>, *> = Consumer.plainSource(
            partitionConsumer(),
            Subscriptions.assignmentWithOffset(TopicPartition(TopicNames.SIGHTINGS, partition), offset),
        )

        private fun topicId(): CompletionStage<String> {
            val admin = Admin.create(services.kafka.clientProperties)
            return admin.describeTopics(listOf(TopicNames.SIGHTINGS)).topicNameValues().getValue(TopicNames.SIGHTINGS)
                .toCompletionStage()
                .thenApply { it.topicId().toString() }
                .whenCompleteAsync({ _, _ -> admin.close() }, blocking)
        }

        private fun deadLetter(record: ConsumerRecord<ByteArray, ByteArray>, reason: String): CompletionStage<*> =
            producer.each.send(DeadLetters.record(record, reason))

        /** An offset that is not there is never replaced by another one: that would lose records without a word. */
        private fun partitionConsumer() = consumer()
            .withProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none")
            .withProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "$PARTITION_FETCH_BYTES")
            .withProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "$PARTITION_FETCH_BYTES")
            .withProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "$POLL_RECORDS")

        private fun splitterConsumer() = consumer()
            .withGroupId(Splitter.GROUP)
            .withProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
            .withProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "$SPLITTER_FETCH_BYTES")
            .withProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "$POLL_RECORDS")
            // So long the partitions of a splitter that was killed stay without one.
            .withProperty(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "$SPLITTER_SESSION_MS")
            .withProperty(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "${SPLITTER_SESSION_MS / 4}")

        private fun consumer(): ConsumerSettings<ByteArray, ByteArray> =
            ConsumerSettings.create(Adapter.toClassic(system), ByteArrayDeserializer(), ByteArrayDeserializer())
                .withProperties(services.kafka.clientProperties)
                .withProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false")
    }

    companion object {
        private const val STUCK = "this node is out of its cluster and its actors do not end; start it again, as its service does"
        private const val STOP_PARTS_SECONDS = 5L
        private const val STOP_SECONDS = 15L

        // A node holds what all of its consumers have fetched, handed out and not yet worked off, each of it once.
        private const val PARTITION_FETCH_BYTES = 512 shl 10
        private const val SPLITTER_FETCH_BYTES = 4 shl 20
        private const val POLL_RECORDS = 100

        private const val SPLITTER_SESSION_MS = 8000
        private val LOOK_AT_LIST_EVERY = Duration.ofSeconds(1)
        private val ASK_TIMEOUT = Duration.ofSeconds(5)

        /**
         * Starts a node on [services] and [stores]; it works when this returns.
         *
         * @throws ServiceUnavailable when this machine's clock is off
         */
        fun start(configuration: Configuration, services: Services, stores: Stores): PipelineNode {
            val clock = ClockWatch(configuration.clockTolerance, stores.clusterNodes::now).apply { require() }
            Topics.ensure(services.kafka, configuration.topics.specs)
            return Assembly(configuration, services, stores, clock).node()
        }
    }
}
