package twitchactors.node

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.ActorSystem
import twitchactors.collect.CollectBoard
import twitchactors.collect.CollectOutside
import twitchactors.collect.Collecting
import twitchactors.collect.RosterKeeper
import twitchactors.collect.SlotClock
import twitchactors.domain.LoginFilter
import twitchactors.services.Services
import twitchactors.sources.BudgetFigures
import twitchactors.sources.ChatRooms
import twitchactors.sources.DirectoryTwitch
import twitchactors.sources.Helix
import twitchactors.sources.UnknownLive
import twitchactors.sweeps.RowPublisher
import twitchactors.sweeps.Sweeps
import twitchactors.topics.RecordProducer
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/**
 * What a node does in the role `collect`: it asks Twitch, polls streamers, and sweeps categories and streams. Without credentials for
 * Twitch's API it follows the chats of the pinned streamers, and sweeps only where the directory's pages are to be read.
 */
internal class CollectPart private constructor(
    private val collecting: Collecting,
    private val helix: Helix,
    val sweeps: Sweeps?,
    private val chat: ChatRooms,
    private val rows: RowPublisher?,
    private val directory: DirectoryTwitch?,
) {
    /** What collecting says of itself. */
    val board: CollectBoard get() = collecting.board

    /** Takes what is to be changed of the roster. */
    val roster: ActorRef<RosterKeeper.Command> get() = collecting.roster

    /** What became of this node's requests to Twitch. */
    val budgetFigures: BudgetFigures get() = helix.figures

    /** Ends the connections to Twitch, the directory's browser and the way of rows to Kafka; pollers end with their actor system. */
    fun stop(): CompletionStage<*> {
        chat.close()
        helix.close()
        return CompletableFuture.runAsync {
            directory?.close()
            rows?.close()
        }
    }

    companion object {
        /**
         * @param clock the time that streamers are polled by
         * @param blocking runs what waits for MariaDB
         */
        fun start(
            system: ActorSystem<*>,
            configuration: Configuration,
            clock: SlotClock,
            services: Services,
            stores: Stores,
            admits: () -> LoginFilter,
            blocking: Executor,
        ): CollectPart {
            val sources = configuration.sources
            val hasCredentials = sources.twitch.hasCredentials
            val grants = UserGrants(stores.userTokens, blocking)
            val helix = Helix.start(system, sources, grants, NodeRole.COLLECT.word)
            val chat = ChatRooms.start(system, configuration.chat, { clock.now().toEpochMilli() })
            val api = if (hasCredentials) helix.api else UnknownLive
            val outside = CollectOutside(api, helix.choosing(chat), services.kafka, configuration.topics, admits)
            val collecting = Collecting.init(system, outside, configuration.collect, clock)
            val directory = configuration.directory?.let { DirectoryTwitch(it, configuration.data.resolve("directory")) }
            val swept = directory ?: if (hasCredentials) helix.api else null
            val rows = swept?.let { RowPublisher(system, RecordProducer.settings(system, services.kafka, configuration.topics)) }
            val csv = configuration.data.resolve("csv")
            val sweeps = if (swept == null || rows == null) {
                null
            } else {
                Sweeps.init(system, swept, rows, csv, configuration.sweeps, clock::now, clock::onTheWall)
            }
            return CollectPart(collecting, helix, sweeps, chat, rows, directory)
        }
    }
}
