package twitchactors.profile

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey
import twitchactors.domain.Partitions
import java.time.Duration

/**
 * The viewer partitions of the cluster: shard id = entity id = partition number. Each node wakes all of them every few seconds,
 * so a partition whose node is gone lives again elsewhere without being asked for anything; see docs/decisions.
 */
object ViewerPartitions {
    /** Only nodes with this role hold partitions. */
    const val ROLE = "profile"

    val TYPE: EntityTypeKey<ViewerPartition.Command> = EntityTypeKey.create(ViewerPartition.Command::class.java, "viewer-partition")

    private val WAKE_EVERY = Duration.ofSeconds(2)

    /** Starts sharding on this node and keeps all partitions awake; the result takes messages for any partition. */
    fun init(
        system: ActorSystem<*>,
        partitions: Partitions,
        outside: PartitionOutside,
        settings: ProfileSettings,
        board: PartitionBoard,
    ): ActorRef<ShardingEnvelope<ViewerPartition.Command>> {
        val region = ClusterSharding.get(system).init(
            Entity.of(TYPE) { context -> ViewerPartition.create(context.entityId.toInt(), partitions, outside, settings, board) }
                .withRole(ROLE)
                .withStopMessage(ViewerPartition.HandOver)
                .withMessageExtractor(ByNumber(partitions)),
        )
        system.systemActorOf(waker(partitions, region), "viewer-partition-waker", org.apache.pekko.actor.typed.Props.empty())
        return region
    }

    private fun waker(partitions: Partitions, region: ActorRef<ShardingEnvelope<ViewerPartition.Command>>): Behavior<Unit> =
        Behaviors.withTimers { timers ->
            timers.startTimerWithFixedDelay(Unit, Duration.ZERO, WAKE_EVERY)
            Behaviors.receiveMessage {
                repeat(partitions.count) { region.tell(ShardingEnvelope(it.toString(), ViewerPartition.Awake)) }
                Behaviors.same()
            }
        }

    private class ByNumber(private val partitions: Partitions) :
        ShardingMessageExtractor<ShardingEnvelope<ViewerPartition.Command>, ViewerPartition.Command>() {
        override fun entityId(message: ShardingEnvelope<ViewerPartition.Command>): String = message.entityId()

        override fun shardId(entityId: String): String = entityId.also { check(it.toInt() in 0 until partitions.count) }

        override fun unwrapMessage(message: ShardingEnvelope<ViewerPartition.Command>): ViewerPartition.Command = message.message()
    }
}
