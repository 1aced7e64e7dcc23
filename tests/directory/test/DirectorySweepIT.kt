package twitchactors.directorytests

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import org.apache.pekko.actor.ActorSystem
import org.apache.pekko.actor.Terminated
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.directorytests.HelixFacts.Companion.text
import twitchactors.node.Configuration
import twitchactors.node.NodeRole
import twitchactors.node.Patience
import twitchactors.node.Running
import twitchactors.node.Simulation
import twitchactors.services.Databases
import twitchactors.simulator.World
import twitchactors.twitch.SimulatedClock
import twitchactors.twitch.SimulatedTwitch
import java.nio.file.Path
import java.sql.ResultSet
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletionStage
import java.util.concurrent.TimeUnit
import javax.sql.DataSource

/** A node sweeps the directory's pages of a simulated Twitch, whose time stands still: MariaDB then has what its API says. */
internal class DirectorySweepIT {
    private data class Category(val name: String, val viewers: Int, val image: String)

    private data class Stream(val category: String, val title: String, val channel: String, val viewers: Int, val tags: String)

    private val system: ActorSystem = QuietTwitch.system()
    private lateinit var twitch: SimulatedTwitch
    private lateinit var helix: HelixFacts

    @BeforeEach
    fun start() {
        Folders.chromium()
        val clock = SimulatedClock(Instant.parse("2022-08-01T18:30:00Z"), speed = 1.0) { 0 }
        twitch = SimulatedTwitch.start(system, World(seed = 11, viewers = 90_000, streamers = 400), clock)
        helix = HelixFacts(twitch.url)
    }

    @AfterEach
    fun stop() {
        if (::twitch.isInitialized) twitch.stop()
        val ended: CompletionStage<Terminated> = system.apply { terminate() }.whenTerminated
        ended.toCompletableFuture().get(10, TimeUnit.SECONDS)
    }

    @Test
    fun `what the pages show of categories and streams is in MariaDB, whole`(@TempDir folder: Path) {
        val games = helix.all("/games/top?first=100").take(CATEGORIES)
        val categories = games.map { game ->
            val viewers = helix.all("/streams?first=100&game_id=${text(game, "id")}").sumOf { viewers(it) }
            val image = text(game, "box_art_url").replace("{width}", "285").replace("{height}", "380")
            Category(text(game, "name"), ShownNumber.of(viewers), image)
        }
        val streams = games.flatMap { game ->
            helix.all("/streams?first=100&game_id=${text(game, "id")}").take(STREAMS).map { stream(text(game, "name"), it) }
        }
        assertTrue(
            categories.any {
                it.viewers > 1000
            } && streams.size > STREAMS + CATEGORIES,
            "a world that tells little: ${streams.size} of $categories",
        )

        Running.start(configuration(folder)).use { running ->
            Databases.pool(running.services.mariaDb, "directory-test", 1).use { pool ->
                Patience(Duration.ofMinutes(5)).until("all rows to be in MariaDB") { count(pool) >= categories.size + streams.size }
                assertEquals(streams.sortedBy { it.channel }, streams(pool))
                assertEquals(categories, categories(pool))
                assertEquals(listOf(1, 1), rows(pool, "SELECT COUNT(DISTINCT timestamp) FROM categories UNION ALL $TIMES") { it.getInt(1) })
                val tags = rows(pool, "SELECT tags FROM categories") { it.getString(1) }
                assertTrue(tags.all { it.isNotEmpty() && it.split(", ").size <= TAGS }, "$tags")
            }
        }
    }

    private fun configuration(folder: Path): Configuration {
        val settings = mapOf(
            "twitchactors.sweeps.source" to "directory",
            "twitchactors.sweeps.categories" to CATEGORIES,
            "twitchactors.sweeps.streams-per-category" to STREAMS,
            "twitchactors.sweeps.category-tags" to TAGS,
            // Swept once: the next time is hours away.
            "twitchactors.sweeps.categories-every" to "1 day",
            "twitchactors.sweeps.streams-every" to "1 day",
            "twitchactors.directory.lib" to "${Folders.lib}",
            "twitchactors.collect.top" to 0,
        )
        val roles = setOf(NodeRole.COLLECT, NodeRole.INGEST, NodeRole.PROFILE)
        val configuration = Configuration.of(folder.resolve("data"), roles, Simulation.at(twitch.url), settings)
        assertNotNull(configuration.directory)
        return configuration
    }

    private fun stream(category: String, row: JsonObject) = Stream(
        category,
        text(row, "title").trim(),
        text(row, "user_login"),
        ShownNumber.of(viewers(row)),
        row.getValue("tags").jsonArray.joinToString { it.jsonPrimitive.content },
    )

    private fun viewers(row: JsonObject): Long = text(row, "viewer_count").toLong()

    private fun count(pool: DataSource): Int =
        rows(pool, "SELECT COUNT(*) FROM streamers UNION ALL SELECT COUNT(*) FROM categories") { it.getInt(1) }.sum()

    private fun streams(pool: DataSource) =
        rows(pool, "SELECT category, stream_title, channel, viewers, tags FROM streamers ORDER BY channel") {
            Stream(it.getString(1), it.getString(2).trim(), it.getString(3), it.getInt(4), it.getString(5))
        }

    private fun categories(pool: DataSource) = rows(pool, "SELECT category, viewers, image_url FROM categories ORDER BY id") {
        Category(it.getString(1), it.getInt(2), it.getString(3))
    }

    private fun <T> rows(pool: DataSource, sql: String, row: (ResultSet) -> T): List<T> = pool.connection.use { connection ->
        connection.createStatement().use { statement -> statement.executeQuery(sql).use { buildList { while (it.next()) add(row(it)) } } }
    }

    private companion object {
        const val CATEGORIES = 3
        const val STREAMS = 8
        const val TAGS = 2
        const val TIMES = "SELECT COUNT(DISTINCT timestamp) FROM streamers"
    }
}
