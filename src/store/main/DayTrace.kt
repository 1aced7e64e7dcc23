package twitchactors.store

import twitchactors.domain.Day
import java.time.Instant

/**
 * What the partitions have left of a day in MariaDB, as sums.
 *
 * @param openedAt when a partition first took it into memory; null when that was not noted
 * @param closes the feeds that all partitions are through with, and since when
 * @param isClosing some partitions are through with a feed, and the others are expected to be soon
 * @param seals how many partitions have sealed it
 * @param published how many have published what they sealed last
 * @param revisions the sum of the partitions' revisions: grows with every change of what is sealed
 * @param sealedAt when the last partition sealed it; null before the first seal
 * @param partitions how many there are
 */
data class DayTrace(
    val day: Day,
    val openedAt: Instant?,
    val closes: Map<String, Instant>,
    val isClosing: Boolean,
    val seals: Int,
    val published: Int,
    val revisions: Int,
    val sealedAt: Instant?,
    val partitions: Int,
) {
    /** All partitions have sealed and published it, with all that came of the same feeds. */
    val isWhole: Boolean get() = published == partitions && !isClosing

    /** Nothing is on its way from a seal to the viewer database, and no partition waits for others. */
    val isAtRest: Boolean get() = published == seals && !isClosing
}
