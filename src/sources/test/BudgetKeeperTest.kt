package twitchactors.sources

import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

internal class BudgetKeeperTest {
    private val second = 1_000_000_000L
    private var now = 0L
    private val keeper = BehaviorTestKit.create(BudgetKeeper.create(800) { now })
    private val node = TestInbox.create<PointLeases.Command>()

    private fun lease(wanted: Int, told: RateLimit?, age: Long): Int {
        keeper.run(BudgetKeeper.Lease("app", wanted, told, age, 0, node.ref))
        return (node.receiveMessage() as PointLeases.Leased).points
    }

    @Test
    fun `a reply that has waited to be told of does not make Twitch's clock seem faster`() {
        now = second
        lease(0, RateLimit(800, 800, 1000, 1000), age = 9 * second / 10)
        now = 2 * second
        // 60 s of Twitch's in 1.9 of ours, and not in 1.0.
        assertEquals(0, lease(1000, RateLimit(800, 16, 1119, 1060), age = 0))
        now = 3 * second
        val points = lease(1000, null, age = 0)
        assertTrue(points in 350..(60 / 1.9 * 800 / 60).toInt(), "$points")
    }

    @Test
    fun `while a budget is closed nobody gets a point, and all nodes are told`() {
        lease(5, RateLimit(800, 800, 1000, 1000), age = 0)
        repeat(3) { keeper.run(BudgetKeeper.Overrun("app", RateLimit(800, 0, 1030, 1000))) }
        assertEquals(List(3) { PointLeases.Closed("app", 30 * second) }, node.allReceived)
        assertEquals(1, keeper.allLogEntries.size)
        now = 29 * second
        assertEquals(0, lease(5, null, age = 0))
        now = 31 * second
        assertEquals(5, lease(5, null, age = 0))
    }
}
