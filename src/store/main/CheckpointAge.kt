package twitchactors.store

import java.time.Duration

/**
 * A checkpoint as a status page shows it.
 *
 * @param age since it was written, by the database's clock; null when the partition was claimed but never written
 * @param stateBytes of the state as its owner gave it
 * @param pieces rows that the compressed state takes; 0 when there is none
 */
data class CheckpointAge(
    val partition: Int,
    val fence: Long,
    val nextOffset: Long,
    val age: Duration?,
    val stateBytes: Long,
    val pieces: Int,
)
