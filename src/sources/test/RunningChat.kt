package twitchactors.sources

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.time.Instant
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import javax.net.ssl.SSLContext

/** [ChatRooms] that runs, at the time that the test says it is. */
internal class RunningChat(settings: ChatSettings, private val millis: () -> Long, trust: SSLContext = SSLContext.getDefault()) :
    AutoCloseable {
    private val kit = ActorTestKit.create("chat")
    val rooms = ChatRooms.start(kit.system(), settings, millis, trust = trust)
    private val second: Long get() = millis() / 1000

    fun follow(streamer: String) = rooms.follow(Login.require(streamer))

    /** Asks for the slot that it is. */
    fun ask(streamer: String, liveViewers: Int = 100) =
        rooms.chatters(stream(streamer, liveViewers), Day.at(second)!!, Slot.at(second)).toCompletableFuture()

    fun answer(streamer: String, liveViewers: Int = 100): Chatters = ask(streamer, liveViewers).get(60, TimeUnit.SECONDS)

    fun status(): ChatStatus = rooms.status().toCompletableFuture().get(10, TimeUnit.SECONDS)

    override fun close() {
        rooms.close()
        kit.shutdownTestKit()
    }

    companion object {
        fun logins(chatters: Chatters): List<String> = String(chatters.logins, Charsets.US_ASCII).split('\n').filter { it.isNotEmpty() }

        /** Why there is no answer. */
        fun reason(question: java.util.concurrent.Future<Chatters>): String = try {
            error("an answer by ${question.get(60, TimeUnit.SECONDS).source}")
        } catch (failure: ExecutionException) {
            (failure.cause as NoAnswer).reason
        }

        fun stream(streamer: String, liveViewers: Int) =
            LiveStream(Login.require(streamer), "1", "1", "", "", "", "fr", emptyList(), liveViewers, Instant.EPOCH)
    }
}
