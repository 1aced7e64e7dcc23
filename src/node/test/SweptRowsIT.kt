package twitchactors.node

import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.CategoryRow
import twitchactors.domain.Login
import twitchactors.domain.StreamRow
import twitchactors.services.Databases
import twitchactors.sources.Category
import twitchactors.sources.LiveStream
import twitchactors.sources.StreamList
import twitchactors.sources.TwitchApi
import twitchactors.store.RowPresence
import twitchactors.sweeps.RowFileReader
import twitchactors.sweeps.RowPublisher
import twitchactors.sweeps.RowRecords
import twitchactors.sweeps.Sweeps
import twitchactors.sweeps.SweepsSettings
import twitchactors.topics.RecordProducer
import java.nio.file.Path
import java.sql.ResultSet
import java.time.Duration
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneOffset
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import javax.sql.DataSource
import kotlin.io.path.exists
import kotlin.io.path.writeText

/** Categories and streams from Twitch to MariaDB, on real services. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweptRowsIT {
    private lateinit var running: Running
    private lateinit var node: PipelineNode
    private lateinit var publisher: RowPublisher
    private lateinit var pool: DataSource
    private lateinit var data: Path
    private var published = 0L
    private val swept = Instant.parse("2025-02-23T16:58:44Z")

    @BeforeAll
    fun start(@TempDir folder: Path) {
        data = folder.resolve("data")
        System.setProperty(OFTEN, "5 s")
        ConfigFactory.invalidateCaches()
        running = Running.start(data, setOf(NodeRole.COLLECT, NodeRole.INGEST, NodeRole.PROFILE))
        node = running.node!!
        publisher = RowPublisher(node.system, RecordProducer.settings(node.system, running.services.kafka, running.configuration.topics))
        pool = Databases.pool(running.services.mariaDb, "rows-test", 2)
    }

    @AfterAll
    fun stop() {
        publisher.close()
        (pool as AutoCloseable).close()
        running.close()
        System.clearProperty(OFTEN)
        ConfigFactory.invalidateCaches()
    }

    private class Twitch(private val titles: List<String>) : TwitchApi {
        override fun topCategories(count: Int) = answer(listOf(Category("1", "雀魂 <b>", "https://x/1-{width}x{height}.jpg")))

        override fun streamsOf(categoryId: String, count: Int) = answer(StreamList(titles.mapIndexed(::stream), false))

        override fun liveStreams(streamers: Collection<Login>) = answer(emptyList<LiveStream>())

        override fun topStreams(language: String, count: Int) = answer(StreamList(emptyList(), false))

        private fun stream(at: Int, title: String) =
            LiveStream(Login.require("s$at"), "$at", "$at", title, "1", "雀魂 <b>", "ja", listOf("日本語"), at, Instant.EPOCH)

        private fun <T> answer(answer: T): CompletableFuture<T> = CompletableFuture.completedFuture(answer)
    }

    private fun <T> rows(sql: String, row: (ResultSet) -> T): List<T> = pool.connection.use { connection ->
        connection.createStatement().use { statement -> statement.executeQuery(sql).use { buildList { while (it.next()) add(row(it)) } } }
    }

    private fun streams(where: String) =
        rows("SELECT timestamp, category, stream_title, channel, viewers, tags FROM streamers WHERE $where ORDER BY id") {
            val time = it.getObject(1, LocalDateTime::class.java).toInstant(ZoneOffset.UTC)
            StreamRow(time, it.getString(2), it.getString(3), Login.require(it.getString(4)), it.getInt(5), it.getString(6))
        }

    private fun ids() = rows("SELECT id, timestamp, channel FROM streamers WHERE channel <> 'last' ORDER BY id") { row ->
        List(3) { row.getString(it + 1) }
    }

    private fun until(what: String, condition: () -> Boolean) = Patience(Duration.ofMinutes(2)).until(what, condition)

    private fun publish(rows: List<StreamRow>) {
        // The last one is new, and Kafka keeps the order.
        val last = rows.last().copy(timestamp = LAST.plusSeconds(published++), channel = Login.require("last"))
        publisher.publish((rows + last).map { RowRecords.of(it) }).toCompletableFuture().get(2, TimeUnit.MINUTES)
        until("rows to be taken in") { running.stores.streams.presence(listOf(last)) == listOf(RowPresence.SAME) }
    }

    @Test
    fun `what Twitch said is in MariaDB and in the CSV files as it was, and a replay changes nothing`() {
        // Sweeps once: the next one is due hours later.
        val settings = SweepsSettings(categoriesEvery = Duration.ofDays(1), streamsEvery = Duration.ofDays(1))
        val csv = data.resolve("csv")
        Sweeps.init(node.system, Twitch(TITLES), publisher, csv, settings, now = { swept })
        val expected = TITLES.mapIndexed { at, title -> StreamRow(swept, "雀魂 <b>", title, Login.require("s$at"), at, "日本語") }
        until("the streams to be in MariaDB") { streams("category LIKE '雀魂%'").size == TITLES.size }
        assertEquals(expected, streams("category LIKE '雀魂%'"))
        val category = CategoryRow(swept, "雀魂 <b>", TITLES.indices.sum(), "日本語", "https://x/1-285x380.jpg")
        until("the category to be in MariaDB") { running.stores.categories.presence(listOf(category)) == listOf(RowPresence.SAME) }
        until("the CSV file") { csv.resolve("twitch_streams.csv").exists() && read(csv.resolve("twitch_streams.csv")).size == TITLES.size }
        assertEquals(expected, read(csv.resolve("twitch_streams.csv")))

        val before = ids()
        publish(expected.reversed())
        publisher.publish(listOf(RowRecords.of(category))).toCompletableFuture().get(30, TimeUnit.SECONDS)
        publish(expected)
        assertEquals(before, ids())
        until("the hour to be rolled up") {
            rows("SELECT samples, streams_sum, viewers_sum FROM category_stream_hours WHERE hour >= '2025-01-01'") {
                listOf(it.getInt(1), it.getInt(2), it.getInt(3))
            } == listOf(listOf(1, TITLES.size, TITLES.indices.sum()))
        }
    }

    private fun read(path: Path) = buildList { RowFileReader.open(path).read { add((it as RowFileReader.Line.OfStream).row) } }

    @Test
    fun `files are imported through the topics, a second time changes nothing, and each bad line is named`() {
        val streamFile = data.resolve("old.csv")
        val header = "Viewers,Channel,Stream Title,Category,Tags,Timestamp\n"
        streamFile.writeText(
            header + "7,KaiCenat,\"🦇, \"\"quoted\"\"\nnext line\",Chess,\"a, b\",2022-02-23 17:19:49\n" +
                "8, + 2 ,x,Chess,,2022-02-23 17:19:49\n" +
                "9,kaicenat,changed,Chess,\"a, b\",2022-02-23 17:19:49\n",
        )
        val categoryFile = data.resolve("categories.csv")
        categoryFile.writeText("Timestamp,Category,Viewers,Tags,Image_URL\n2022-02-23 17:19:49,Chess,7,No Tags,https://x/1.jpg\n")
        val first = import(streamFile, categoryFile)
        assertEquals(listOf("streams", "categories"), first.map { it.kind })
        assertEquals(listOf(1L, 1L), first.map { it.rows })
        assertEquals(listOf(2L, 1L), first.map { it.new })
        assertEquals(listOf(4L, 5L), first[0].firstRejected.map { it.first })
        assertTrue("' + 2 '" in first[0].firstRejected[0].second && "already" in first[0].firstRejected[1].second)
        val before = ids()
        val again = import(streamFile, categoryFile)
        assertEquals(listOf(1L to 0L, 1L to 0L), again.map { it.rows to it.new })
        assertEquals(listOf(2L, 0L), again.map { it.rejected })
        assertEquals(before, ids())
        assertEquals(listOf("🦇, \"quoted\"\nnext line"), streams("timestamp < '2023-01-01' AND channel = 'kaicenat'").map { it.title })
    }

    private fun import(vararg files: Path) = Steps().use { steps ->
        RowImport(running, steps, Patience(Duration.ofMinutes(2))).run(files.map { "${it.fileName}" to RowFileReader.open(it) })
    }

    @Test
    fun `a file that is none, or not there, is bad input before anything is begun`() {
        val other = data.resolve("other.csv").also { it.writeText("a,b\n1,2\n") }
        assertEquals(Exit.BAD_INPUT, run(listOf("import", "$other", "--data", "$data")))
        assertEquals(Exit.BAD_INPUT, run(listOf("import", "$other.none", "--data", "$data")))
    }

    @Test
    fun `many rows are taken in by batches`() {
        val begin = Instant.parse("2020-01-01T00:00:00Z")
        val rows = List(RATE_ROWS) { at ->
            val sweep = begin.plusSeconds(60L * (at / 3000))
            val title = "🦇 a title of some length, number $at"
            StreamRow(sweep, "Category ${at % 30}", title, Login.require("rate_${at % 3000}"), at, "English, ADHD")
        }
        val began = System.nanoTime()
        publish(rows)
        val seconds = (System.nanoTime() - began) / 1e9
        println("$RATE_ROWS rows through Kafka into MariaDB in ${"%.1f".format(seconds)} s: %.0f rows/s".format(RATE_ROWS / seconds))
        assertEquals(rows, streams("timestamp < '2021-01-01'"))
        val rolledUp = System.nanoTime()
        until("the hour to be rolled up") {
            rows("SELECT SUM(samples) FROM channel_days WHERE day < '2021-01-01'") { it.getInt(1) } == listOf(RATE_ROWS)
        }
        println("rolled up ${"%.1f".format((System.nanoTime() - rolledUp) / 1e9)} s later")
    }

    private companion object {
        const val RATE_ROWS = 60_000
        const val OFTEN = "twitchactors.sweeps.roll-up-every"
        val LAST: Instant = Instant.parse("2024-01-01T00:00:00Z")

        val TITLES = listOf(
            "🦇BATMAN👨‍👩‍👧🦇", "Семейный психолог 🙏🏻", "なつめ先生 亞洲統神", "<script>alert(1)</script> &amp;", "\"quoted\", with comma",
            "two\nlines\r\nor three", "", " blanks ", "back\\slash \\n", "'; DROP TABLE streamers; --", "=1+1", "İ ﷽ ￿ \u0001",
        )
    }
}
