package twitchactors.node

import org.apache.pekko.actor.typed.ActorSystem
import org.slf4j.LoggerFactory
import twitchactors.archiver.AgedFiles
import twitchactors.archiver.KeptKind
import twitchactors.archiver.RetentionKeeper
import twitchactors.archiver.RetentionSettings
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDayForm
import twitchactors.store.ViewerDayId
import twitchactors.store.ViewerDays
import java.nio.file.Path
import java.time.Duration

/**
 * What goes when it is old enough: each kind of data, and how it is removed.
 *
 * @param makeDurable returns when all that the viewer database has answered for is on disk
 */
class Retention(private val stores: Stores, data: Path, private val settings: RetentionSettings, private val makeDurable: () -> Unit) {
    private val files = AgedFiles(data, stores.agedDays::openedAt)
    private val partitions = stores.partitions.partitions

    /**
     * Those that are not kept for ever. Archives before viewer-days, with which is forgotten when a day was taken in, and these before what
     * documents of viewers hold of it.
     */
    val kinds: List<KeptKind> = listOfNotNull(
        kind("archived days", settings.archives, files::archives),
        kind("days by viewer", settings.viewerDays, ::viewerDays),
        kind("days in viewers' documents", settings.viewers, ::inViewers),
        kind("what samples say besides names", settings.sampleHeads) { age -> stores.sampleHeads.removeOlderThan(age).map { "$it" } },
        kind("superseded seals", settings.supersededSeals) { age -> counted(stores.seals.forgetSuperseded(age), "seals") },
        kind("sample files", settings.sampleFiles, files::sampleFiles),
        kind("damaged sample files", settings.damagedFiles, files::damagedFiles),
        kind("CSV files", settings.csv, files::csv),
        kind("lines of the audit trail", settings.audit) { age -> counted(stores.audit.removeOlderThan(age), "lines") },
    )

    /** Sees to it that one node of the cluster of [system] lets go what is old. */
    fun keep(system: ActorSystem<*>) = RetentionKeeper.init(system, RetentionKeeper.Outside(kinds, ::tell), settings.lookEvery)

    private fun kind(name: String, kept: Duration?, remove: (Duration) -> List<String>) = kept?.let { KeptKind(name, it, remove) }

    private fun counted(count: Int, what: String) = if (count == 0) emptyList() else listOf("$count $what")

    private fun tell(kind: KeptKind, things: List<String>) {
        log.info("{} that were kept for {} are gone: {}", kind.name, kind.kept, things)
        stores.audit.note("retention", "aged", kind.name, "kept for ${kind.kept.toDays()} days: ${things.joinToString()}")
    }

    /** First the documents, which the seals name, then the seals: killed in between, it is done again. */
    private fun viewerDays(age: Duration): List<String> {
        val days = stores.agedDays.sealedAndOlderThan(age, partitions.count)
        for (day in days) {
            for (partition in 0 until partitions.count) removeDocuments(day, partition)
            stores.viewers.randomViewers.delete(day, partitions).toCompletableFuture().get()
            makeDurable()
            stores.seals.delete(day)
            stores.agedDays.note(day)
        }
        return days.map { "$it" }
    }

    private fun removeDocuments(day: Day, partition: Int) {
        val cursor = stores.seals.form(day, partition)?.let { OpenDayForm.cursor(it) } ?: return
        val ids = ArrayList<ViewerDayId>()
        while (cursor.next()) {
            ids += ViewerDayId(Login.require(String(cursor.viewer, 0, cursor.length, Charsets.US_ASCII)), day)
            if (ids.size == ViewerDays.BATCH) remove(ids)
        }
        remove(ids)
    }

    private fun remove(ids: MutableList<ViewerDayId>) {
        if (ids.isNotEmpty()) stores.viewers.viewerDays.delete(ids).toCompletableFuture().get()
        ids.clear()
    }

    /** Walks through all documents; killed in between, it is done again. */
    private fun inViewers(age: Duration): List<String> {
        val days = stores.agedDays.inViewersOlderThan(age)
        if (days.isEmpty()) return emptyList()
        val left = days.toMutableSet()
        var after: Login? = null
        while (left.isNotEmpty()) {
            val some = stores.viewers.viewers.firstDays(after).toCompletableFuture().get()
            after = some.lastOrNull()?.first ?: break
            for (day in left.toList()) {
                val changes = some.filter { (_, first) -> first <= day }.associate { (viewer, _) -> viewer to null }
                stores.viewers.viewers.apply(day, changes).toCompletableFuture().get()
                // What is sealed by now may have been taken in before, and out again just now.
                if (stores.seals.of(day).isNotEmpty()) {
                    stores.agedDays.noteOutOfViewers(day)
                    left -= day
                }
            }
        }
        makeDurable()
        left.forEach(stores.agedDays::noteOutOfViewers)
        return left.map { "$it" }
    }

    private companion object {
        val log = LoggerFactory.getLogger(Retention::class.java)
    }
}
