package twitchactors.sweeps

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import twitchactors.domain.CategoryRow
import twitchactors.sources.Category
import twitchactors.sources.NoAnswer
import twitchactors.sweeps.Streams.category
import twitchactors.sweeps.Streams.stream
import java.time.Instant
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import kotlin.random.Random

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepTest {
    private val testKit = ActorTestKit.create()
    private val at = Instant.parse("2025-02-23T16:58:44Z")

    @AfterAll
    fun stop() = testKit.shutdownTestKit()

    private fun categories(twitch: TwitchInMemory, settings: SweepsSettings = SweepsSettings()): Swept<CategoryRow> =
        CategorySweep(testKit.system(), twitch, settings).sweep(at).toCompletableFuture().get(10, TimeUnit.SECONDS)

    private fun streams(twitch: TwitchInMemory, settings: SweepsSettings = SweepsSettings()) =
        StreamSweep(testKit.system(), twitch, settings).sweep(at, twitch.streams.keys.toList())
            .toCompletableFuture().get(10, TimeUnit.SECONDS)

    @Test
    fun `a category has the sum of its streams, their most frequent tags and an image of 285 x 380`() {
        val twitch = TwitchInMemory(
            mapOf(
                category(1, "Chess") to listOf(
                    stream("a", 70, tags = listOf("b", "x", "b")),
                    stream("b", 20, tags = listOf("a", "x")),
                    stream("c", 9),
                ),
                category(2, "雀魂 <b>") to listOf(stream("d", 100)),
            ),
        )
        val swept = categories(twitch, SweepsSettings(streamsSummed = 2, categoryTags = 2))
        val first = CategoryRow(at, "雀魂 <b>", 100, "", "https://box.art/2-285x380.jpg")
        assertEquals(listOf(first, CategoryRow(at, "Chess", 90, "x, a", "https://box.art/1-285x380.jpg")), swept.rows)
        assertEquals(1, swept.cut)
        assertEquals(listOf("2", "1"), swept.categories.map { it.id })
    }

    @Test
    fun `a category that Twitch tells the viewers of is what it tells, and its streams are not asked for`() {
        val told = Category("chess", "Chess", "https://box.art/1-{width}x{height}.jpg", 12_300, listOf("Board Game", "Relaxing", "Mind"))
        val twitch = TwitchInMemory(mapOf(told to listOf(stream("a", 9000, tags = listOf("x"))), category(2) to listOf(stream("b", 7))))
        twitch.silent += "chess"
        val swept = categories(twitch, SweepsSettings(categoryTags = 2))
        val first = CategoryRow(at, "Chess", 12_300, "Board Game, Relaxing", "https://box.art/1-285x380.jpg")
        assertEquals(listOf(first, CategoryRow(at, "Category 2", 7, "", "https://box.art/2-285x380.jpg")), swept.rows)
        assertEquals(emptyMap<String, String>(), swept.leftOut)
    }

    @Test
    fun `a category whose streams cannot be had is left out, never an empty one`() {
        val world = mapOf(category(1) to listOf(stream("a", 7)), category(2) to listOf(stream("b", 6)), category(3) to emptyList())
        val twitch = TwitchInMemory(world)
        twitch.silent += "1"
        assertEquals(listOf("Category 2", "Category 3"), categories(twitch).rows.map { it.category })
        assertEquals(mapOf("Category 1" to "Twitch answered 503"), categories(twitch).leftOut)
        assertEquals(listOf("b"), streams(twitch).rows.map { it.channel.name })
        assertEquals(mapOf("Category 1" to "Twitch answered 503"), streams(twitch).leftOut)
        twitch.silent += ""
        val failure = assertThrows(ExecutionException::class.java) { categories(twitch) }
        assertTrue(generateSequence<Throwable>(failure) { it.cause }.any { it is NoAnswer })
    }

    @Test
    fun `any world is swept as a plain count of it says`() {
        val random = Random(5)
        repeat(50) {
            val world = List(random.nextInt(6)) { id ->
                category(id) to List(random.nextInt(12)) { stream("s${random.nextInt(40)}", random.nextInt(9999), tags = tags(random)) }
                    .distinctBy { it.streamer }.sortedByDescending { it.liveViewers }
            }.toMap()
            val twitch = TwitchInMemory(world)
            world.keys.filter { random.nextInt(4) == 0 }.forEach { twitch.silent += it.id }
            val settings = SweepsSettings(
                categories = random.nextInt(1, 8),
                streamsSummed = random.nextInt(1, 15),
                streamsPerCategory = random.nextInt(1, 15),
                categoryTags = random.nextInt(4),
                parallelism = random.nextInt(1, 5),
            )
            val had = world.filterKeys { it.id !in twitch.silent }
            val swept = categories(twitch, settings)
            assertEquals(minOf(settings.categories, world.size), swept.rows.size + swept.leftOut.size)
            for (row in swept.rows) {
                val summed = had.entries.first { it.key.name == row.category }.value.take(settings.streamsSummed)
                assertEquals(summed.sumOf { it.liveViewers ?: 0 }, row.viewers)
                val counts = HashMap<String, Int>()
                summed.forEach { stream -> stream.tags.toSet().forEach { counts[it] = (counts[it] ?: 0) + 1 } }
                assertEquals(counts.keys.sorted().sortedBy { -counts.getValue(it) }.take(settings.categoryTags).joinToString(), row.tags)
            }
            val seen = HashSet<String>()
            val expected = had.flatMap { (category, all) ->
                all.take(settings.streamsPerCategory).filter { seen.add(it.streamer.name) }
                    .map { "${category.name} ${it.streamer} ${it.liveViewers}" }
            }
            assertEquals(expected, streams(twitch, settings).rows.map { "${it.category} ${it.channel} ${it.viewers}" })
        }
    }

    private fun tags(random: Random) = List(random.nextInt(4)) { "t${random.nextInt(6)}" }
}
