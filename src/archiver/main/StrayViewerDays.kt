package twitchactors.archiver

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Partitions
import twitchactors.domain.ViewerCursor
import twitchactors.store.Seals
import twitchactors.store.ViewerDayId
import twitchactors.store.ViewerDays

/**
 * Looks in the viewer database for viewer-days that nobody has sealed. All `_id`s are walked through for that, in order, and the sealed
 * viewers of the days looked at are held meanwhile, in 8 bytes each. Their number alone tells enough where each day's missing ones are
 * known: where there are as many as were sealed, less those, there is none too many. Blocks its caller.
 */
class StrayViewerDays(
    private val seals: Seals,
    private val viewerDays: ViewerDays,
    private val partitions: Partitions,
    private val mostHeld: Int = MOST_HELD,
) {
    /**
     * What was found.
     *
     * @param ids those of the documents, in order
     * @param isAll false when there may be more: no more than [MOST_FOUND] are looked for
     */
    class Found(val ids: List<String>, val isAll: Boolean) {
        /** By the day that they say; null: they say none. */
        val byDay: Map<Day?, List<String>> get() = ids.groupBy { parse(it)?.day }
    }

    /**
     * Those of [days], all of which are sealed.
     *
     * @param missing how many of the viewer-days that were sealed are known not to be there
     * @param others whether to look for those of all other days, too
     * @param trustsNumber whether nothing is looked for where the number is right. Another day that lacks as many as these have too many
     * makes it right, too, unless [missing] is that of all days
     */
    fun find(days: List<Day>, missing: Long, others: Boolean, trustsNumber: Boolean): Found {
        if (trustsNumber && viewerDays.count().toCompletableFuture().get() == seals.viewers() - missing) {
            return Found(emptyList(), isAll = true)
        }
        val known = if (others) seals.days().toSet() + days else null
        val groups = groups(days).ifEmpty { if (others) listOf(emptyList()) else emptyList() }
        val candidates = LinkedHashSet<String>()
        groups.forEachIndexed { i, group -> candidates += candidates(group, known.takeIf { i == 0 }) }
        val found = candidates.sorted().take(MOST_FOUND)
        // What is sealed meanwhile is in its seal before it is in the viewer database.
        return Found(found - sealed(found), candidates.size < MOST_FOUND)
    }

    /** Removes the documents with [ids] that nobody has sealed meanwhile; returns those that somebody has, which may be gone, too. */
    fun remove(ids: List<String>): List<ViewerDayId> {
        ids.chunked(ViewerDays.READ).forEach { some ->
            viewerDays.deleteAny(some - sealed(some)).toCompletableFuture().get()
        }
        return sealed(ids).mapNotNull(::parse)
    }

    /** [days] in groups of so many sealed viewers that they can be held. */
    private fun groups(days: List<Day>): List<List<Day>> {
        val groups = ArrayList<MutableList<Day>>()
        var held = 0L
        for (day in days) {
            val viewers = seals.of(day).sumOf { it.viewers }
            if (groups.isEmpty() || held + viewers > mostHeld) {
                groups += ArrayList<Day>()
                held = 0
            }
            groups.last() += day
            held += viewers
        }
        return groups
    }

    /**
     * `_id`s of [days] that were not sealed when this began.
     *
     * @param known all days that anybody has sealed, to find those of others by; null: these are left alone
     */
    private fun candidates(days: List<Day>, known: Set<Day>?): List<String> {
        val sealed = days.associateWith(::names)
        val found = ArrayList<String>()
        var after = ""
        while (found.size < MOST_FOUND) {
            val ids = viewerDays.ids(after).toCompletableFuture().get()
            if (ids.isEmpty()) break
            ids.filterTo(found) { isStray(it, sealed, known) }
            after = ids.last()
        }
        return found
    }

    private fun isStray(id: String, sealed: Map<Day, LongArray>, known: Set<Day>?): Boolean {
        val parsed = parse(id) ?: return known != null
        val names = sealed[parsed.day] ?: return known != null && parsed.day !in known
        return names.binarySearch(name(parsed.viewer)) < 0
    }

    /** Hashes of the sealed viewers of [day], ascending. Two viewers with one hash would hide a stray, one time in 2^64 by their number. */
    private fun names(day: Day): LongArray {
        val cursors = (0 until partitions.count).mapNotNull { cursor(day, it) }
        val names = LongArray(cursors.sumOf { it.viewerCount })
        var size = 0
        for (cursor in cursors) while (cursor.next()) names[size++] = NameHash.of(cursor.viewer, cursor.length)
        return names.also { it.sort() }
    }

    private fun name(login: Login) = login.name.toByteArray(Charsets.US_ASCII).let { NameHash.of(it, it.size) }

    /** Those of [ids] that are sealed now, or were before what is sealed now is published. */
    private fun sealed(ids: List<String>): Set<String> {
        val sealed = HashSet<String>()
        val byPlace = ids.mapNotNull(::parse).groupBy { it.day to partitions.of(it.viewer) }
        for ((place, wanted) in byPlace) {
            val (day, partition) = place
            val names = wanted.associateBy { it.viewer.name }
            val superseded = seals.superseded(day, partition).map { OpenDayForm.cursor(it.form) }
            for (cursor in superseded + listOfNotNull(cursor(day, partition))) {
                while (cursor.next()) {
                    names[String(cursor.viewer, 0, cursor.length, Charsets.US_ASCII)]?.let { sealed += "$it" }
                }
            }
        }
        return sealed
    }

    private fun cursor(day: Day, partition: Int): ViewerCursor? = seals.form(day, partition)?.let { OpenDayForm.cursor(it) }

    companion object {
        /** More than these are not told of in one look. */
        const val MOST_FOUND = 10_000

        /** Viewers: 64 MB. */
        private const val MOST_HELD = 8_000_000

        /** The viewer-day that [id] is that of; null when it is that of none. */
        private fun parse(id: String): ViewerDayId? {
            val viewer = Login.of(id.substringBefore('|'))
            val day = Day.parse(id.substringAfter('|', ""))
            return if (viewer == null || day == null) null else ViewerDayId(viewer, day).takeIf { "$it" == id }
        }
    }
}
