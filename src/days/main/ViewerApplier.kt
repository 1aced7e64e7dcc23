package twitchactors.days

import twitchactors.analyser.SeenDay
import twitchactors.analyser.SeenDays
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Slot
import twitchactors.store.SampleHeads
import twitchactors.store.Seals
import twitchactors.store.ViewerApplications
import twitchactors.store.Viewers

/**
 * Brings sealed parts of days into the viewers' documents, one part at a time. What a part says takes the place of what it said before,
 * so it can be done again, and goes on after a kill. Blocks its caller.
 *
 * @param makeDurable returns when all that the viewer database has answered for is on disk
 */
class ViewerApplier(
    private val seals: Seals,
    private val heads: SampleHeads,
    private val viewers: Viewers,
    private val applications: ViewerApplications,
    private val makeDurable: () -> Unit,
) {
    /** Brings in the part that is due first; false when none is. */
    fun next(): Boolean {
        val part = applications.due().firstOrNull() ?: return false
        apply(part.day, part.partition)
        return true
    }

    /** Brings in what [partition] has sealed of [day]; when it is sealed anew meanwhile, it is due again. */
    private fun apply(day: Day, partition: Int) {
        val seal = seals.of(day, partition) ?: return
        // Read before the beginning is noted, so it is the content of that revision if that still is the one sealed.
        val form = seals.form(day, partition) ?: return
        if (!applications.begin(day, partition, seal.revision)) return
        val said = heads.of(day)
        val applied = applications.of(day, partition)
        if (applied.none { it.revision == seal.revision && it.isWhole && it.isByTheseFormulas && it.heads == said.digest }) {
            val others = applied.filter { it.revision != seal.revision }.map { it.revision }
            val before = seals.superseded(day, partition).filter { it.revision in others }.map { it.form }
            // Who is in all that may be there as now is there as now, if one of it is there as a whole and games have not changed.
            val isKnown = applied.any { it.isWhole && it.isByTheseFormulas && it.heads == said.digest }
            val games = games(said)
            write(day, changed(form, before, games, isKnown))
            write(day, vanished(form, before, games))
            makeDurable()
        }
        applications.end(day, partition, seal.revision, said.digest)
    }

    private fun games(said: SampleHeads.OfDay): Map<Login, Array<String?>> = said.samples.mapValues { (_, samples) ->
        arrayOfNulls<String>(Slot.PER_DAY).also { games ->
            samples.forEach { sample -> games[sample.slot] = sample.game.takeIf { it.isNotEmpty() } }
        }
    }

    private fun write(day: Day, changes: Sequence<Pair<Login, SeenDay?>>) =
        changes.chunked(BATCH).forEach { viewers.apply(day, it.toMap()).toCompletableFuture().get() }

    private fun changed(form: ByteArray, before: List<ByteArray>, games: Map<Login, Array<String?>>, isKnown: Boolean) = sequence {
        val now = SeenDays(OpenDayForm.cursor(form), games)
        val old = if (isKnown) before.map { Follower(SeenDays(OpenDayForm.cursor(it), games)) } else emptyList()
        while (now.next()) {
            val (viewer, seen) = now.viewer to now.seen()
            if (old.isEmpty() || old.any { !it.comesTo(viewer) || it.days.seen() != seen }) yield(viewer to seen)
        }
    }

    private fun vanished(form: ByteArray, before: List<ByteArray>, games: Map<Login, Array<String?>>) = sequence {
        for (old in before) {
            val here = Follower(SeenDays(OpenDayForm.cursor(form), games))
            val days = SeenDays(OpenDayForm.cursor(old), games)
            while (days.next()) if (!here.comesTo(days.viewer)) yield(days.viewer to null)
        }
    }

    /** Walks through [days] beside others in the same order. */
    private class Follower(val days: SeenDays) {
        private var isThere = days.next()

        /** Whether [viewer] is here; those that are asked for come in order. */
        fun comesTo(viewer: Login): Boolean {
            while (isThere && days.viewer < viewer) isThere = days.next()
            return isThere && days.viewer == viewer
        }
    }

    companion object {
        /** Another number makes every part be brought in anew: for a history whose days would hold something else. */
        const val FORMULAS = 1

        /** Viewers on their way at a time. */
        private const val BATCH = 500
    }
}
