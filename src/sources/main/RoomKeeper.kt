package twitchactors.sources

import org.apache.pekko.Done
import org.apache.pekko.NotUsed
import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.PostStop
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.stream.BoundedSourceQueue
import org.apache.pekko.stream.KillSwitches
import org.apache.pekko.stream.QueueOfferResult
import org.apache.pekko.stream.SharedKillSwitch
import org.apache.pekko.stream.javadsl.Flow
import org.apache.pekko.stream.javadsl.Keep
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import org.apache.pekko.stream.typed.javadsl.ActorSink
import org.apache.pekko.util.ByteString
import twitchactors.domain.Login
import java.time.Duration
import java.util.concurrent.CompletionStage

/**
 * Owns the [ChatBoard] and gives it its connections and its time. What the chat sends is taken piece by piece: the next piece of a
 * connection is asked for when the last one is worked off.
 */
internal class RoomKeeper private constructor(
    private val context: ActorContext<Command>,
    board: (open: (ChatLink, Long) -> Unit) -> ChatBoard,
    private val account: (connection: Int) -> CompletionStage<ChatAccount>,
    private val connection: () -> Flow<ByteString, ByteString, *>,
) {
    sealed interface Command
    data class Follow(val streamer: Login) : Command
    data class Unfollow(val streamer: Login) : Command
    class Ask(val streamer: Login, val question: RoomQuestion<*>) : Command
    data class GetStatus(val replyTo: ActorRef<ChatStatus>) : Command
    data object Close : Command
    private data object Tick : Command
    private class AccountGiven(val link: Int, val attempt: Long, val account: ChatAccount?) : Command
    private class Begun(val ready: ActorRef<Done>) : Command
    private class Received(val link: Int, val attempt: Long, val piece: ByteString, val ready: ActorRef<Done>) : Command
    private class Ended(val link: Int, val attempt: Long, val failure: Throwable?) : Command

    private val board = board(::open)

    private fun keeping(): Behavior<Command> = Behaviors.receive(Command::class.java)
        .onMessage(Command::class.java) { command ->
            if (command is Close) return@onMessage Behaviors.stopped()
            try {
                work(command)
            } catch (failure: RuntimeException) {
                // All rooms and who waits for them are kept here: one command that fails must not be their end.
                context.log.error("{} failed", command.javaClass.simpleName, failure)
            }
            Behaviors.same()
        }
        .onSignal(PostStop::class.java) {
            board.close()
            Behaviors.same()
        }
        .build()

    private fun work(command: Command) = when (command) {
        is Follow -> board.follow(command.streamer)
        is Unfollow -> board.unfollow(command.streamer)
        is Ask -> board.ask(command.streamer, command.question)
        is GetStatus -> command.replyTo.tell(board.status())
        is AccountGiven -> connect(command)
        is Begun -> command.ready.tell(Done.getInstance())
        is Received -> received(command)
        is Ended -> board.link(command.link).ended(command.attempt, reason(command.failure))
        Tick -> board.tick()
        Close -> Unit
    }

    private fun received(command: Received) {
        val link = board.link(command.link)
        try {
            link.received(command.attempt, command.piece.toArrayUnsafe())
        } catch (failure: RuntimeException) {
            // Whatever a server sends, it harms this connection only.
            context.log.error("chat connection {} failed", command.link, failure)
            link.ended(command.attempt, "what the chat sent could not be read")
        }
        command.ready.tell(Done.getInstance())
    }

    private fun open(link: ChatLink, attempt: Long) {
        context.pipeToSelf(account(link.number)) { account, failure ->
            // A failure's text may hold a secret; the kind of failure says enough.
            if (failure != null) context.system.log().warn("no account for the chat: {}", failure.javaClass.simpleName)
            AccountGiven(link.number, attempt, account)
        }
    }

    private fun connect(given: AccountGiven) {
        val link = board.link(given.link)
        val account = given.account ?: return link.ended(given.attempt, "there is no account for the chat")
        val switch = KillSwitches.shared("chat")
        val queue = Source.queue<ByteString>(MOST_LINES)
            .via(switch.flow())
            .via(connection())
            .via(switch.flow())
            .toMat(sink(given), Keep.left())
            .run(context.system)
        link.opened(given.attempt, Wire(queue, switch), account)
    }

    private fun sink(given: AccountGiven): Sink<ByteString, NotUsed> = ActorSink.actorRefWithBackpressure(
        context.self,
        { ready: ActorRef<Done>, piece: ByteString -> Received(given.link, given.attempt, piece, ready) },
        { ready: ActorRef<Done> -> Begun(ready) },
        Done.getInstance(),
        Ended(given.link, given.attempt, null),
        { failure: Throwable -> Ended(given.link, given.attempt, failure) },
    )

    private fun reason(failure: Throwable?) = if (failure == null) "the chat ended the connection" else "the connection to the chat failed"

    private class Wire(private val queue: BoundedSourceQueue<ByteString>, private val switch: SharedKillSwitch) : ChatWire {
        override fun send(line: String) {
            if (queue.offer(ByteString.fromString(line + "\r\n")) !== QueueOfferResult.enqueued()) switch.shutdown()
        }

        override fun close() {
            // Not by the queue: to complete it twice, or when the other side has ended the connection, is an error.
            switch.shutdown()
        }
    }

    companion object {
        private const val MOST_LINES = 1_024
        private val TICK: Duration = Duration.ofMillis(50)

        /**
         * @param board made with the function that is to open a connection
         * @param account asked for before each attempt to connect
         * @param connection to the chat, a new one each time
         */
        fun create(
            board: (open: (ChatLink, Long) -> Unit) -> ChatBoard,
            account: (connection: Int) -> CompletionStage<ChatAccount>,
            connection: () -> Flow<ByteString, ByteString, *>,
        ): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(RoomKeeper::class.java)
            Behaviors.withTimers { timers: TimerScheduler<Command> ->
                timers.startTimerWithFixedDelay(Tick, TICK)
                RoomKeeper(context, board, account, connection).keeping()
            }
        }
    }
}
