package twitchactors.node

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDayForm
import twitchactors.domain.ViewerCursor
import twitchactors.store.ViewerDayBatch
import twitchactors.store.ViewerDayDocuments
import twitchactors.store.ViewerDayId
import twitchactors.store.ViewerDays
import java.util.Arrays

/**
 * What has to change in the viewer database so that it says of a day and partition what the form [now] says, batch by batch, made
 * when it is asked for.
 *
 * @param before the forms of earlier revisions that may be there, wholly or in parts
 * @param oneIsWhole whether all of one of [before] is there
 */
class ViewerDayChanges(private val now: ByteArray, private val before: List<ByteArray>, private val oneIsWhole: Boolean) {
    private val day: Day = OpenDayForm.cursor(now).day

    /** The documents of viewers who are not known to be there as they are now, all with [revision]. */
    fun written(revision: Int): Iterator<ViewerDayBatch> = iterator {
        val cursor = OpenDayForm.cursor(now)
        val old = if (oneIsWhole) before.map(::Follower) else emptyList()
        var left = true
        while (left) {
            val documents = ViewerDayDocuments(day, revision, cursor.streamers)
            while (documents.size < ViewerDays.BATCH && left) {
                left = cursor.next()
                if (left && (old.isEmpty() || !old.all { it.hasSame(cursor) })) cursor.pairs(documents)
            }
            documents.batches().forEach { yield(it) }
        }
    }

    /** Viewers who were there before and are no more. */
    fun removed(): Iterator<List<ViewerDayId>> = iterator {
        for (form in before) {
            val old = OpenDayForm.cursor(form)
            val here = Follower(now)
            val gone = ArrayList<ViewerDayId>()
            while (old.next()) {
                if (!here.comesTo(old)) gone += ViewerDayId(Login.require(String(old.viewer, 0, old.length, Charsets.US_ASCII)), day)
                if (gone.size == ViewerDays.BATCH) yield(gone.toList().also { gone.clear() })
            }
            if (gone.isNotEmpty()) yield(gone)
        }
    }

    /** Walks through a form beside a cursor over another one. */
    private class Follower(form: ByteArray) {
        private val cursor = OpenDayForm.cursor(form)
        private var isThere = cursor.next()

        /** Whether the viewer of [other] is in this form; those of [other] come in order. */
        fun comesTo(other: ViewerCursor): Boolean {
            while (isThere && compare(other) < 0) isThere = cursor.next()
            return isThere && compare(other) == 0
        }

        fun hasSame(other: ViewerCursor): Boolean = comesTo(other) && pairs(cursor) == pairs(other)

        private fun compare(other: ViewerCursor) = Arrays.compare(cursor.viewer, 0, cursor.length, other.viewer, 0, other.length)

        private fun pairs(cursor: ViewerCursor): List<Any> = buildList {
            cursor.pairs { _, _, streamer, runs, count ->
                add(cursor.streamers[streamer].name)
                for (i in 0 until count) add(runs[i])
            }
        }
    }
}
