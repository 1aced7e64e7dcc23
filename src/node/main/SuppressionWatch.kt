package twitchactors.node

import twitchactors.domain.LoginFilter
import twitchactors.profile.KeptOut
import twitchactors.profile.KeptOutList
import twitchactors.store.SuppressionProgress
import twitchactors.store.Suppressions
import java.io.IOException
import java.sql.SQLException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/**
 * Looks once for a whole node whether the list of those kept out has changed. While MariaDB does not answer it stays as it was:
 * partitions wait for MariaDB then, too. Reads the list when it is made, which blocks.
 *
 * @param blocking runs what waits for MariaDB
 */
class SuppressionWatch(private val suppressions: Suppressions, private val progress: SuppressionProgress, private val blocking: Executor) {
    @Volatile
    private var latest = snapshot()

    /** Whom pollers may know, as of the last [look]. */
    val admits: LoginFilter get() = latest.admits

    /**
     * The same as of this moment, for what is written once and for ever.
     *
     * @throws IOException when MariaDB does not answer; to be tried again
     */
    fun admitsNow(): LoginFilter = try {
        if (suppressions.version() != latest.version) latest = snapshot()
        latest.admits
    } catch (failure: SQLException) {
        throw IOException("MariaDB, which knows who is kept out, does not answer: ${failure.message}", failure)
    }

    /** What partitions ask. */
    val list = KeptOutList(
        version = { latest.version },
        now = { later(::snapshot) },
        concerns = { partition, after, upTo -> later { progress.concerns(partition, after, upTo) } },
        applied = { partition, version -> later { progress.note(partition, version) } },
    )

    /** Asks for the version, and for the list when that has changed; to be called every second or so. */
    fun look(): CompletionStage<*> = later { if (suppressions.version() != latest.version) latest = snapshot() }

    private fun snapshot() = suppressions.snapshot().let { KeptOut(it.version) { bytes, from, to -> !it.contains(bytes, from, to) } }

    private fun <T> later(work: () -> T): CompletionStage<T> = CompletableFuture.supplyAsync(work, blocking)
}
