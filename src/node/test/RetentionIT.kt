package twitchactors.node

import com.typesafe.config.ConfigFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.analyser.SeenDay
import twitchactors.archiver.RetentionSettings
import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Slot
import twitchactors.services.Databases
import twitchactors.store.SampleHead
import twitchactors.store.Seal
import twitchactors.store.ViewerDayDocuments
import twitchactors.store.ViewerDayId
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.time.Duration
import java.time.Instant
import javax.sql.DataSource
import kotlin.io.path.createDirectories
import kotlin.io.path.isRegularFile
import kotlin.io.path.writeText

/** Of each kind of data there is something old and something young: at its turn what is old goes, and nothing else. */
class RetentionIT {
    private val old = checkNotNull(Day.parse("2022-08-01"))
    private val young = checkNotNull(Day.parse("2022-08-02"))
    private val viewers = listOf("anna_of_the_woods", "bert_by_the_sea").map(Login::require)

    @Test
    fun `each kind goes by its own age, counted from when it came in, and nothing else goes`(@TempDir folder: Path) {
        val data = folder.resolve("data")
        Running.start(data, emptySet()).use { running ->
            Databases.pool(running.services.mariaDb, "test", 2).use { pool ->
                val things = Things(running, pool, data)
                things.fill()
                val kinds = Retention(running.stores, data, RetentionSettings(), running.services::makeDurable).kinds
                val gone = kinds.associate { kind ->
                    val before = things.all()
                    val told = kind.remove(kind.kept)
                    val after = things.all()
                    assertTrue(before.containsAll(after), "${kind.name} brought ${after - before}")
                    assertTrue(told.isNotEmpty(), "nothing of ${kind.name} went")
                    assertEquals(emptyList<String>(), kind.remove(kind.kept), "of ${kind.name} again")
                    kind.name to (before - after).sorted()
                }
                assertEquals(wanted(), gone.mapValues { it.value.joinToString(" ") })
                assertEquals(setOf(old), running.stores.agedDays.all())
            }
        }
    }

    /** As a person would say it, kind by kind. The archive of 2022-07-03 was written long ago, but its day was first taken in today. */
    private fun wanted() = mapOf(
        "archived days" to "archive/2022-07-01.7z archive/2022-07-01.json archive/2022-07-01.parquet archive/2022-08-01.7z",
        "days by viewer" to "opening:2022-08-01 random:2022-08-01 seals:2022-08-01 " + viewers.joinToString(" ") {
            "viewer:$it|2022-08-01"
        },
        "days in viewers' documents" to "${viewers[0]}:2022-08-01 applied:2022-08-01 ${viewers[1]}:2022-08-01",
        "what samples say besides names" to "head:2022-08-01",
        "superseded seals" to "superseded:2022-08-01",
        "sample files" to "samples/2022-08-01/1659312000.json",
        "damaged sample files" to "samples/2022-08-01/.1659312300.json.part samples/2022-08-01/1659312300.json.damaged-1",
        "CSV files" to "csv/twitch_streams.2022-08-01.2.csv csv/twitch_streams.2022-08-01.csv",
        "lines of the audit trail" to "audit:old",
    )

    @Test
    fun `what is shipped is what the settings say by themselves`() {
        fun RetentionSettings.all() =
            listOf(lookEvery, sampleHeads, viewerDays, this.viewers, supersededSeals, archives, sampleFiles, damagedFiles, csv, audit)
        assertEquals(RetentionSettings().all(), RetentionSettings.from(ConfigFactory.load()).all())
    }

