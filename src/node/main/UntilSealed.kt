package twitchactors.node

import twitchactors.domain.Day
import twitchactors.store.DayStatus

/** Waits until all partitions are through with what was fed of a day, and what they have sealed is published. */
class UntilSealed(private val running: Running, private val steps: Steps, private val patience: Patience) {
    private val stores = running.stores
    private val partitions = stores.partitions.partitions.count

    /** The status of [day] when all of [feed] is in it. */
    fun await(day: Day, feed: String): DayStatus {
        steps.begin("folding $day (partitions)", partitions.toLong())
        patience.until("the partitions to fold $day") {
            running.tend()
            stores.closes.count(day, feed).also { steps.reach(it.toLong()) } == partitions
        }
        steps.begin("publishing $day (partitions)", partitions.toLong())
        patience.until("$day to be published") {
            running.tend()
            stores.seals.of(day).count { it.published }.also { steps.reach(it.toLong()) } == partitions
        }
        var status: DayStatus? = null
        patience.until("the status of $day") {
            running.tend()
            stores.status(day)?.also { status = it } != null
        }
        return checkNotNull(status)
    }
}
