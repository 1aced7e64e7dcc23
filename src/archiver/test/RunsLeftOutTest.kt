package twitchactors.archiver

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.archive.NamedFile
import twitchactors.archive.ParquetRows
import twitchactors.archiver.MadeUpDay.Companion.DAY
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.LoginFilter
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.readText
import kotlin.io.path.writeBytes

class RunsLeftOutTest {
    @TempDir
    private lateinit var temporary: Path
    private val made by lazy { MadeUpDay(temporary.resolve("data").createDirectory()) }

    private fun rows(): List<String> = ParquetRows.open(made.folder.parquet(DAY)).let { rows ->
        buildList {
            rows.forEach { viewer, length, streamer, runs, count ->
                add("${String(viewer, 0, length)},${rows.streamers[streamer]},${runs.take(count)}")
            }
        }
    }

    private fun archived() = DayArchiver(made.recorded, made.folder, 1).archive(made.sealed())

    @Test
    fun `the runs lose the viewer and nobody else, the day counts as stale, and is whole again when it is archived`() {
        val digest = archived().description.content.digest
        val before = rows()
        val viewer = before.map { it.substringBefore(',') }.distinct().let { it[it.size / 2] }
        val runs = RunsLeftOut(made.folder)
        assertEquals(listOf(DAY), runs.naming(Login.require(viewer)))
        assertEquals(listOf(DAY), runs.leaveOut(Login.require(viewer)).days)
        assertEquals(before.filter { it.substringBefore(',') != viewer }, rows())
        assertEquals(emptyList<Day>(), runs.leaveOut(Login.require(viewer)).days)
        val description = checkNotNull(made.folder.describe(DAY))
        assertEquals(NamedFile.of(made.folder.parquet(DAY)) to digest, description.parquet to description.content.digest)
        assertArchivedWithout(viewer)
    }

    /** What is sealed then is the day without them; the next archive holds just that. */
    private fun assertArchivedWithout(viewer: String) {
        val admits = LoginFilter { bytes, from, to -> String(bytes, from, to - from) != viewer }
        val without = made.recorded.union(made.unpacked(), DAY, temporary.resolve("union").createDirectory(), admits)
        val sealed = made.sealed(without, revision = 2)
        assertTrue(
            FileVerifier(made.recorded, made.folder, MadeUpDay.PARTITIONS, 1).look(DAY, made.sums(sealed)).findings.any {
                "is stale" in
                    "$it"
            },
        )
        val archived = DayArchiver(made.recorded, made.folder, 1).archive(sealed, admits)
        assertEquals(sealed.digest, archived.description.content.digest)
        assertTrue(rows().none { it.startsWith("$viewer,") })
    }

    @Test
    fun `runs that cannot be read are named`() {
        archived()
        made.folder.parquet(DAY).writeBytes(ByteArray(100))
        val done = RunsLeftOut(made.folder).leaveOut(Login.require("somebody"))
        assertEquals(listOf(made.folder.parquet(DAY)) to emptyList<Day>(), done.unreadable to done.days)
    }

    @Test
    fun `sample files lose the viewer, what was put aside or never finished goes, and the rest stays byte for byte`() {
        val before = made.recorded.files(DAY).associate { it.name.name to it.path.readText() }
        val viewer = before.values.first().substringAfter("\"chatters\":[\"").substringBefore('"')
        val aside = made.samples.resolve("1659312000.json.damaged-1")
        aside.writeBytes("{\"x\":[\"$viewer\"".toByteArray())
        val others = made.samples.resolve("1659312300.json.damaged-1")
        others.writeBytes("{\"x\":[\"${viewer}0\"".toByteArray())
        val left = made.recorded.leaveOut(Login.require(viewer))
        val named = before.filterValues { "\"$viewer\"" in it }
        assertEquals(named.size to 1, left.rewritten to left.removed)
        assertEquals(listOf(others), made.recorded.strangers(DAY))
        for (file in made.recorded.files(DAY)) {
            val wanted = before.getValue(
                file.name.name,
            ).replace("\"$viewer\",", "").replace(",\"$viewer\"]", "]").replace("[\"$viewer\"]", "[]")
            if (file.name.name in
                named
            ) {
                assertEquals(names(wanted), names(file.path.readText()))
            } else {
                assertEquals(wanted, file.path.readText())
            }
        }
        assertEquals(0, made.recorded.leaveOut(Login.require(viewer)).rewritten)
    }

    /** The lists alone: these files were not written by the recorder, who says facts in an order of its own. */
    private fun names(text: String) = Regex("""\[[^]]*]""").findAll(text).map { it.value }.filter { "viewer" in it }.toList()
}
