package twitchactors.topics

import twitchactors.archive.Rejected
import twitchactors.domain.Day

/**
 * What was fed into `samples` from the files of a day, in the words of docs/contract.md.
 *
 * @param feed the run's id, as in its DayClosed
 * @param files sample files of the day that counted
 * @param samples distinct (streamer, slot) with at least one list
 * @param gaps distinct (streamer, slot) with nothing but `null` or a bad value
 * @param badValues the first of the bad values, as `file: streamer: reason`; there may be more
 * @param badValueCount how many values were bad
 * @param slotsMissing slots without a good file
 * @param namesDropped how often a name was no login
 * @param sightingsOffered logins sent, one that comes twice counted twice
 * @param records acknowledged records, without the DayClosed
 */
data class FeedSummary(
    val day: Day,
    val feed: String,
    val files: Int,
    val rejected: List<Rejected>,
    val samples: Int,
    val gaps: Int,
    val badValues: List<String>,
    val badValueCount: Int,
    val slotsMissing: Int,
    val namesDropped: Long,
    val sightingsOffered: Long,
    val records: Long,
)
