package twitchactors.twitch

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.simulator.World

internal class StreamTagsTest {
    private val categories = World(seed = 1, viewers = 100, streamers = 10).let { world ->
        world.categories.map { Categories(world).named(it) }
    }

    @Test
    fun `a stream has one to five tags, its language first, the same each time`() {
        val all = categories.flatMap { category -> (0 until 200).map { StreamTags.of(it, category) } }
        assertTrue(all.all { it.size in 1..5 && it.first() == "Français" && it.distinct() == it && it.none { tag -> "," in tag } })
        assertEquals(setOf(1, 2, 3, 4, 5), all.map { it.size }.toSet())
        assertEquals(all, categories.flatMap { category -> (0 until 200).map { StreamTags.of(it, category) } })
    }
}
