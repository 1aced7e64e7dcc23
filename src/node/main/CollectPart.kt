package twitchactors.node

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.kafka.javadsl.SendProducer
import twitchactors.collect.CollectBoard
import twitchactors.collect.CollectOutside
import twitchactors.collect.Collecting
import twitchactors.domain.LoginFilter
import twitchactors.services.Services
import twitchactors.sources.ChatRooms
import twitchactors.sources.Helix
import twitchactors.sources.UnknownLive
import twitchactors.sweeps.RowPublisher
import twitchactors.sweeps.Sweeps
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/**
 * What a node does in the role `collect`: it asks Twitch, polls streamers, and sweeps categories and streams. Without credentials for
 * Twitch's API it follows the chats of the pinned streamers, and sweeps nothing.
 */
internal class CollectPart private constructor(private val collecting: Collecting, private val helix: Helix, private val chat: ChatRooms) {
    /** What collecting says of itself. */
    val board: CollectBoard get() = collecting.board

    /** Ends the connections to Twitch; pollers end with their actor system. */
    fun stop(): CompletionStage<*> {
        chat.close()
        helix.close()
        return CompletableFuture.completedFuture(Unit)
    }

    companion object {
        /** @param blocking runs what waits for MariaDB */
        fun start(
            system: ActorSystem<*>,
            configuration: Configuration,
            services: Services,
            stores: Stores,
            producer: SendProducer<ByteArray, ByteArray>,
            admits: () -> LoginFilter,
            blocking: Executor,
        ): CollectPart {
            val sources = configuration.sources
            val clock = configuration.clock
            val grants = UserGrants(stores.userTokens, blocking)
            val helix = Helix.start(system, sources, grants, NodeRole.COLLECT.word)
            val chat = ChatRooms.start(system, configuration.chat, { clock.now().toEpochMilli() })
            val api = if (sources.hasCredentials) helix.api else UnknownLive
            val outside = CollectOutside(api, helix.choosing(chat), services.kafka, configuration.topics, admits)
            val collecting = Collecting.init(system, outside, configuration.collect, clock)
            if (sources.hasCredentials) {
                val csv = configuration.data.resolve("csv")
                Sweeps.init(system, helix.api, RowPublisher(producer), csv, configuration.sweeps, clock::now, clock::onTheWall)
            }
            return CollectPart(collecting, helix, chat)
        }
    }
}
