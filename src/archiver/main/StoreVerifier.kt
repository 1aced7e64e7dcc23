package twitchactors.archiver

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Partitions
import twitchactors.domain.Runs
import twitchactors.domain.Slot
import twitchactors.domain.SlotSets
import twitchactors.domain.ViewerCursor
import twitchactors.store.DayStatus
import twitchactors.store.Presence
import twitchactors.store.Seals
import twitchactors.store.ViewerDatabase
import twitchactors.store.ViewerDay
import twitchactors.store.ViewerDayDocuments
import twitchactors.store.ViewerDayId
import java.util.BitSet

/** Compares what is sealed of a day with the viewer database: every viewer, and the day's status. Blocks its caller. */
class StoreVerifier(private val seals: Seals, private val database: ViewerDatabase, private val partitions: Partitions) {
    private val strays = StrayViewerDays(seals, database.viewerDays, partitions)

    /**
     * What a look at a day has found.
     *
     * @param missing viewer-days that were sealed and are not there
     */
    class Looked(val findings: List<Finding>, val missing: Long)

    /** Sums over all that is sealed of [day]. */
    fun sums(day: Day): SightingSums = SightingSums(partitions).also { sums ->
        for (partition in 0 until partitions.count) {
            val cursor = cursor(day, partition) ?: continue
            val sink = sums.sink(cursor.streamers)
            while (cursor.next()) cursor.pairs(sink)
        }
    }

    /**
     * What is wrong in the viewer database with what was [sealed]; of viewer-days that nobody has sealed tells [strays].
     *
     * @param mends whether viewer-days that are missing or altered are written again
     */
    fun look(sealed: SealedContent, mends: Boolean = false): Looked {
        val day = sealed.day
        val remedy = if (mends) "they were written again" else "run 'verify $day --mend', which writes them again from what was sealed"
        val findings = ArrayList<Finding>()
        var missing = 0L
        for (partition in 0 until partitions.count) {
            val differences = Differences()
            cursor(day, partition)?.let { compare(day, it, differences) }
            if (differences.missing.isNotEmpty() || differences.altered.isNotEmpty()) {
                findings += Finding(
                    "viewer_days of $day, partition $partition",
                    "${differences.missing.size} viewer-days are missing and ${differences.altered.size} are other than sealed",
                    remedy,
                    (differences.missing + differences.altered).take(MOST_VIEWERS).map { "${ViewerDayId(it, day)}" },
                )
                if (mends) {
                    mend(day, partition, differences.altered, (differences.missing + differences.altered).toSet())
                } else {
                    missing += differences.missing.size
                }
            }
        }
        status(sealed)?.let { findings += it }
        return Looked(findings, missing)
    }

    /**
     * The viewer-days of [days] that nobody has sealed, as findings by day; see [StrayViewerDays.find].
     *
     * @param others whether to look for those of days that nobody has sealed, and of no day, too: the latter are told of under null
     * @param mends whether they are removed
     */
    fun strays(days: List<Day>, missing: Long, others: Boolean, trustsNumber: Boolean, mends: Boolean = false): Map<Day?, Finding> {
        val found = strays.find(days, missing, others, trustsNumber)
        if (mends) writeAgain(strays.remove(found.ids))
        val remedy = if (mends) "they were removed" else "run 'verify all --mend', which removes them"
        return found.byDay.mapValues { (day, ids) ->
            val atLeast = if (found.isAll) "" else "or more "
            Finding(
                if (day == null) "viewer_days" else "viewer_days of $day",
                "${ids.size} ${atLeast}viewer-days are sealed by nobody",
                if (found.isAll) remedy else "$remedy; then run it again",
                ids.take(MOST_VIEWERS),
            )
        }
    }

    private fun writeAgain(ids: List<ViewerDayId>) = ids.groupBy { it.day to partitions.of(it.viewer) }.forEach { (place, of) ->
        mend(place.first, place.second, emptyList(), of.map { it.viewer }.toSet())
    }

    private fun mend(day: Day, partition: Int, altered: List<Login>, viewers: Set<Login>) {
        val seal = seals.of(day, partition) ?: return
        val cursor = cursor(day, partition) ?: return
        val documents = ViewerDayDocuments(day, seal.revision, cursor.streamers)
        while (cursor.next()) if (login(cursor) in viewers) cursor.pairs(documents)
        // One that says a greater revision would stay.
        database.viewerDays.delete(altered.map { ViewerDayId(it, day) }).toCompletableFuture().get()
        documents.batches().forEach { database.viewerDays.write(it).toCompletableFuture().get() }
    }

    private fun status(sealed: SealedContent): Finding? {
        val status = database.dayStatuses.of(sealed.day).toCompletableFuture().get()
        val isAsSealed = status != null && status.digest == sealed.digest && status.viewers == sealed.viewers &&
            status.pairs == sealed.pairs && status.sightings == sealed.sightings
        return if (isAsSealed) {
            null
        } else {
            Finding(
                "status of ${sealed.day}",
                "says something else than is sealed",
                "start a node, which writes it again",
            )
        }
    }

    /** Notes the result of a look where pages see it; false when the day has changed since. */
    fun note(sealed: SealedContent, coverage: DayStatus.Coverage?, isClean: Boolean): Boolean {
        val status = database.dayStatuses.of(sealed.day).toCompletableFuture().get() ?: return false
        if (status.digest != sealed.digest || status.revision != sealed.revision) return false
        val noted = status.copy(verified = isClean, coverage = coverage ?: status.coverage)
        return noted == status || database.dayStatuses.write(noted).toCompletableFuture().get()
    }

    private class Differences {
        val missing = ArrayList<Login>()
        val altered = ArrayList<Login>()
    }

    private class Wanted(val viewer: Login, val presences: List<Presence>, val minutes: Int)

    private fun compare(day: Day, cursor: ViewerCursor, differences: Differences) {
        val batch = ArrayList<Wanted>()
        while (cursor.next()) {
            batch += wanted(cursor)
            if (batch.size == BATCH) compare(day, batch, differences)
        }
        if (batch.isNotEmpty()) compare(day, batch, differences)
    }

    private fun compare(day: Day, batch: MutableList<Wanted>, differences: Differences) {
        val found = database.viewerDays.read(
            batch.map {
                ViewerDayId(it.viewer, day)
            },
        ).toCompletableFuture().get().associateBy(ViewerDay::id)
        for (wanted in batch) {
            val there = found[ViewerDayId(wanted.viewer, day)]
            when {
                there == null -> differences.missing += wanted.viewer
                there.presences != wanted.presences || there.minutes != wanted.minutes -> differences.altered += wanted.viewer
            }
        }
        batch.clear()
    }

    private fun wanted(cursor: ViewerCursor): Wanted {
        val presences = ArrayList<Presence>()
        val slots = BitSet(Slot.PER_DAY)
        cursor.pairs { _, _, streamer, runs, count ->
            presences += Presence(cursor.streamers[streamer], Runs.text(runs, count))
            for (i in 0 until count) slots.set(SlotSets.first(runs[i]), SlotSets.last(runs[i]) + 1)
        }
        return Wanted(login(cursor), presences, slots.cardinality() * Slot.MINUTES)
    }

    private fun login(cursor: ViewerCursor) = Login.require(String(cursor.viewer, 0, cursor.length, Charsets.US_ASCII))

    private fun cursor(day: Day, partition: Int): ViewerCursor? = seals.form(day, partition)?.let { OpenDayForm.cursor(it) }

    private companion object {
        const val BATCH = 100
        const val MOST_VIEWERS = 5
    }
}
