package twitchactors.node

import org.apache.pekko.Done
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import twitchactors.domain.OpenDayForm
import twitchactors.profile.SealedDay
import twitchactors.store.Seals
import twitchactors.store.ViewerDatabase
import twitchactors.store.ViewerDayId
import twitchactors.store.ViewerSample
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/**
 * Writes what follows from a sealed day to the viewer database: the viewer-days that differ from those published before, and the
 * list that random viewers come from; removes the viewer-days of those who are not in it any more; makes that durable; notes it.
 * All of it can be done again.
 *
 * @param blocking runs what waits for MariaDB
 * @param makeDurable returns when all that the viewer database has answered for is on disk
 */
class SealPublisher(
    private val system: ActorSystem<*>,
    private val database: ViewerDatabase,
    private val seals: Seals,
    private val blocking: Executor,
    private val makeDurable: () -> Unit,
) {
    fun publish(sealed: SealedDay): CompletionStage<Done> = later { seals.superseded(sealed.day, sealed.partition) }
        .thenCompose { before ->
            val changes = ViewerDayChanges(sealed.form, before.map { it.form }, before.any { it.published })
            write(changes, sealed).thenCompose { remove(changes.removed()) }
        }
        .thenCompose { database.randomViewers.write(sealed.day, sealed.partition, sealed.revision, sample(sealed)) }
        .thenCompose { later { markPublished(sealed) } }
        .thenCompose { isCurrent -> if (isCurrent) done() else takeBack(sealed) }

    private fun write(changes: ViewerDayChanges, sealed: SealedDay): CompletionStage<*> =
        Source.fromIterator { changes.written(sealed.revision) }
            .mapAsync(WRITES) { database.viewerDays.write(it) }
            .runWith(Sink.ignore(), system)

    private fun remove(ids: Iterator<List<ViewerDayId>>): CompletionStage<Done> = Source.fromIterator { ids }
        .mapAsync(WRITES) { database.viewerDays.delete(it) }
        .runWith(Sink.ignore(), system)

    private fun markPublished(sealed: SealedDay): Boolean {
        makeDurable()
        return seals.markPublished(sealed.day, sealed.partition, sealed.revision)
    }

    /**
     * A later revision has come meanwhile, by this owner or by a newer one, who may have removed already what was written here: who
     * is not in that revision goes again.
     */
    private fun takeBack(sealed: SealedDay): CompletionStage<Done> = later { seals.form(sealed.day, sealed.partition) }
        .thenCompose { now -> if (now == null) done() else remove(ViewerDayChanges(now, listOf(sealed.form), false).removed()) }

    private fun sample(sealed: SealedDay) = ViewerSample(sealed.day).let { sample ->
        val cursor = OpenDayForm.cursor(sealed.form)
        while (cursor.next()) cursor.pairs(sample)
        sample.logins
    }

    private fun <T> later(work: () -> T): CompletionStage<T> = CompletableFuture.supplyAsync(work, blocking)

    private fun done(): CompletionStage<Done> = CompletableFuture.completedFuture(Done.getInstance())

    private companion object {
        /** Bulks on their way at a time. */
        const val WRITES = 2
    }
}
