package twitchactors.node

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.profile.SealedDay
import twitchactors.simulator.DayFolder
import twitchactors.simulator.FilePlan
import twitchactors.simulator.World
import twitchactors.store.Seal
import twitchactors.store.SuppressionKind
import twitchactors.store.ViewerDayId
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.readLines

/** The data as a kill leaves them between the two steps of removing a viewer: the next seal is there, its publication is not. */
class UnpublishedSealIT {
    private val day = checkNotNull(Day.parse("2022-08-01"))

    @Test
    fun `a viewer who is not in the next seal any more goes from the viewer database after a kill, too`(@TempDir folder: Path) {
        val data = folder.resolve("data")
        val worldDay = World(3, 500, 8).day(day)
        DayFolder(worldDay, FilePlan.regular(worldDay)).write(folder.resolve("day"))
        assertEquals(Exit.DONE, run(listOf("replay", "${folder.resolve("day")}", "--data", "$data")))
        val rows = export(data, folder.resolve("before.csv"))
        val gone = rows.drop(1).map { it.substringBefore(',') }.distinct().let { it[it.size / 2] }
        Running.start(data, emptySet()).use { it.stores.sealWithout(Login.require(gone)) }

        Running.start(data, setOf(NodeRole.PROFILE)).use { running ->
            val partition = running.stores.partitions.partitions.of(Login.require(gone))
            val patience = Patience(Duration.ofMinutes(2))
            patience.until("the seal to be published") { running.stores.seals.of(day, partition)!!.published }
            assertEquals(2, running.stores.seals.of(day, partition)!!.revision)
            // What all days say of a viewer follows in the background.
            patience.until("all that names the viewer to go") { ViewerTraces.of(running.stores, Login.require(gone)).places.isEmpty() }
        }
        assertEquals(rows.filter { !it.startsWith("$gone,") }, export(data, folder.resolve("after.csv")))
    }

    /** What the partition of [viewer] writes before it publishes. */
    private fun Stores.sealWithout(viewer: Login) {
        suppressions.add(viewer, SuppressionKind.ERASED)
        val partition = partitions.partitions.of(viewer)
        val fence = checkpoints.claim(partition).fence
        val old = seals.of(day, partition)!!
        val sealed = SealedDay(day, partition, old.revision, old.digest, 0, 0, 0, seals.form(day, partition)!!)
        val next = sealed.without { bytes, from, to -> String(bytes, from, to - from) != viewer.name }!!
        val seal = Seal(
            day,
            partition,
            next.revision,
            fence,
            next.digest,
            next.viewers.toLong(),
            next.pairs.toLong(),
            next.sightings,
        )
        assertTrue(seals.write(seal, next.form))
        assertEquals(1, viewers.viewerDays.read(listOf(ViewerDayId(viewer, day))).toCompletableFuture().get().size)
    }

    private fun export(data: Path, to: Path): List<String> {
        assertEquals(Exit.DONE, run(listOf("export", "$day", "--data", "$data", "--out", "$to")))
        return to.readLines()
    }
}
