package twitchactors.node

import twitchactors.archive.FolderBusy
import twitchactors.archiver.RunsLeftOut
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.recording.RecordedDays
import java.util.concurrent.ExecutionException

/**
 * Takes a viewer who is kept out already out of all else that is stored here: what is known of them over all days, sample files and
 * the runs of archived days, the authorizations; when it is asked for, of the archives themselves and of what the databases' files
 * still hold of removed records. Done again, it goes on where it was.
 */
class Removal(private val running: Running, private val viewer: Login, private val steps: Steps, private val patience: Patience) {
    private val stores = running.stores
    private val data = running.configuration.data
    private val keeping = DayKeeping(running.configuration, running.services, stores, steps = steps)

    /**
     * What was done, and what is left to be done.
     *
     * @param hadAuthorized whether the viewer's account had authorized us, which is forgotten now
     * @param rewritten sample files without the viewer now
     * @param removed files that could not be read, or were not finished, and named the viewer
     * @param runs archived days whose Parquet is without the viewer now
     * @param archived days that were archived again
     * @param waiting archives that may still name the viewer, with the reason
     * @param isWiped whether the databases' files hold nothing of removed records; null: that was not asked for
     */
    class Done(
        val hadAuthorized: Boolean,
        val rewritten: Int,
        val removed: Int,
        val runs: List<Day>,
        val archived: List<Day>,
        val waiting: Map<Day, String>,
        val isWiped: Boolean?,
    ) {
        /** Together with what was [done] before it: for the audit trail. */
        fun summary(done: KeepingOut.Done): String = listOfNotNull(
            "sealed days: ${named(done.days)}",
            "sample files: $rewritten",
            "archived again: ${named(archived)}",
            "waiting: ${named(waiting.keys)}",
            "authorization removed".takeIf { hadAuthorized },
        ).joinToString("; ")

        private fun named(days: Collection<Day>) = days.joinToString().ifEmpty { "none" }
    }

    /** @param now whether archives and the databases' files are to be written anew, which may take minutes per archived day */
    fun run(now: Boolean): Done {
        steps.begin("removing what is known over all days", 0)
        patience.until("the viewer database") { forgetViewer() }
        var hadAuthorized = false
        patience.until("the authorizations") {
            hadAuthorized = stores.authorizations.remove(viewer) || hadAuthorized
            true
        }
        steps.begin("rewriting sample files", 0)
        val samples = whenFree("the recorder to let go of the sample files") { RecordedDays(data.resolve("samples")).leaveOut(viewer) }
        steps.begin("rewriting the runs of archived days", 0)
        val runs = whenFree("the archive") { RunsLeftOut(keeping.folder).leaveOut(viewer) }
        val stale = (stale() + runs.days).distinct().sorted()
        val waiting = if (now) stale.associateWith(::archive) else stale.associateWith { AT_NEXT_TURN }
        val unreadable = runs.unreadable.associate { file ->
            Day.parse(file.fileName.toString().substringBefore('.'))!! to
                "$file $UNREADABLE"
        }
        val left = waiting.filterValues { it.isNotEmpty() } + unreadable
        return Done(hadAuthorized, samples.rewritten, samples.removed, runs.days, stale - left.keys, left, if (now) wipe() else null)
    }

    /** True when nothing is known of the viewer over all days, and nobody is about to write it again. */
    private fun forgetViewer(): Boolean = try {
        !stores.viewers.viewerDocuments.delete(viewer).toCompletableFuture().get()
    } catch (failure: ExecutionException) {
        throw failure.cause ?: failure
    }

    /** Archived days that are about another content than is sealed now: who was sealed in them is not any more. */
    private fun stale(): List<Day> = keeping.folder.days().filter { day ->
        val archived = keeping.folder.describe(day) ?: return@filter false
        stores.status(day).let { it != null && it.digest != archived.content.digest }
    }

    /** Archives [day] anew; empty, or why it cannot be done now. */
    private fun archive(day: Day): String = try {
        val sealed = keeping.sealed(day)
        if (sealed == null) {
            NOT_SEALED
        } else {
            whenFree("the archive") { keeping.archive(sealed) }
            ""
        }
    } catch (bad: BadInput) {
        bad.message.orEmpty()
    }

    private fun wipe(): Boolean {
        steps.begin("rewriting the databases' files", 0)
        stores.removedRows.forget()
        return running.services.forgetRemovedDocuments()
    }

    /** Does [work] as soon as nobody else is at work in its folder. */
    private fun <T : Any> whenFree(what: String, work: () -> T): T {
        var done: T? = null
        patience.until(what) {
            running.tend()
            done = try {
                work()
            } catch (_: FolderBusy) {
                null
            }
            done != null
        }
        return checkNotNull(done)
    }

    private companion object {
        const val AT_NEXT_TURN = "is archived again within the hour by a node with the role archive; 'erase --now' does it at once"
        const val NOT_SEALED = "is not sealed here, so it cannot be archived again: restore it first, or remove the archive"
        const val UNREADABLE = "cannot be read: put back a good copy and run 'erase' again, or remove it"
    }
}
