package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.domain.Arrived
import twitchactors.domain.CategoryRow
import twitchactors.domain.Login
import twitchactors.domain.StreamRow
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.ZoneOffset
import java.util.concurrent.CompletableFuture
import kotlin.random.Random

@ExtendWith(TestStores::class)
class SweptTablesIT(private val started: TestStores.Started) {
    private val db = started.dataSource
    private val categories = CategoryTable(db)
    private val streams = StreamTable(db)
    private val rollUps = RollUps(db)
    private val begin = Instant.parse("2025-02-23T22:00:00Z")

    private data class RollUp(val key: List<String>, val numbers: List<Long>)

    @BeforeEach
    fun empty() = (listOf("categories", "streamers", "sweeps", "roll_ups_due") + ROLLED_UP.flatMap { listOf("${it}_hours", "${it}_days") })
        .forEach { db.update("DELETE FROM $it") }

    private fun at(minute: Int): Instant = begin.plusSeconds(minute * 60L)

    private fun stream(minute: Int, channel: String, category: String = "Chess", viewers: Int = 5, title: String = "hi") =
        StreamRow(at(minute), category, title, Login.require(channel), viewers, "English, fun")

    private fun <Row> arrived(rows: List<Row>, at: Instant = begin) = rows.map { Arrived(it, at) }

    private fun write(vararg rows: StreamRow) = streams.write(arrived(rows.toList()))

    private fun rollUpAll() {
        do {
            val isMore = rollUps.rollUpOne()
        } while (isMore)
    }

    private fun titles() = db.query("SELECT stream_title FROM streamers ORDER BY timestamp, channel") { it.getString(1) }

    @Test
    fun `titles come back as they were, whatever they hold`() {
        val titles = listOf(
            "🦇 emoji 👨‍👩‍👧", "Семейный психолог", "なつめ先生チャンネル 亞洲統神", "<b>HTML</b> &amp; 'it''s'",
            "\"quotes\", commas", "two\nlines\r\nor three",
            "", " ", "\\", "\u0000", "%_?", "x".repeat(65_535), "İstanbul ﷽ ￿", "✅ 85%",
        )
        assertEquals(emptyList<Int>(), streams.write(arrived(titles.mapIndexed { index, title -> stream(index, "one", title = title) })))
        assertEquals(titles, titles())
        val names = listOf("Chess", "chess", "Jeux d'échecs", "Jeux d'echecs", "雀魂", "🎲", "x".repeat(255))
        assertEquals(emptyList<Int>(), categories.write(arrived(names.map { CategoryRow(begin, it, 3, "a, ß", "https://x/285x380.jpg") })))
        assertEquals(names.toSet(), db.query("SELECT category FROM categories") { it.getString(1) }.toSet())
    }

    @Test
    fun `the same rows again change nothing, and the first of two different ones stays`() {
        val rows = List(1200) { stream(it % 3, "c$it", viewers = it) }
        assertEquals(emptyList<Int>(), streams.write(arrived(rows)))
        val ids = db.query("SELECT id, channel FROM streamers ORDER BY id") { it.getLong(1) to it.getString(2) }
        assertEquals(emptyList<Int>(), streams.write(arrived(rows.shuffled(Random(1)))))
        assertEquals(ids, db.query("SELECT id, channel FROM streamers ORDER BY id") { it.getLong(1) to it.getString(2) })
        val changed = rows.map { if (it.viewers % 100 == 7) it.copy(title = "changed") else it } +
            stream(9, "new") + stream(9, "new", viewers = 6)
        assertEquals(rows.indices.filter { rows[it].viewers % 100 == 7 } + (rows.size + 1), streams.write(arrived(changed)))
        assertEquals(rows.size + 1, titles().count { it == "hi" })
        val seen = streams.presence(changed + stream(9, "absent")).drop(rows.size)
        assertEquals(listOf(RowPresence.SAME, RowPresence.OTHER, RowPresence.ABSENT), seen)
    }

    @Test
    fun `a key that differs only by a blank at its end is another's, for the database takes them as one`() {
        fun row(category: String) = CategoryRow(begin, category, 3, "", "")
        assertEquals(listOf(1), categories.write(arrived(listOf(row("Chess"), row("Chess ")))))
        assertEquals(listOf(RowPresence.SAME, RowPresence.OTHER), categories.presence(listOf(row("Chess"), row("Chess "))))
    }

