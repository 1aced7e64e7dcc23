package twitchactors.collect

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Everything that crosses nodes comes back as it was. */
class WireMessageTest {
    private val kit = ActorTestKit.create("wire", ConfigFactory.load("collect-node"))

    @AfterEach
    fun stop() = kit.shutdownTestKit()

    @Test
    fun `every message of the roster and of the pollers`() {
        val replyTo = kit.createTestProbe<RosterKeeper.Reply>().ref
        val messages = listOf<WireMessage>(
            RosterKeeper.Pin("a", replyTo),
            RosterKeeper.Unpin("a", replyTo),
            RosterKeeper.Pause("a", replyTo),
            RosterKeeper.Resume("a", replyTo),
            RosterKeeper.GetRoster(replyTo),
            RosterKeeper.RosterList(listOf("a", "b"), emptyList(), listOf("c")),
            RosterKeeper.Refused("because"),
            StreamerPoller.Track(5_531_040, 5_531_050),
            StreamerPoller.Track(5_531_040, null),
            StreamerPoller.HandOver,
        )
        for (message in messages) kit.serializationTestKit().verifySerialization(message, true)
        assertEquals(9, messages.map { it::class }.toSet().size)
    }
}
