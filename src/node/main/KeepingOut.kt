package twitchactors.node

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.SuppressionKind

/** Changes the list of those kept out and waits until the running pipeline has done what follows from that. */
class KeepingOut(private val running: Running, private val login: Login, private val steps: Steps, private val patience: Patience) {
    private val stores = running.stores
    private val partitions = stores.partitions.partitions

    /**
     * What was done.
     *
     * @param isNew false when the viewer was on the list already, for this reason or a stronger one
     * @param days days that knew the viewer, sealed again without
     */
    class Done(val isNew: Boolean, val version: Long, val days: List<Day>)

    /** Keeps the viewer out and has all removed that the databases know; done again, it goes on where it was. */
    fun begin(kind: SuppressionKind): Done {
        val before = ViewerTraces.of(stores, login)
        val days = (before.sealed + before.superseded + before.documents).toSortedSet().toList()
        val isNew = stores.suppressions.add(login, kind)
        val version = stores.suppressions.version()
        untilApplied(version)
        untilPublished()
        untilAnalysed()
        untilStated(days)
        return Done(isNew, version, days)
    }

    /** All that was sealed under the new list; what is sealed later does not know the viewer. */
    private fun untilPublished() {
        val waiting = unpublished().toMutableSet()
        val all = waiting.size
        steps.begin("publishing days (days)", all.toLong())
        patience.until("the days to be published again") {
            running.tend()
            waiting.retainAll(unpublished())
            steps.reach((all - waiting.size).toLong())
            waiting.isEmpty()
        }
    }

    /** What viewers' documents held of the viewer is out of them, and what was kept to know it. */
    private fun untilAnalysed() {
        val partition = partitions.of(login)
        patience.until("the viewers' documents") {
            running.tend()
            !stores.applications.isBehind(partition)
        }
    }

    /** The status of each of [days] that all partitions have sealed says what they have sealed now. */
    private fun untilStated(days: List<Day>) {
        patience.until("the statuses of the days") {
            running.tend()
            days.all { day -> !stores.traces.of(day).isWhole || stores.status(day) != null }
        }
    }

    private fun unpublished(): Set<Day> = stores.seals.of(partitions.of(login)).filter { !it.published }.map { it.day }.toSet()

    /** Takes the viewer off the list; false when they were not on it. */
    fun lift(): Boolean {
        if (!stores.suppressions.remove(login)) return false
        untilApplied(stores.suppressions.version())
        return true
    }

    private fun untilApplied(version: Long) {
        steps.begin("applying the list (partitions)", partitions.count.toLong())
        patience.until("the partitions to apply the list") {
            running.tend()
            stores.suppressionProgress.count(version).also { steps.reach(it.toLong()) } >= partitions.count
        }
    }
}
