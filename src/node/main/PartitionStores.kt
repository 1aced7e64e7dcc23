package twitchactors.node

import twitchactors.domain.Day
import twitchactors.profile.Checkpoint
import twitchactors.profile.Claim
import twitchactors.profile.SealHead
import twitchactors.profile.SealedDay
import twitchactors.store.Checkpoints
import twitchactors.store.DayCloses
import twitchactors.store.DayDrops
import twitchactors.store.DayOpenings
import twitchactors.store.Seal
import twitchactors.store.Seals
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/** What partitions keep in MariaDB, in their own terms and without making them wait: each call runs on [blocking]. */
class PartitionStores(
    private val checkpoints: Checkpoints,
    private val seals: Seals,
    private val openings: DayOpenings,
    private val closes: DayCloses,
    private val drops: DayDrops,
    private val blocking: Executor,
) {
    fun claim(partition: Int): CompletionStage<Claim> = later {
        checkpoints.claim(partition).let { Claim(it.fence, it.nextOffset, it.topicId, it.state) }
    }

    fun save(checkpoint: Checkpoint): CompletionStage<Boolean> = later {
        checkpoints.write(checkpoint.partition, checkpoint.fence, checkpoint.offset, checkpoint.topicId, checkpoint.state)
    }

    fun sealedDay(partition: Int, day: Day, after: Int): CompletionStage<SealedDay?> = later {
        seals.of(day, partition)?.takeIf { it.revision > after }?.let(::withForm)
    }

    fun seals(partition: Int): CompletionStage<List<SealHead>> = later {
        seals.of(partition).map { SealHead(it.day, it.revision, it.published) }
    }

    fun fix(sealed: SealedDay, fence: Long): CompletionStage<Boolean> = later {
        val seal = Seal(
            day = sealed.day,
            partition = sealed.partition,
            revision = sealed.revision,
            fence = fence,
            digest = sealed.digest,
            viewers = sealed.viewers.toLong(),
            pairs = sealed.pairs.toLong(),
            sightings = sealed.sightings,
        )
        seals.write(seal, sealed.form)
    }

    fun opened(day: Day): CompletionStage<Unit> = later { openings.note(day) }

    fun closed(day: Day, feed: String, partition: Int, revision: Int): CompletionStage<Unit> = later {
        closes.note(day, feed, partition, revision)
    }

    fun dropped(day: Day, id: String, partition: Int): CompletionStage<Unit> = later { drops.note(day, id, partition) }

    private fun withForm(seal: Seal) = SealedDay(
        seal.day,
        seal.partition,
        seal.revision,
        seal.digest,
        seal.viewers.toInt(),
        seal.pairs.toInt(),
        seal.sightings,
        checkNotNull(seals.form(seal.day, seal.partition)) { "$seal has no form" },
    )

    private fun <T> later(work: () -> T): CompletionStage<T> = CompletableFuture.supplyAsync(work, blocking)
}
