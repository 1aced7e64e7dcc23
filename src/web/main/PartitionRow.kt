package twitchactors.web

import twitchactors.domain.Day

/**
 * A viewer partition as it stands.
 *
 * @param offset the record of its Kafka partition that it reads next
 * @param lag records it has not read yet; null when the end is not known
 * @param viewers by day in memory
 * @param bytes memory of its days
 * @param checkpointAgeSeconds null when it has written none yet
 * @param publishing what is on its way to the viewer database, for example `2022-08-01 r1`
 * @param trouble what it waits for, in words for an operator; shown to admins only
 * @param node where it lives; shown to admins only
 */
data class PartitionRow(
    val number: Int,
    val offset: Long,
    val lag: Long?,
    val viewers: Map<Day, Int>,
    val bytes: Long,
    val checkpointAgeSeconds: Long?,
    val publishing: List<String>,
    val trouble: String?,
    val node: String?,
)
