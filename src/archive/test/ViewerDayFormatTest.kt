package twitchactors.archive

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.SlotSets
import java.io.ByteArrayOutputStream
import java.nio.file.Path
import java.sql.DriverManager
import java.sql.ResultSet
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.random.Random

/** The three formats against a plain rendering of the same rows; DuckDB reads the Parquet. */
class ViewerDayFormatTest {
    private data class Row(val viewer: String, val streamer: String, val runs: List<IntRange>) {
        val samples get() = runs.sumOf { it.last - it.first + 1 }
    }

    @TempDir
    private lateinit var folder: Path

    private val day = Day.parse("2022-08-01")!!

    /** Writes [rows] by as many encoders as there are parts, of [rowsPerPart] rows or more: a viewer is never torn apart. */
    private fun write(
        format: ViewerDayFormat,
        rows: List<Row>,
        rowsPerPart: Int,
        encoders: Int = 2,
        layout: ParquetLayout = ParquetLayout.BY_VIEWER,
    ): ByteArray {
        val streamers = rows.map { it.streamer }.distinct().sorted()
        val numbers = streamers.withIndex().associate { (number, name) -> name to number }
        val out = ByteArrayOutputStream()
        format.writer(out, day, streamers.map { Login.require(it) }, layout).use { writer ->
            val turns = List(encoders) { writer.encoder() }
            parts(rows, rowsPerPart).forEachIndexed { number, part ->
                val encoder = turns[number % encoders]
                for (row in part) {
                    val viewer = row.viewer.toByteArray().copyOf(32)
                    val runs = IntArray(SlotSets.MAX_RUNS)
                    row.runs.forEachIndexed { i, run -> runs[i] = SlotSets.run(run.first, run.last) }
                    encoder.row(viewer, row.viewer.length, numbers.getValue(row.streamer), runs, row.runs.size)
                    viewer.fill('#'.code.toByte())
                    runs.fill(-1)
                }
                encoder.finish()
                writer.append(encoder)
            }
        }
        return out.toByteArray()
    }

    private fun parts(rows: List<Row>, rowsPerPart: Int): List<List<Row>> {
        val parts = ArrayList<MutableList<Row>>()
        for (row in rows) {
            if (parts.isEmpty() || (parts.last().size >= rowsPerPart && parts.last().last().viewer != row.viewer)) parts += ArrayList<Row>()
            parts.last() += row
        }
        return parts
    }

    private fun csv(rows: List<Row>) = "viewer,streamer,samples,first_slot,last_slot\n" +
        rows.joinToString("") { "${it.viewer},${it.streamer},${it.samples},${it.runs.first().first},${it.runs.last().last}\n" }

    private fun jsonl(rows: List<Row>) = rows.groupBy { it.viewer }.entries.joinToString("") { (viewer, days) ->
        val slots = days.flatMap { row -> row.runs.flatten().map { it to row.streamer } }.groupBy({ it.first }, { it.second }).toSortedMap()
        val starts = slots.entries.joinToString(",") { (slot, streamers) ->
            "\"${1659312000 + slot * 300}\":" + streamers.joinToString(",", "[", "]") { "\"$it\"" }
        }
        "{\"viewer\":\"$viewer\",\"day\":\"2022-08-01\",\"slots\":{$starts}}\n"
    }

    private fun <T> query(sql: String, row: (ResultSet) -> T): List<T> = DriverManager.getConnection("jdbc:duckdb:").use { connection ->
        connection.createStatement().use { statement ->
            statement.executeQuery(sql).use { results ->
                generateSequence { if (results.next()) row(results) else null }.toList()
            }
        }
    }

    private fun assertParquet(rows: List<Row>, rowsPerPart: Int, encoders: Int = 2) =
        ParquetLayout.entries.forEach { assertParquet(rows, rowsPerPart, encoders, it) }

