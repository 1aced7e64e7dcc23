package twitchactors.node

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.OffsetSpec
import org.apache.kafka.common.TopicPartition
import twitchactors.domain.ByteSink
import twitchactors.domain.DamagedForm
import twitchactors.profile.KeptOut
import twitchactors.profile.PartitionState
import twitchactors.store.Claim
import twitchactors.topics.TopicNames
import java.util.concurrent.TimeUnit

/**
 * Partitions that cannot go on from their checkpoint: `sightings` was made anew, or has lost what comes next, or the checkpoint is
 * damaged. They are let begin anew, with nothing, where the topic begins now. Sealed days stay, and are read back when something
 * comes for them; an open day has what the topic still has.
 */
class LostPartitions(private val running: Running) {
    private val checkpoints = running.stores.checkpoints
    private val partitions = running.stores.partitions.partitions.count

    private class Topic(val id: String, val begins: Map<Int, Long>, val ends: Map<Int, Long>)

    /** Lets them begin anew; a line for each says why. Blocks its caller. */
    fun revive(): List<String> {
        val topic = topic()
        return (0 until partitions).mapNotNull { partition ->
            val why = checkpoints.read(partition)?.let { lost(it, partition, topic) } ?: return@mapNotNull null
            begin(partition, topic)
            "partition $partition begins anew where sightings begins, for $why; sealed days stay, replay the days that were open"
        }
    }

    private fun lost(checkpoint: Claim, partition: Int, topic: Topic): String? {
        val state = checkpoint.state
        val kept = topic.begins.getValue(partition)..topic.ends.getValue(partition)
        return when {
            state != null && checkpoint.topicId != topic.id -> "the topic sightings was made anew since its checkpoint"
            checkpoint.nextOffset !in kept -> "the records from offset ${checkpoint.nextOffset} on are not in the topic any more"
            state != null -> damage(partition, state)
            else -> null
        }
    }

    private fun damage(partition: Int, state: ByteArray): String? = try {
        PartitionState.read(partition, state, KeptOut.NOBODY)
        null
    } catch (damaged: DamagedForm) {
        damaged.message
    }

    /** Another owner that still tries claims the partition every few seconds, and is then refused this one's write, or refuses it. */
    private fun begin(partition: Int, topic: Topic) {
        val nothing = ByteSink(64).also { PartitionState(partition, KeptOut.NOBODY).write(it) }.copy()
        repeat(TRIES) {
            val claim = checkpoints.claim(partition)
            if (checkpoints.write(partition, claim.fence, topic.begins.getValue(partition), topic.id, nothing)) return
        }
        error("partition $partition is claimed by others again and again")
    }

    private fun topic(): Topic = Admin.create(running.services.kafka.clientProperties).use { admin ->
        val name = TopicNames.SIGHTINGS
        val id = admin.describeTopics(listOf(name)).allTopicNames().get(ANSWER_SECONDS, TimeUnit.SECONDS).getValue(name).topicId()
        Topic("$id", offsets(admin, OffsetSpec.earliest()), offsets(admin, OffsetSpec.latest()))
    }

    private fun offsets(admin: Admin, which: OffsetSpec): Map<Int, Long> =
        admin.listOffsets((0 until partitions).associate { TopicPartition(TopicNames.SIGHTINGS, it) to which }).all()
            .get(ANSWER_SECONDS, TimeUnit.SECONDS).entries.associate { it.key.partition() to it.value.offset() }

    private companion object {
        const val TRIES = 20
        const val ANSWER_SECONDS = 30L
    }
}
