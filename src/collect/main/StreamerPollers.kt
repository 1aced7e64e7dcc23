package twitchactors.collect

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey
import twitchactors.domain.Login
import twitchactors.domain.Partitions

/** The pollers of the cluster, one per tracked streamer: entity id = login. They live because the roster keeps telling them to. */
object StreamerPollers {
    val TYPE: EntityTypeKey<StreamerPoller.Command> = EntityTypeKey.create(StreamerPoller.Command::class.java, "streamer-poller")

    /** In which they move from node to node; many for a few nodes, few for one coordinator. */
    private val SHARDS = Partitions(64)

    /** Starts sharding on this node; the result takes messages for any poller. */
    fun init(
        system: ActorSystem<*>,
        role: String,
        outside: PollerOutside,
        settings: CollectSettings,
        clock: SlotClock,
    ): ActorRef<ShardingEnvelope<StreamerPoller.Command>> = ClusterSharding.get(system).init(
        Entity.of(TYPE) { context -> StreamerPoller.create(Login.require(context.entityId), outside, settings, clock) }
            .withRole(role)
            .withStopMessage(StreamerPoller.HandOver)
            .withMessageExtractor(ByLogin),
    )

    private object ByLogin : ShardingMessageExtractor<ShardingEnvelope<StreamerPoller.Command>, StreamerPoller.Command>() {
        override fun entityId(message: ShardingEnvelope<StreamerPoller.Command>): String = message.entityId()

        override fun shardId(entityId: String): String = SHARDS.of(Login.require(entityId)).toString()

        override fun unwrapMessage(message: ShardingEnvelope<StreamerPoller.Command>): StreamerPoller.Command = message.message()
    }
}