    private fun assertParquet(rows: List<Row>, rowsPerPart: Int, encoders: Int, layout: ParquetLayout) {
        val file = folder.resolve("viewers.parquet")
        file.writeBytes(write(ViewerDayFormat.PARQUET, rows, rowsPerPart, encoders, layout))
        val runsAsText = "array_to_string([r.first || '-' || r.last for r in runs], ',')"
        val columns = "viewer, streamer, samples, minutes, first_slot, last_slot, $runsAsText"
        val found = query("SELECT concat_ws(' ', $columns) FROM '$file'") { it.getString(1) }
        val parts = parts(rows, rowsPerPart)
        val inOrder = when (layout) {
            ParquetLayout.BY_VIEWER -> rows
            ParquetLayout.BY_STREAMER -> parts.flatMap { part ->
                part.sortedWith(compareBy(Row::streamer, { it.runs.first().first }, { it.runs.last().last }, Row::samples, Row::viewer))
            }
        }
        val expected = inOrder.map { row ->
            val runs = row.runs.joinToString(",") { "${it.first}-${it.last}" }
            "${row.viewer} ${row.streamer} ${row.samples} ${row.samples * 5} ${row.runs.first().first} ${row.runs.last().last} $runs"
        }
        // One by one: the message of two long lists would hide the one row that differs.
        assertEquals(expected.size, found.size)
        for (i in expected.indices) assertEquals(expected[i], found[i])
        val groups = query("SELECT count(DISTINCT row_group_id) FROM parquet_metadata('$file')") { it.getInt(1) }
        assertEquals(parts.size, groups.single())
        val readBack = readBack(file.readBytes())
        assertEquals(rows.size, readBack.size)
        for (i in rows.indices) assertEquals(rows[i], readBack[i])
    }

