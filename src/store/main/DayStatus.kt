package twitchactors.store

import twitchactors.domain.Day

/**
 * What is known of a day as a whole, for pages. Follows from the seals and the samples; never a source of truth.
 *
 * @param revision grows with each change of the sealed content; 0 before the first seal
 * @param seals the sum of the partitions' revisions that this status was made from
 * @param digest of all sightings of the day; null until all partitions have sealed it
 * @param sealed all partitions have sealed and published it
 * @param coverage null: not counted yet
 * @param verified null: not looked at yet; else whether the last look found nothing wrong
 * @param audience what the day's published audience follows from, see [DayAudienceHead.follows]; null: there is none
 */
data class DayStatus(
    val day: Day,
    val revision: Int,
    val seals: Int,
    val sealed: Boolean,
    val viewers: Long,
    val pairs: Long,
    val sightings: Long,
    val digest: String?,
    val coverage: Coverage? = null,
    val verified: Boolean? = null,
    val audience: String? = null,
) {
    /**
     * How much of the day there is.
     *
     * @param slotsSeen slots with a good sample of any streamer
     * @param samplesExpected (streamer, slot) of those tracked and not known to be offline
     * @param gaps (streamer, slot) that were expected and have no good sample
     */
    data class Coverage(val slotsSeen: Int, val slotsExpected: Int, val samplesSeen: Long, val samplesExpected: Long, val gaps: Long)
}
