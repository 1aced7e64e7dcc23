package twitchactors.profile

import org.apache.kafka.clients.consumer.ConsumerRecord
import org.apache.pekko.stream.javadsl.Source
import twitchactors.domain.Day
import twitchactors.domain.LoginFilter
import java.util.concurrent.CompletionStage

/**
 * What a [ViewerPartition] needs from outside. Every answer may fail; the partition asks again later.
 *
 * @param claim makes the asker the owner of a partition, then reads its checkpoint
 * @param save writes a checkpoint; false when a newer owner has claimed the partition
 * @param sealedDay a partition's day as it was last sealed; null when that is no later revision than the one given (0: any)
 * @param opened notes that a partition takes a day into memory that was never sealed
 * @param fix makes a sealed day the one that counts; false when another owner has sealed it since this one read it
 * @param closed notes that a partition has taken in all that a feed had for a day; the day's revision is then fixed
 * @param publish writes what follows from a sealed day to the viewer database and notes that; done when that is durable. With the
 *   day as it was published before, only what differs is written
 * @param unpublished the sealed days of a partition that were fixed but not published to the end
 * @param sightings the records of a partition of `sightings` from an offset, which must exist; never ends by itself
 * @param topicId Kafka's id of the topic `sightings`
 * @param deadLetter keeps a record that cannot be understood, with the reason
 * @param admits whether a viewer may be known, as of now
 */
class PartitionOutside(
    val claim: (partition: Int) -> CompletionStage<Claim>,
    val save: (Checkpoint) -> CompletionStage<Boolean>,
    val sealedDay: (partition: Int, day: Day, after: Int) -> CompletionStage<SealedDay?>,
    val opened: (Day) -> CompletionStage<*>,
    val fix: (SealedDay, fence: Long) -> CompletionStage<Boolean>,
    val closed: (day: Day, feed: String, partition: Int, revision: Int) -> CompletionStage<*>,
    val publish: (SealedDay, before: SealedDay?) -> CompletionStage<*>,
    val unpublished: (partition: Int) -> CompletionStage<List<SealedDay>>,
    val sightings: (partition: Int, offset: Long) -> Source<ConsumerRecord<ByteArray, ByteArray>, *>,
    val topicId: () -> CompletionStage<String>,
    val deadLetter: (ConsumerRecord<ByteArray, ByteArray>, reason: String) -> CompletionStage<*>,
    val admits: () -> LoginFilter,
)
