package twitchactors.collect

import org.apache.pekko.Done
import org.apache.pekko.actor.CoordinatedShutdown
import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.Props
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope
import org.apache.pekko.cluster.typed.ClusterSingleton
import org.apache.pekko.cluster.typed.ClusterSingletonSettings
import org.apache.pekko.cluster.typed.SingletonActor
import twitchactors.topics.RecordProducer
import twitchactors.topics.SystemProducer
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.TimeUnit
import java.util.function.Supplier

/**
 * Collects on this node: pollers of some of the streamers, and, on one node of the cluster, the roster and the closing of days.
 *
 * @param roster takes [RosterKeeper.Change]s and [RosterKeeper.GetRoster] from every node
 * @param board what happens on this node
 */
class Collecting private constructor(val roster: ActorRef<RosterKeeper.Command>, val board: CollectBoard) {
    /** Starts all of it. */
    private class Assembly(
        private val system: ActorSystem<*>,
        private val outside: CollectOutside,
        private val settings: CollectSettings,
        private val clock: SlotClock,
    ) {
        private val board = CollectBoard()
        private val producer = SystemProducer(system, RecordProducer.settings(system, outside.kafka, outside.topics))
        private val out = SamplesOut(
            system,
            { records -> CompletableFuture.allOf(*records.map { producer.each.send(it).toCompletableFuture() }.toTypedArray()) },
            settings.buffer,
            outside.topics.inFlight,
            settings.retryAfter,
            board,
        )
        private val topic = KafkaCollectedTopic(system, outside.kafka, outside.topic, outside.topics.samplesPartitions)

        fun start(): Collecting {
            val live = system.systemActorOf(
                LiveStreams.create(outside.api, clock.onTheWall(settings.gather)),
                "live-streams",
                Props.empty(),
            )
            val poller = PollerOutside(
                live = { streamer -> LiveStreams.ask(live, streamer) },
                chatters = outside.chatters,
                keptOut = outside.keptOut,
                out = out,
                records = PollRecords(outside.topic),
                board = board,
            )
            val pollers = StreamerPollers.init(system, ROLE, poller, settings, clock)
            endAfterPollers()
            val lead = SingletonActor.of(lead(pollers), ROSTER)
                .withSettings(ClusterSingletonSettings.create(system).withRole(ROLE))
            return Collecting(ClusterSingleton.get(system).init(lead), board)
        }

        /** The roster, with the closing of days beside it. */
        private fun lead(pollers: ActorRef<ShardingEnvelope<StreamerPoller.Command>>): Behavior<RosterKeeper.Command> =
            Behaviors.setup { context ->
                val roster = context.spawn(
                    RosterKeeper.create(
                        outside.api,
                        { streamer, track -> pollers.tell(ShardingEnvelope(streamer.name, track)) },
                        settings,
                        clock,
                        board,
                    ),
                    "keeper",
                )
                val spans = { slots: ClosedRange<DaySlot>, replyTo: ActorRef<RosterKeeper.Spans> ->
                    roster.tell(RosterKeeper.GetSpans(slots, replyTo))
                }
                context.spawn(DayCloser.create(DayCloserOutside(topic, out, outside.topic, spans), settings, clock, board), "day-closer")
                Behaviors.receiveMessage { command ->
                    roster.tell(command)
                    Behaviors.same()
                }
            }

        /** When the pollers have left this node, what is still in the stream goes out. The producer ends later, with the actor system. */
        private fun endAfterPollers() {
            val end = Supplier<CompletionStage<Done>> {
                out.drain().toCompletableFuture().orTimeout(DRAIN.toMillis(), TimeUnit.MILLISECONDS).handle { _, late ->
                    if (late != null) out.stop()
                    topic.close()
                    Done.getInstance()
                }
            }
            val phase = CoordinatedShutdown.PhaseBeforeActorSystemTerminate()
            CoordinatedShutdown.get(Adapter.toClassic(system)).addTask(phase, "drain-samples", end)
        }
    }

    companion object {
        /** Only nodes with this role collect. */
        const val ROLE = "collect"

        private const val ROSTER = "roster"

        /** Less than Pekko gives to a phase of its shutdown. */
        private val DRAIN: Duration = Duration.ofSeconds(4)

        /** The way to the roster from a node without the role [ROLE], where none is ever kept. */
        fun roster(system: ActorSystem<*>): ActorRef<RosterKeeper.Command> {
            val elsewhere = SingletonActor.of(Behaviors.empty<RosterKeeper.Command>(), ROSTER)
            return ClusterSingleton.get(system).init(elsewhere.withSettings(ClusterSingletonSettings.create(system).withRole(ROLE)))
        }

        /**
         * Begins to collect on this node, which has the role [ROLE] and is or will be in a cluster. It ends with the actor system: then
         * polls are handed over, and what is in the stream to Kafka goes out.
         *
         * @param system with a journal for [CollectEvent]s
         */
        fun init(
            system: ActorSystem<*>,
            outside: CollectOutside,
            settings: CollectSettings,
            clock: SlotClock = SlotClock.real(),
        ): Collecting = Assembly(system, outside, settings, clock).start()
    }
}
