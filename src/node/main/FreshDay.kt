package twitchactors.node

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.common.TopicPartition
import org.apache.pekko.actor.typed.ActorSystem
import twitchactors.domain.Day
import twitchactors.profile.Splitter
import twitchactors.topics.DayDropper
import twitchactors.topics.TopicNames
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/**
 * Drops a day in the running pipeline, so that only what is fed from then on counts. What is sealed stays until the next seal.
 *
 * A splitter that starts again repeats what it has not committed, so it could bring samples from before the drop behind it. Hence
 * two drops: when the splitter has committed the first, which also frees it from polls of that day whose rest never comes, nothing
 * from before can come again, and the second one empties the day for good.
 */
class FreshDay(private val running: Running, system: ActorSystem<*>, private val steps: Steps, private val patience: Patience) {
    private val dropper = DayDropper(system, running.services.kafka, running.configuration.topics)

    /** Returns when every partition knows nothing of [day] any more. */
    fun begin(day: Day) {
        LostPartitions(running).revive().forEach { System.err.println(it) }
        untilCommitted(day, drop(day))
        val id = drop(day).id
        val partitions = running.stores.partitions.partitions.count
        steps.begin("dropping $day (partitions)", partitions.toLong())
        patience.until("the partitions to drop $day") {
            running.tend()
            running.stores.drops.count(day, id).also { steps.reach(it.toLong()) } == partitions
        }
    }

    private fun drop(day: Day): DayDropper.Dropped {
        val dropped: CompletableFuture<DayDropper.Dropped> = dropper.drop(day).toCompletableFuture()
        patience.until("Kafka to take the drop of $day") {
            running.tend()
            dropped.isDone
        }
        return dropped.get()
    }

    private fun untilCommitted(day: Day, dropped: DayDropper.Dropped) {
        steps.begin("waiting for what is in samples (partitions)", dropped.offsets.size.toLong())
        Admin.create(running.services.kafka.clientProperties).use { admin ->
            patience.until("the splitter to be through with what was in samples before the drop of $day") {
                running.tend()
                val behind = dropped.offsets.count { (partition, offset) -> committed(admin)[partition].let { it == null || it <= offset } }
                steps.reach((dropped.offsets.size - behind).toLong())
                behind == 0
            }
        }
    }

    /** By partition of `samples`, the offset that the splitters begin at after a restart; empty when Kafka does not answer. */
    private fun committed(admin: Admin): Map<Int, Long> = try {
        admin.listConsumerGroupOffsets(Splitter.GROUP).partitionsToOffsetAndMetadata().get(ANSWER_SECONDS, TimeUnit.SECONDS)
            .filter { (partition: TopicPartition, offset) -> partition.topic() == TopicNames.SAMPLES && offset != null }
            .entries.associate { it.key.partition() to it.value.offset() }
    } catch (_: ExecutionException) {
        emptyMap()
    } catch (_: TimeoutException) {
        emptyMap()
    }

    private companion object {
        const val ANSWER_SECONDS = 10L
    }
}