    private inner class Things(private val running: Running, private val pool: DataSource, private val data: Path) {
        private val stores = running.stores
        private val partitions = stores.partitions.partitions

        fun fill() {
            listOf(old, young, checkNotNull(Day.parse("2022-07-03"))).forEach(stores.openings::note)
            listOf(old, young).forEach(::seal)
            // Of the second viewer there is a young day, too.
            listOf(old, young).forEach { day ->
                viewers.drop(if (day == young) 1 else 0).forEach { know(it, day) }
            }
            listOf(old, young).forEach { day -> stores.sampleHeads.write(listOf(head(day)), 0) }
            stores.audit.note("somebody", "export", "old")
            stores.audit.note("somebody", "export", "young")
            listOf("archive/$old.7z", "archive/2022-07-01.7z", "archive/2022-07-01.parquet", "archive/2022-07-01.json").forEach {
                file(it, true)
            }
            listOf("archive/$young.7z", "archive/2022-07-02.7z").forEach { file(it, false) }
            file("archive/2022-07-03.7z", true)
            listOf("1659312000.json", "1659312300.json.damaged-1", ".1659312300.json.part").forEach { file("samples/$old/$it", true) }
            listOf("1659312600.json", "1659312900.json.damaged-1").forEach { file("samples/$old/$it", false) }
            listOf("twitch_streams.$old.csv", "twitch_streams.$old.2.csv", "twitch_streams.csv").forEach { file("csv/$it", true) }
            file("csv/twitch_streams.$young.csv", false)
            age()
        }

        /** What is old is a day older than the longest span; its day's seals are of today, as after an erasure. */
        private fun age() = pool.connection.use { connection ->
            connection.createStatement().use { statement ->
                val then = "CURRENT_TIMESTAMP(3) - INTERVAL ${AGE.toDays()} DAY"
                statement.executeUpdate("UPDATE day_openings SET opened_at = $then WHERE day = '$old'")
                statement.executeUpdate("UPDATE day_arrivals SET arrived_at = $then WHERE day = '$old'")
                statement.executeUpdate("UPDATE superseded_seals SET superseded_at = $then WHERE day = '$old'")
                statement.executeUpdate("UPDATE audit SET at = $then WHERE subject = 'old'")
            }
        }

        private fun file(name: String, isOld: Boolean) {
            val file = data.resolve(name)
            file.parent.createDirectories()
            file.writeText(name)
            if (isOld) Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(AGE)))
        }

        /** A superseded seal beside the published ones, as is left where a publication never came to its end. */
        private fun seal(day: Day) {
            for (partition in 0 until partitions.count) {
                val open = OpenDay(day)
                val streamer = open.streamer(Login.require("zerator"))
                viewers.filter {
                    partitions.of(it) == partition
                }.forEach { open.addRun(it.name.toByteArray(), 0, it.name.length, streamer, 1, 2) }
                val form = ByteSink(64).also { OpenDayForm.write(open, it) }.copy()
                stores.seals.write(Seal(day, partition, 1, 1, "0".repeat(64), 0, 0, 0), form)
                stores.seals.markPublished(day, partition, 1)
                check(stores.applications.begin(day, partition, 1) && stores.applications.end(day, partition, 1, ""))
                ViewerDayDocuments.of(open, 1).batches().forEach { stores.viewers.viewerDays.write(it).toCompletableFuture().get() }
                stores.viewers.randomViewers.write(day, partition, 1, viewers).toCompletableFuture().get()
            }
            pool.connection.use { connection ->
                connection.createStatement().use {
                    it.executeUpdate(
                        "INSERT INTO superseded_seals (day, `partition`, revision, fence, published, form, form_pieces, form_bytes) " +
                            "VALUES ('$day', 900, 1, 1, FALSE, 'x', 1, 1)",
                    )
                }
            }
        }

        private fun know(viewer: Login, day: Day) {
            val seen = SeenDay(day, 0, 1, List(SeenDay.HOURS) { if (it == 3) 2 else 0 }, mapOf(Login.require("zerator") to 2), emptyMap())
            stores.viewers.viewers.apply(day, mapOf(viewer to seen)).toCompletableFuture().get()
        }

        private fun head(day: Day) =
            SampleHead(Login.require("zerator"), day, Slot(1), 0, "chatters", false, true, true, 1, "title", "category", "1")

        fun all(): Set<String> = files() + documents() + rows(
            "SELECT CONCAT('seals:', day) FROM partition_seals UNION SELECT CONCAT('superseded:', day) FROM superseded_seals " +
                "UNION SELECT CONCAT('head:', day) FROM sample_heads UNION SELECT CONCAT('opening:', day) FROM day_openings " +
                "UNION SELECT CONCAT('audit:', subject) FROM audit UNION SELECT CONCAT('applied:', day) FROM viewer_applications",
        )

        private fun rows(query: String): Set<String> = pool.connection.use { connection ->
            connection.createStatement().use { statement ->
                statement.executeQuery(query).use { rows -> buildSet { while (rows.next()) add(rows.getString(1)) } }
            }
        }

        private fun documents(): Set<String> = buildSet {
            for (day in listOf(old, young)) {
                stores.viewers.viewerDays.read(
                    viewers.map {
                        ViewerDayId(it, day)
                    },
                ).toCompletableFuture().get().forEach { add("viewer:${it.id}") }
                val hasLists = (0 until partitions.count).any {
                    stores.viewers.randomViewers.of(day, it).toCompletableFuture().get().isNotEmpty()
                }
                if (hasLists) add("random:$day")
            }
            for (viewer in viewers) {
                val history = stores.viewers.viewers.of(viewer).toCompletableFuture().get() ?: continue
                history.days.forEach { add("$viewer:${it.day}") }
            }
        }

        private fun files(): Set<String> = listOf("archive", "samples", "csv").flatMap { name ->
            Files.walk(data.resolve(name)).use { all -> all.filter { it.isRegularFile() && it.fileName.toString() != "lock" }.toList() }
        }.map { "${data.relativize(it)}" }.toSet()
    }

    private companion object {
        val AGE: Duration = Duration.ofDays(731)
    }
}
