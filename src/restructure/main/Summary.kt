package twitchactors.restructure

import twitchactors.archive.Rejected
import twitchactors.domain.Day

/**
 * What became of a day, in the words of docs/contract.md.
 *
 * @param files sample files of the day that counted
 * @param samples distinct (streamer, slot) with at least one list
 * @param gaps distinct (streamer, slot) with nothing but `null` or a bad value
 * @param badValues the first of the bad values, as `file: streamer: reason`; there may be more
 * @param badValueCount how many values were bad
 * @param slotsMissing slots without a good file
 * @param namesDropped how often a name was no login
 * @param sightings distinct (viewer, streamer, slot)
 * @param pairs distinct (viewer, streamer)
 * @param digest SHA-256 in hexadecimal; null when it was not asked for
 * @param bytes size of the output
 */
data class Summary(
    val day: Day,
    val files: Int,
    val rejected: List<Rejected>,
    val samples: Int,
    val gaps: Int,
    val badValues: List<String>,
    val badValueCount: Int,
    val slotsMissing: Int,
    val namesDropped: Long,
    val sightings: Long,
    val viewers: Long,
    val pairs: Long,
    val digest: String?,
    val bytes: Long,
)
