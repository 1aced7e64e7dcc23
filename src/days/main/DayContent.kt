package twitchactors.days

/**
 * What all partitions together have sealed of a day.
 *
 * @param digest SHA-256 over the day's sightings, in hexadecimal
 * @param viewers distinct; with [pairs] and [sightings] exact sums over the partitions
 * @param partitions what each partition has sealed, from partition 0 on
 */
data class DayContent(val digest: String, val viewers: Long, val pairs: Long, val sightings: Long, val partitions: List<PartitionSeal>) {
    /** The [revision] that a partition has sealed, and its [digest]. */
    data class PartitionSeal(val revision: Int, val digest: String)

    /** The sum of the partitions' revisions. */
    val revisions: Int get() = partitions.sumOf { it.revision }
}