    /** What [ParquetRows] reads of [bytes], by names. */
    private fun readBack(bytes: ByteArray): List<Row> {
        val file = ParquetRows.of(bytes)
        assertEquals(day, file.day)
        return buildList {
            file.forEach { viewer, length, streamer, runs, count ->
                val slots = List(count) { SlotSets.first(runs[it])..SlotSets.last(runs[it]) }
                add(Row(String(viewer, 0, length), file.streamers[streamer].name, slots))
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    fun `damaged Parquet is refused, or reads as it was where a checksum of the file has to tell`(layout: ParquetLayout) {
        val whole = write(ViewerDayFormat.PARQUET, rows(Random(7), 200, 5), 50, layout = layout)
        for (length in 0 until whole.size step 11) assertThrows(NotOurParquet::class.java) { readBack(whole.copyOf(length)) }
        val random = Random(8)
        repeat(300) {
            val damaged = whole.copyOf()
            val at = random.nextInt(damaged.size)
            damaged[at] = (damaged[at].toInt() xor (1 shl random.nextInt(8))).toByte()
            try {
                readBack(damaged)
            } catch (_: NotOurParquet) {
                // As it should be. Anything else thrown fails the test.
            }
        }
    }

    private fun assertAll(rows: List<Row>, rowsPerPart: Int) {
        assertEquals(csv(rows), write(ViewerDayFormat.CSV, rows, rowsPerPart).decodeToString())
        assertEquals(jsonl(rows), write(ViewerDayFormat.JSONL, rows, rowsPerPart).decodeToString())
        assertParquet(rows, rowsPerPart)
    }

    @Test
    fun `generated rows, in parts of any size`() {
        for (seed in 1..12) {
            val random = Random(seed)
            val rows = rows(random, viewers = random.nextInt(1, 300), streamers = random.nextInt(1, 12))
            assertAll(rows, rowsPerPart = random.nextInt(1, 200))
        }
    }

    @Test
    fun `more rows than a part's indexes have in two bytes, and more parts than encoders`() {
        val rows = rows(Random(99), viewers = 33_000, streamers = 4)
        assertTrue(rows.size > 1 shl 16, "${rows.size}")
        assertEquals(csv(rows), write(ViewerDayFormat.CSV, rows, rowsPerPart = 20_000).decodeToString())
        assertParquet(rows, rowsPerPart = 20_000)
        assertParquet(rows, rowsPerPart = Int.MAX_VALUE, encoders = 1)
    }

    @Test
    fun `300 streamers, more than a byte holds, for one viewer and for several`() {
        val names = List(300) { "streamer_%03d".format(it) }
        val rows = listOf("bot", "bot_2", "c").flatMap { viewer ->
            names.mapIndexed { i, name -> Row(viewer, name, listOf(i % 280..i % 280 + 7)) }
        }
        assertAll(rows, rowsPerPart = 1)
        assertAll(rows, rowsPerPart = 1000)
        // A part that holds few of many streamers has a dictionary of its own.
        assertAll(rows + Row("d", "streamer_299", listOf(0..0)), rowsPerPart = 1)
    }

    @Test
    fun `144 runs, the whole day, the first and the last slot`() {
        val everyOther = List(144) { it * 2..it * 2 }
        val rows = listOf(
            Row("a", "s", everyOther),
            Row("a", "t", List(144) { it * 2 + 1..it * 2 + 1 }),
            Row("b", "s", listOf(0..287)),
            Row("c", "s", listOf(0..0, 287..287)),
            Row("d", "t", listOf(287..287)),
            Row("e", "t", everyOther),
        )
        assertAll(rows, rowsPerPart = 100)
        assertAll(rows, rowsPerPart = 1)
    }

    /** What the bits are worth is told by the frequencies of the slots, which DuckDB counts. */
    @Test
    fun `a column of slots takes little more than what the slots tell`() {
        val random = Random(11)
        val rows = List(60_000) { i ->
            // Later ones are more frequent, as in an evening.
            val first = maxOf(random.nextInt(288), random.nextInt(288))
            Row("viewer_%06d".format(i), "s", listOf(first..first + random.nextInt(288 - first)))
        }
        assertParquet(rows, Int.MAX_VALUE, encoders = 1, ParquetLayout.BY_VIEWER)
        val file = folder.resolve("viewers.parquet")
        for ((column, path) in listOf("first_slot" to "first_slot", "runs[1].last" to "runs, list, element, last")) {
            val bits = query("SELECT entropy($column) FROM '$file'") { it.getDouble(1) }.single()
            val bytes = query("SELECT total_compressed_size FROM parquet_metadata('$file') WHERE path_in_schema = '$path'") {
                it.getLong(1)
            }.single()
            val least = bits * rows.size / Byte.SIZE_BITS
            assertTrue(bytes in least.toLong()..(least * 1.04).toLong(), "$column: $bytes bytes, told are $least")
        }
    }

    @Test
    fun `rows by streamer make it much smaller, and equal rows make equal bytes`() {
        // Crowds that come and go together, as a streamer's do.
        val random = Random(12)
        val rows = List(20_000) { i ->
            val (from, to) = List(2) { random.nextInt(40) + random.nextInt(40) }.sorted()
            Row("viewer_%06d".format(i * 7), "s${random.nextInt(4)}", listOf(from..to))
        }
        val (byViewer, byStreamer) = ParquetLayout.entries.map { write(ViewerDayFormat.PARQUET, rows, Int.MAX_VALUE, layout = it) }
        assertTrue(byStreamer.size < byViewer.size, "${byStreamer.size} and ${byViewer.size} bytes")
        val (more, less) = listOf(byViewer, byStreamer).map { bytes ->
            val file = folder.resolve("viewers.parquet").apply { writeBytes(bytes) }
            val sum = "SELECT sum(total_compressed_size) FROM parquet_metadata('$file') WHERE path_in_schema <> 'viewer'"
            query(sum) { it.getLong(1) }.single()
        }
        assertTrue(less * 3 < more, "$less and $more bytes for all columns but that of the viewer")
        assertEquals(readBack(byViewer), readBack(byStreamer))
        assertArrayEquals(byStreamer, write(ViewerDayFormat.PARQUET, rows, Int.MAX_VALUE, layout = ParquetLayout.BY_STREAMER))
    }

    @Test
    fun `names of 1 to 25 characters, each a beginning of the next`() {
        val names = (1..25).map { "a".repeat(it) } + (1..25).map { "b".repeat(it) } + listOf("z", "z_", "za")
        assertAll(names.sorted().map { Row(it, "s", listOf(5..6)) }, rowsPerPart = 10)
        assertAll(names.sorted().map { Row("viewer", it, listOf(5..6)) }, rowsPerPart = 10)
    }

    @Test
    fun `no rows at all`() {
        assertEquals(csv(emptyList()), write(ViewerDayFormat.CSV, emptyList(), 1).decodeToString())
        assertEquals("", write(ViewerDayFormat.JSONL, emptyList(), 1).decodeToString())
        val file = folder.resolve("none.parquet").apply { writeBytes(write(ViewerDayFormat.PARQUET, emptyList(), 1)) }
        assertEquals(listOf(0L), query("SELECT count(*) FROM '$file'") { it.getLong(1) })
    }

    @Test
    fun `Parquet has the contract's columns and types, and the day`() {
        val file = folder.resolve("viewers.parquet").apply { writeBytes(write(ViewerDayFormat.PARQUET, rows(Random(3), 20, 2), 5)) }
        assertEquals(
            listOf(
                "viewer VARCHAR",
                "streamer VARCHAR",
                "samples INTEGER",
                "minutes INTEGER",
                "first_slot INTEGER",
                "last_slot INTEGER",
                "runs STRUCT(\"first\" INTEGER, \"last\" INTEGER)[]",
            ),
            query("DESCRIBE SELECT * FROM '$file'") { "${it.getString(1)} ${it.getString(2)}" },
        )
        val metadata = query("SELECT decode(key), decode(value) FROM parquet_kv_metadata('$file')") { it.getString(1) to it.getString(2) }
        assertEquals(listOf("day" to "2022-08-01"), metadata)
    }

    /** Least and greatest viewer of a row group are what a reader skips by: a wrong one would lose rows without a word. */
    @ParameterizedTest
    @EnumSource
    fun `a viewer is found by name in many row groups`(layout: ParquetLayout) {
        val rows = rows(Random(5), viewers = 2000, streamers = 3)
        val file = folder.resolve("viewers.parquet").apply { writeBytes(write(ViewerDayFormat.PARQUET, rows, 100, layout = layout)) }
        for (viewer in rows.map { it.viewer }.distinct().filterIndexed { i, _ -> i % 97 == 0 }) {
            val found = query("SELECT streamer FROM '$file' WHERE viewer = '$viewer'") { it.getString(1) }
            assertEquals(rows.filter { it.viewer == viewer }.map { it.streamer }, found)
        }
    }

    @Test
    fun `the extension chooses the format`() {
        assertEquals(ViewerDayFormat.CSV, ViewerDayFormat.of("a/b.csv"))
        assertEquals(ViewerDayFormat.JSONL, ViewerDayFormat.of("B.JSONL"))
        assertEquals(ViewerDayFormat.PARQUET, ViewerDayFormat.of("x.y.parquet"))
        val unknown = listOf("", "a", "a.", "a.txt", "a.csv.gz", "a.csv/b", "csv")
        for (file in unknown) assertThrows(BadInput::class.java) { ViewerDayFormat.of(file) }
    }

    private fun rows(random: Random, viewers: Int, streamers: Int): List<Row> {
        val names = generateSequence { name(random) }.distinct().take(viewers).toList().sorted()
        val channels = generateSequence { name(random) }.distinct().take(streamers).toList().sorted()
        return names.flatMap { viewer ->
            val watched = channels.filter { random.nextBoolean() }.ifEmpty { listOf(channels.random(random)) }
            watched.map { Row(viewer, it, runs(random)) }
        }
    }

    private fun runs(random: Random): List<IntRange> = buildList {
        var at = random.nextInt(200)
        do {
            val last = minOf(287, at + if (random.nextInt(4) == 0) random.nextInt(60) else 0)
            add(at..last)
            at = last + 2 + random.nextInt(30)
        } while (at < 288 && random.nextInt(3) > 0)
    }

    private fun name(random: Random) = BEGINNINGS.random(random) + List(random.nextInt(1, 13)) { LETTERS.random(random) }.joinToString("")

    private companion object {
        const val LETTERS = "abcxyz019_"
        val BEGINNINGS = listOf("", "", "shared_start", "_")
    }
}
