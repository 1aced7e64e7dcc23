package twitchactors.store

import twitchactors.domain.BadInput
import twitchactors.domain.Partitions
import java.util.UUID

/**
 * The number of viewer partitions of these data, fixed at their first start: it decides which viewer is where, in Kafka and in
 * every checkpoint.
 *
 * @param dataId names these data; other data have another
 */
class PartitionNumber private constructor(val partitions: Partitions, val dataId: String) {
    companion object {
        const val DEFAULT = 16
        private const val PARTITIONS = "viewer-partitions"
        private const val DATA_ID = "data-id"

        /**
         * Fixes [wanted], or finds that it is what was fixed before.
         *
         * @throws BadInput when another number was fixed before
         */
        fun fix(facts: ClusterFacts, wanted: Partitions = Partitions(DEFAULT)): PartitionNumber {
            val fixed = facts.fix(PARTITIONS, wanted.count.toString())
            if (fixed != wanted.count.toString()) {
                throw BadInput(
                    "$PARTITIONS is ${wanted.count}, but these data were begun with $fixed, which cannot change; " +
                        "set it to $fixed, or begin new data and replay the days",
                )
            }
            return PartitionNumber(wanted, facts.fix(DATA_ID, UUID.randomUUID().toString()))
        }

        /** The number that was fixed; null before the first start. */
        fun fixed(facts: ClusterFacts): Partitions? = facts.of(PARTITIONS)?.let { Partitions(it.toInt()) }
    }
}
