package twitchactors.sources

import org.apache.pekko.actor.testkit.typed.javadsl.SerializationTestKit
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.sources.RunningTwitch.Companion.now
import twitchactors.sources.RunningTwitch.Companion.reason
import twitchactors.twitch.SimulatedTwitchSettings
import java.time.Duration

/** The budget of a token is one for all nodes, in the time of Twitch's own clock. */
internal class BudgetIT {
    @Test
    fun `two nodes that ask for more than there is wait, and Twitch refuses none`() {
        RunningTwitch(speed = 20.0, simulation = SimulatedTwitchSettings(pointsPerMinute = 300)).use { twitch ->
            val first = twitch.node()
            val helixes = listOf(first, twitch.node(first)).map { Helix.start(it, twitch.settings(), grants = null, role = null) }
            val began = System.nanoTime()
            val answers = List(600) { helixes[it % 2].api.topCategories(5) }
            answers.forEach { assertEquals(5, it.now().size) }
            val seconds = (System.nanoTime() - began) / 1e9
            assertEquals(0, twitch.count("budgets", "app", "points_refused"))
            assertEquals(0, helixes.sumOf { it.figures.refusals + it.figures.overruns })
            assertEquals(600, helixes.sumOf { it.figures.points })
            // The bucket's 300 and 100 more a second. Far longer would mean that the pace of Twitch's clock is not found.
            assertTrue(seconds in 2.5..30.0, "600 requests took $seconds s")
            helixes.forEach { it.close() }
        }
    }

    @Test
    fun `when the node that keeps the budgets goes away another one keeps them, and Twitch refuses none`() {
        RunningTwitch(speed = 20.0, simulation = SimulatedTwitchSettings(pointsPerMinute = 300)).use { twitch ->
            val first = twitch.node()
            val second = twitch.node(first)
            val (going, staying) = listOf(first, second).map { Helix.start(it, twitch.settings(), grants = null, role = null) }
            // What the budget held is spent when the new keeper begins, who knows nothing of it.
            val before = List(400) { (if (it % 2 == 0) going else staying).api.topCategories(5) }
            before.forEach { assertEquals(5, it.now().size) }
            val waiting = List(300) { staying.api.topCategories(5) }
            going.close()
            RunningTwitch.end(first)
            waiting.forEach { assertEquals(5, it.now().size) }
            val after = List(100) { staying.api.topCategories(5) }
            after.forEach { assertEquals(5, it.now().size) }
            assertEquals(0, twitch.count("budgets", "app", "points_refused"))
            assertEquals(0, listOf(going, staying).sumOf { it.figures.refusals + it.figures.overruns })
            assertEquals(800, listOf(going, staying).sumOf { it.figures.points })
            staying.close()
        }
    }

    @Test
    fun `who gets no point in time has no answer, and is counted`() {
        RunningTwitch(simulation = SimulatedTwitchSettings(pointsPerMinute = 10)).use { twitch ->
            Helix.start(twitch.node(), twitch.settings(patience = Duration.ofSeconds(3)), grants = null, role = null).use { helix ->
                val answers = List(30) { helix.api.topCategories(5) }
                val reasons = answers.map { it.reason() }.groupingBy { it.substringBefore(':') }.eachCount()
                assertEquals(setOf("an answer", "the token's budget left no point within 3 s"), reasons.keys)
                assertTrue(reasons.getValue("an answer") in 8..11, "$reasons")
                assertEquals(30L - reasons.getValue("an answer"), helix.figures.overruns)
                assertEquals(0, twitch.count("budgets", "app", "points_refused"))
            }
        }
    }

    @Test
    fun `messages that cross nodes come out as they went in`() {
        RunningTwitch().use { twitch ->
            val node = twitch.node()
            val serialization = SerializationTestKit(node)
            val sender = node.ignoreRef<PointLeases.Command>()
            val messages = listOf(
                BudgetKeeper.Lease("app", 7, RateLimit(800, 799, 1_700_000_000, 1_700_000_001), 9_000_000_000, 3, sender),
                BudgetKeeper.Lease("user:1", 7, null, 0, 0, sender),
                BudgetKeeper.Overrun("app", RateLimit(800, 0, 1_700_000_060, 1_700_000_000)),
                PointLeases.Leased("app", 7, 5_000_000_000),
                PointLeases.Closed("app", 60_000_000_000),
            )
            messages.forEach { serialization.verifySerialization(it, true) }
        }
    }
}