    @Test
    fun `hours and days are what a plain sum over the rows says, in any order and done twice`() {
        val random = Random(4)
        val rows = (0 until 400 step 7).flatMap { minute ->
            List(12) { stream(minute, "c$it", category = "k${random.nextInt(4)}", viewers = random.nextInt(100_000)) }
        }
        for (part in (rows + rows.take(300)).shuffled(random).chunked(170)) {
            streams.write(arrived(part))
            if (random.nextBoolean()) rollUps.rollUpOne()
        }
        val categoryRows = (0 until 400 step 30).flatMap { minute ->
            List(5) { CategoryRow(at(minute), "k$it", random.nextInt(Int.MAX_VALUE), "", "") }
        }
        categories.write(arrived(categoryRows))
        repeat(2) {
            rollUpAll()
            checkRollUps(rows, categoryRows)
            write(rows.first())
        }
    }

    private fun checkRollUps(rows: List<StreamRow>, categoryRows: List<CategoryRow>) {
        for ((span, length) in listOf("hour" to 3600L, "day" to 86_400L)) {
            fun of(time: Instant) = LocalDateTime.ofEpochSecond(time.epochSecond / length * length, 0, ZoneOffset.UTC)
            val channels = rows.groupBy { listOf("${of(it.timestamp)}", it.channel.name, it.category) }
                .map { (key, all) -> RollUp(key, totals(all.map { it.viewers.toLong() })) }
            assertEquals(channels.toSet(), read("channel_${span}s", span, "channel, category", "samples, viewers_sum, viewers_peak"))
            val streamCategories = rows.groupBy { listOf("${of(it.timestamp)}", it.category) }.map { (key, all) ->
                val sweeps = all.groupBy { it.timestamp }.values
                val viewers = sweeps.map { sweep -> sweep.sumOf { it.viewers.toLong() } }
                val streams = sweeps.map { it.size.toLong() }
                RollUp(key, listOf(sweeps.size.toLong(), streams.sum(), streams.max(), viewers.sum(), viewers.max()))
            }
            val numbers = "samples, streams_sum, streams_peak, viewers_sum, viewers_peak"
            assertEquals(streamCategories.toSet(), read("category_stream_${span}s", span, "category", numbers))
            val all = categoryRows.groupBy { listOf("${of(it.timestamp)}", it.category) }
                .map { (key, all) -> RollUp(key, totals(all.map { it.viewers.toLong() })) }
            assertEquals(all.toSet(), read("category_${span}s", span, "category", "samples, viewers_sum, viewers_peak"))
        }
    }

    private fun totals(viewers: List<Long>) = listOf(viewers.size.toLong(), viewers.sum(), viewers.max())

    private fun read(table: String, span: String, keys: String, numbers: String): Set<RollUp> {
        val count = keys.split(", ").size
        val rows = db.query("SELECT $span, $keys, $numbers FROM $table") { row ->
            val isDay = span == "day"
            val time = if (isDay) row.getObject(1, LocalDate::class.java).atStartOfDay() else row.getObject(1, LocalDateTime::class.java)
            RollUp(listOf("$time") + List(count) { row.getString(it + 2) }, List(numbers.split(", ").size) { row.getLong(count + 2 + it) })
        }
        assertEquals(rows.size, rows.toSet().size)
        return rows.toSet()
    }

    @Test
    fun `old rows go, what arrived later stays, and their hours stay as they were whatever comes then`() {
        val old = List(6000) { stream(0, "c$it") }
        streams.write(arrived(old, begin))
        streams.write(arrived(listOf(stream(1, "late")), begin + Duration.ofDays(10)))
        assertFalse(rollUps.removeSome(begin + Duration.ofDays(5)), "an hour that is still due keeps its rows")
        rollUpAll()
        val before = read("channel_hours", "hour", "channel, category", "samples")
        assertEquals(6001, before.size)
        do {
            val isMore = rollUps.removeSome(begin + Duration.ofDays(5))
        } while (isMore)
        assertEquals(listOf("late"), db.query("SELECT channel FROM streamers") { it.getString(1) })
        write(old.first(), stream(2, "new"), stream(61, "next"))
        rollUpAll()
        val after = read("channel_hours", "hour", "channel, category", "samples")
        assertEquals(1, (after - before).size)
        assertTrue(after.containsAll(before))
        assertTrue(rollUps.removeSome(begin + Duration.ofDays(5)), "what came back goes again")
    }

    @Test
    fun `rows that come while their hour is rolled up are in it in the end`() {
        val writers = List(3) { writer ->
            CompletableFuture.runAsync { repeat(40) { write(stream(it, "w$writer")) } }
        }
        val done = CompletableFuture.allOf(*writers.toTypedArray())
        while (!done.isDone) rollUps.rollUpOne()
        done.get()
        rollUpAll()
        assertEquals(listOf(40L, 40L, 40L), db.query("SELECT samples FROM channel_hours") { it.getLong(1) })
    }

    private companion object {
        val ROLLED_UP = listOf("category", "category_stream", "channel")
    }
}
