package twitchactors.twitch

import org.apache.pekko.NotUsed
import org.apache.pekko.actor.ClassicActorSystemProvider
import org.apache.pekko.http.javadsl.model.ws.Message
import org.apache.pekko.http.javadsl.model.ws.TextMessage
import org.apache.pekko.stream.Materializer
import org.apache.pekko.stream.SystemMaterializer
import org.apache.pekko.stream.javadsl.Flow
import org.apache.pekko.stream.javadsl.Framing
import org.apache.pekko.stream.javadsl.FramingTruncation
import org.apache.pekko.stream.javadsl.Keep
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import org.apache.pekko.stream.javadsl.Tcp
import org.apache.pekko.util.ByteString
import org.slf4j.LoggerFactory
import java.time.Duration
import java.util.concurrent.CompletionStage

/**
 * The chat: a session for each connection, over TCP or WebSocket. Nothing is buffered for a client that does not read: while its
 * connection takes nothing, time stands still in its session.
 *
 * @param ticks how often sessions look what time has brought, in real time
 */
internal class IrcServer(
    system: ClassicActorSystemProvider,
    private val moments: Moments,
    private val served: ServedLog,
    private val ticks: Duration,
    private val session: () -> IrcSession,
) {
    private val log = LoggerFactory.getLogger("twitchactors.twitch.IrcServer")
    private val materializer: Materializer = SystemMaterializer.get(system).materializer()
    private val tcp: Tcp = Tcp.get(system)

    private sealed interface Event
    private class Line(val text: String) : Event
    private data object Tick : Event

    /** What goes out: bytes, or the note that those before it are out. */
    private sealed interface Out
    private class Bytes(val bytes: ByteString) : Out
    private class Completed(val served: List<ServedLog.Line>) : Out
    private data object End : Out

    /** Listens; completed when the port answers. */
    fun bind(host: String, port: Int): CompletionStage<Tcp.ServerBinding> =
        tcp.bind(host, port).to(Sink.foreach { it.handleWith(tcpFlow(), materializer) }).run(materializer)

    fun webSocket(): Flow<Message, Message, NotUsed> = Flow.create<Message>()
        .filter { it.isText }
        .mapAsync(1) { it.asTextMessage().toStrict(MESSAGE_MS, materializer) }
        .mapConcat { it.strictText.lines() }
        .via(lines())
        .map { TextMessage.create(it.utf8String()) }

    private fun tcpFlow(): Flow<ByteString, ByteString, NotUsed> = Flow.create<ByteString>()
        .via(Framing.delimiter(ByteString.fromString("\n"), LONGEST_LINE, FramingTruncation.ALLOW))
        .map { it.utf8String() }
        .via(lines())

    private fun lines(): Flow<String, ByteString, NotUsed> = Flow.lazyFlow {
        val session = session()
        Flow.create<String>()
            .map<Event> { Line(it) }
            .merge(Source.tick(ticks, ticks, Tick as Event), true)
            .mapAsync(1) { event -> moments.now().thenApply { answer(session, event, it) } }
            .mapConcat { batches -> batches.flatMap { out(it) } }
            .takeWhile { it !== End }
            .mapConcat { sent(it) }
            .watchTermination { _, done -> done.whenComplete { _, _ -> session.end() } }
    }.mapMaterializedValue { NotUsed.getInstance() }

    private fun answer(session: IrcSession, event: Event, now: Moment): List<IrcBatch> = try {
        when (event) {
            is Line -> session.line(event.text, now)
            Tick -> session.tick(now)
        }
    } catch (failure: Exception) {
        log.error("a chat connection failed", failure)
        listOf(IrcBatch.of(ends = true))
    }

    private fun out(batch: IrcBatch): List<Out> = buildList {
        if (batch.bytes.nonEmpty()) add(Bytes(batch.bytes))
        if (batch.served.isNotEmpty()) add(Completed(batch.served))
        if (batch.ends) add(End)
    }

    /** Reached when the connection has asked for more: all before is out. */
    private fun sent(out: Out): List<ByteString> = when (out) {
        is Bytes -> listOf(out.bytes)
        is Completed -> emptyList<ByteString>().also { out.served.forEach { line -> served.write(line) } }
        End -> emptyList()
    }

    companion object {
        /** Of the WebSocket, and how faults call the chat. */
        const val PATH = "/irc"
        private const val LONGEST_LINE = 8_192
        private const val MESSAGE_MS = 5_000L
    }
}
