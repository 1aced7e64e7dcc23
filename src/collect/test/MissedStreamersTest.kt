package twitchactors.collect

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.sources.StreamList
import twitchactors.sources.TwitchApi
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.atomic.AtomicInteger

/** Twitch's list of the top streamers leaves out some who are live. */
class MissedStreamersTest {
    private val kit = ActorTestKit.create(ConfigFactory.load("collect-memory"))
    private val replies = kit.createTestProbe(RosterKeeper.Reply::class.java)
    private val twitch = MemoryTwitch()
    private val asked = AtomicInteger()

    @Volatile
    private var listed = emptyList<Login>()

    private val api = object : TwitchApi by twitch {
        override fun topStreams(language: String, count: Int): CompletionStage<StreamList> {
            asked.incrementAndGet()
            return CompletableFuture.completedFuture(StreamList(listed.map { MemoryTwitch.stream(it) }, false))
        }
    }

    @AfterEach
    fun stop() = kit.shutdownTestKit()

    private fun logins(vararg names: String) = names.map(Login::require)

    @Test
    fun `a streamer whom the list leaves out is tracked on while live, and no longer`() {
        val clock = SlotClock.simulated(Instant.parse("2022-08-01T10:00:00Z"), SPEED)
        val keeper = kit.spawn(RosterKeeper.create(api, { _, _ -> }, CollectSettings(top = 3), clock, CollectBoard()))
        fun tracked(): List<String> {
            keeper.tell(RosterKeeper.GetRoster(replies.ref()))
            return (replies.receiveMessage(PATIENCE) as RosterKeeper.RosterList).tracked
        }
        fun afterTwoLists() {
            val before = asked.get()
            replies.awaitAssert(PATIENCE) { check(asked.get() > before + 2) { "no more questions" } }
        }
        listed = logins("a", "b", "c")
        twitch.live = listed
        replies.awaitAssert(PATIENCE) { assertEquals(listOf("a", "b", "c"), tracked()) }
        listed = logins("b")
        afterTwoLists()
        assertEquals(listOf("a", "b", "c"), tracked(), "left out, but live")
        twitch.live = logins("b", "c")
        replies.awaitAssert(PATIENCE) { assertEquals(listOf("b", "c"), tracked()) }
        listed = logins("b", "d", "e")
        twitch.live = logins("b", "c", "d", "e")
        afterTwoLists()
        assertEquals(3, tracked().size, "no more than are wanted")
    }

    private companion object {
        const val SPEED = 3_000.0
        val PATIENCE: Duration = Duration.ofSeconds(30)
    }
}
