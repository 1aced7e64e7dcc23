package twitchactors.web

import twitchactors.domain.Day
import java.time.Instant

/**
 * A day as it stands.
 *
 * @param viewers distinct viewers seen in any tracked chat: so far while open, final for this revision when sealed
 * @param pairs distinct (viewer, streamer); null when not counted
 * @param sightings distinct (viewer, streamer, slot)
 * @param revision 0 while the day was never sealed
 * @param sealed every partition has fixed this revision
 * @param publishedPartitions partitions whose viewer-days of this revision are all in the viewer database
 * @param slotsSeen 5-minute slots with at least one sample, 0..288; null when not counted
 * @param openedAt when a partition first heard of the day; null when that is not known, as with the next two
 * @param closedAt when the last of its feeds was wholly taken in
 * @param sealedAt when the last partition sealed this revision
 * @param digest SHA-256 in hex over what was sealed; null while open
 */
data class DayRow(
    val day: Day,
    val viewers: Long,
    val pairs: Long?,
    val sightings: Long,
    val revision: Int,
    val sealed: Boolean,
    val publishedPartitions: Int,
    val partitions: Int,
    val digest: String?,
    val slotsSeen: Int? = null,
    val openedAt: Instant? = null,
    val closedAt: Instant? = null,
    val sealedAt: Instant? = null,
)
