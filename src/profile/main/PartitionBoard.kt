package twitchactors.profile

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.LongAdder

/** What the partitions of this JVM say of themselves, for pages and metrics. */
class PartitionBoard {
    private val waiting = HashSet<Int>()
    private val statuses = ConcurrentHashMap<Int, PartitionStatus>()

    /** Sightings that were applied, duplicates too, since this JVM started. */
    val namesApplied = LongAdder()

    /** Records that went to the dead letters since this JVM started. */
    val deadLetters = LongAdder()

    /** Polls of which chunks never came, because their feeder ended in the middle, since this JVM started: they count for nothing. */
    val brokenPolls = LongAdder()

    /** The partitions that live here now. */
    fun statuses(): List<PartitionStatus> = statuses.values.sortedBy { it.partition }

    /** Notes that [partition] waits; true when no other one did: an outage is worth one line, not one for each partition. */
    internal fun waits(partition: Int): Boolean = synchronized(waiting) {
        val isFirst = waiting.isEmpty()
        waiting += partition
        isFirst
    }

    /** Notes that [partition] waits no more; true when it was the last one that did. */
    internal fun goesOn(partition: Int): Boolean = synchronized(waiting) { waiting.remove(partition) && waiting.isEmpty() }

    internal fun put(status: PartitionStatus) {
        statuses[status.partition] = status
    }

    internal fun remove(partition: Int, fence: Long) {
        statuses.computeIfPresent(partition) { _, status -> status.takeIf { it.fence > fence } }
    }
}
