package twitchactors.store

import twitchactors.domain.Day
import java.time.Instant

/**
 * What the last look at a sealed day's files has found, for pages. Names no viewer.
 *
 * @param at when it was looked at, by the clock of the node that did
 * @param revision of the day that was looked at
 * @param slots for each slot of the day what the sample files say; empty when there were none to read
 * @param sources samples by where the names came from
 * @param archive the day's .7z; null when it is in none
 * @param parquet the day's runs beside it
 * @param rejected files that count for nothing
 * @param findings what is not as it should be, a line each
 */
data class DayLook(
    val day: Day,
    val at: Instant,
    val revision: Int,
    val slots: List<OfSlot>,
    val sources: Map<String, Long>,
    val archive: KeptFile?,
    val parquet: KeptFile?,
    val rejected: Int,
    val findings: List<String>,
) {
    /**
     * @param isRecorded whether there is a good file of the slot: with neither samples nor gaps all who were tracked were offline
     * @param gaps by reason
     */
    data class OfSlot(val isRecorded: Boolean, val samples: Int, val gaps: Map<String, Int>)

    /** A file with its [size] in bytes and its [sha256] in hexadecimal. */
    data class KeptFile(val name: String, val size: Long, val sha256: String)

    /** Gaps of the whole day by reason. */
    val gaps: Map<String, Int>
        get() = slots.flatMap { it.gaps.entries }.groupingBy { it.key }.fold(0) { sum, gap -> sum + gap.value }.toSortedMap()
}
