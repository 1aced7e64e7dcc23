package twitchactors.profile

import twitchactors.domain.Day
import java.util.concurrent.CompletionStage

/**
 * What a [ViewerPartition] needs from outside. Every answer may fail; the partition asks again later.
 *
 * @param claim makes the asker the owner of a partition, then reads its checkpoint
 * @param save writes a checkpoint; false when a newer owner has claimed the partition
 * @param seals which days a partition has sealed
 * @param sealedDay a partition's day as it was last sealed; null when that is no later revision than the one given (0: any)
 * @param opened notes that a partition takes a day into memory that was never sealed
 * @param fix makes a sealed day the one that counts; false when a newer owner has claimed the partition or sealed the day
 * @param closed notes that a partition has taken in all that a feed had for a day; the day's revision is then fixed
 * @param dropped notes that a partition has taken in that a day is dropped, by the id of that
 * @param publish writes what follows from a sealed day to the viewer database, removes what follows from earlier revisions only, and
 *   notes that; done when that is durable
 * @param sightings the topic that its records come from
 * @param keptOut who may not be known
 */
class PartitionOutside(
    val claim: (partition: Int) -> CompletionStage<Claim>,
    val save: (Checkpoint) -> CompletionStage<Boolean>,
    val seals: (partition: Int) -> CompletionStage<List<SealHead>>,
    val sealedDay: (partition: Int, day: Day, after: Int) -> CompletionStage<SealedDay?>,
    val opened: (Day) -> CompletionStage<*>,
    val fix: (SealedDay, fence: Long) -> CompletionStage<Boolean>,
    val closed: (day: Day, feed: String, partition: Int, revision: Int) -> CompletionStage<*>,
    val dropped: (day: Day, id: String, partition: Int) -> CompletionStage<*>,
    val publish: (SealedDay) -> CompletionStage<*>,
    val sightings: SightingsTopic,
    val keptOut: KeptOutList,
)
