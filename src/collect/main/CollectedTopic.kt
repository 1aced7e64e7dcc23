package twitchactors.collect

import org.apache.pekko.stream.javadsl.Source
import java.util.concurrent.CompletionStage

/** What who closes the days reads of the topic `samples`. */
interface CollectedTopic {
    /** By partition, the offset behind the last record as of now. */
    fun ends(): CompletionStage<List<Long>>

    /** What stands from [offsets] on, by partition, and what comes then. Records that are gone by now are passed over. */
    fun read(offsets: List<Long>): Source<PartitionNotes, *>
}
