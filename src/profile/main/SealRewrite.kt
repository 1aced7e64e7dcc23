package twitchactors.profile

import twitchactors.domain.Day
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Seals again, without them, each sealed day of a partition that knows viewers who are kept out: one day after the other, so
 * that one day's content is in memory at a time. Done again after it broke off, it goes on where it was.
 */
internal class SealRewrite(
    private val outside: PartitionOutside,
    private val partition: Int,
    private val fence: Long,
    private val list: KeptOut,
) {
    /** A day that was sealed again. */
    class Resealed(val day: Day, val revision: Int, val digest: String)

    /** Null when a newer owner has claimed the partition. */
    fun run(): CompletionStage<List<Resealed>?> = outside.seals(partition).thenCompose { seals ->
        val none: CompletionStage<List<Resealed>?> = CompletableFuture.completedFuture(emptyList())
        seals.fold(none) { before, seal ->
            before.thenCompose { list ->
                if (list == null) before else rewrite(seal.day).thenApply { result -> if (result == null) null else list + result }
            }
        }
    }

    /** Empty when nobody on the list is in [day]; null when this is no owner any more. */
    private fun rewrite(day: Day): CompletionStage<List<Resealed>?> = outside.sealedDay(partition, day, 0).thenCompose { sealed ->
        val next = sealed?.without(list.admits)
        if (next == null) {
            CompletableFuture.completedFuture(emptyList())
        } else {
            outside.fix(next, fence).thenApply { isOwner -> if (isOwner) listOf(Resealed(day, next.revision, next.digest)) else null }
        }
    }
}
