package twitchactors.sources

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Props
import org.apache.pekko.actor.typed.javadsl.AskPattern
import org.apache.pekko.stream.javadsl.Flow
import org.apache.pekko.stream.javadsl.Tcp
import org.apache.pekko.util.ByteString
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.net.InetSocketAddress
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ThreadLocalRandom
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLEngine

/**
 * The chat as a source of chatters: who is in the rooms of followed streamers ([ChatterSource.MEMBERSHIP], where the whole list is told),
 * or else who wrote there in a slot ([ChatterSource.MESSAGES]). What is written is never kept, only by whom.
 *
 * An answer by membership comes at once, or as soon in the slot as the list is whole. One by messages comes after the slot. A room
 * that was not listened to for the whole of the slot has none: [NoAnswer] tells why.
 */
class ChatRooms private constructor(private val system: ActorSystem<*>, private val keeper: ActorRef<RoomKeeper.Command>) :
    ChatterLists,
    AutoCloseable {
    @Volatile
    private var isClosed = false

    override fun follow(streamer: Login) = keeper.tell(RoomKeeper.Follow(streamer))

    override fun unfollow(streamer: Login) = keeper.tell(RoomKeeper.Unfollow(streamer))

    override fun chatters(stream: LiveStream, day: Day, slot: Slot): CompletionStage<Chatters> =
        ask(stream.streamer, RoomQuestion.WhoIsThere(number(day, slot), stream.liveViewers, system.executionContext()))

    /**
     * How many messages each of the five minutes of [slot] brought in the chat of [streamer]; answered when the slot is over. Fails with
     * [NoAnswer] as [chatters] does.
     */
    fun messagesPerMinute(streamer: Login, day: Day, slot: Slot): CompletionStage<IntArray> =
        ask(streamer, RoomQuestion.HowMuchIsSaid(number(day, slot), system.executionContext()))

    /** What the chat is like now, on this node. */
    fun status(): CompletionStage<ChatStatus> =
        AskPattern.ask(keeper, { RoomKeeper.GetStatus(it) }, Duration.ofSeconds(10), system.scheduler())

    /** Leaves all rooms and ends all connections. */
    override fun close() {
        isClosed = true
        keeper.tell(RoomKeeper.Close)
    }

    private fun <T> ask(streamer: Login, question: RoomQuestion<T>): CompletableFuture<T> {
        if (isClosed) question.fail("the chat is closed") else keeper.tell(RoomKeeper.Ask(streamer, question))
        return question.answer
    }

    companion object {
        private fun number(day: Day, slot: Slot) = slot.startsAt(day) / Slot.SECONDS

        /**
         * Connects as soon as somebody is followed.
         *
         * @param millis the time of the samples: milliseconds since 1970, which may pass faster than real ones
         * @param account who to be on the connection of that number, from 0; asked before each attempt to connect
         * @param trust decides about the server's certificate
         * @param name of the actor, one of its kind in [system]
         */
        fun start(
            system: ActorSystem<*>,
            settings: ChatSettings,
            millis: () -> Long = System::currentTimeMillis,
            account: (connection: Int) -> CompletionStage<ChatAccount> = { CompletableFuture.completedFuture(ChatAccount.anonymous()) },
            trust: SSLContext = SSLContext.getDefault(),
            name: String = "chat-rooms",
        ): ChatRooms {
            val random = { ThreadLocalRandom.current().nextDouble() }
            val keeper = RoomKeeper.create(
                { open -> ChatBoard(settings, millis, System::nanoTime, random, open) },
                account,
                { connection(system, settings, trust) },
            )
            return ChatRooms(system, system.systemActorOf(keeper, name, Props.empty()))
        }

        private fun connection(system: ActorSystem<*>, settings: ChatSettings, trust: SSLContext): Flow<ByteString, ByteString, *> {
            val address = InetSocketAddress.createUnresolved(settings.host, settings.port)
            val tcp = Tcp.get(system.classicSystem())
            if (settings.tls) return tcp.outgoingConnectionWithTls(address) { engine(settings, trust) }
            return tcp.outgoingConnection(settings.host, settings.port)
        }

        private fun engine(settings: ChatSettings, trust: SSLContext): SSLEngine =
            trust.createSSLEngine(settings.host, settings.port).apply {
                useClientMode = true
                // Without it any valid certificate would do, whosever it is.
                sslParameters = sslParameters.apply { endpointIdentificationAlgorithm = "HTTPS" }
            }
    }
}
