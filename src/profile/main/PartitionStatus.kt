package twitchactors.profile

import twitchactors.domain.Day
import java.time.Instant

/**
 * How a partition that lives in this JVM is, as of its last batch or checkpoint.
 *
 * @param offset the record of `sightings` it reads next
 * @param days what each day in memory holds
 * @param bytes memory of its days
 * @param savedAt when its last checkpoint was written; null when there was none in this life
 * @param publishing sealed days that are not wholly in the viewer database yet
 * @param trouble what it waits for, in words for an operator; null when all is well
 */
data class PartitionStatus(
    val partition: Int,
    val fence: Long,
    val offset: Long,
    val days: Map<Day, Counts>,
    val bytes: Long,
    val savedAt: Instant?,
    val publishing: List<String>,
    val trouble: String?,
) {
    /** Distinct viewers, (viewer, streamer) and (viewer, streamer, slot) of a day in this partition. */
    data class Counts(val viewers: Int, val pairs: Int, val sightings: Long)
}
