package twitchactors.node

import twitchactors.profile.KeptOut
import twitchactors.profile.KeptOutList
import twitchactors.store.SuppressionProgress
import twitchactors.store.Suppressions
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/**
 * Looks once for all partitions of a node whether the list of those kept out has changed. While MariaDB does not answer the
 * version stays as it was: partitions wait for MariaDB then, too.
 *
 * @param blocking runs what waits for MariaDB
 */
class SuppressionWatch(private val suppressions: Suppressions, private val progress: SuppressionProgress, private val blocking: Executor) {
    @Volatile
    private var version = 0L

    /** What partitions ask. */
    val list = KeptOutList(
        version = { version },
        now = { later { suppressions.snapshot().let { KeptOut(it.version) { bytes, from, to -> !it.contains(bytes, from, to) } } } },
        concerns = { partition, after, upTo -> later { progress.concerns(partition, after, upTo) } },
        applied = { partition, version -> later { progress.note(partition, version) } },
    )

    /** Asks for the version; to be called every second or so. */
    fun look(): CompletionStage<*> = later { version = suppressions.version() }

    private fun <T> later(work: () -> T): CompletionStage<T> = CompletableFuture.supplyAsync(work, blocking)
}
