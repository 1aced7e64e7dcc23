package twitchactors.node

import org.apache.pekko.Done
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import twitchactors.domain.OpenDayForm
import twitchactors.domain.ViewerCursor
import twitchactors.profile.SealedDay
import twitchactors.store.Seals
import twitchactors.store.ViewerDatabase
import twitchactors.store.ViewerDayBatch
import twitchactors.store.ViewerDayDocuments
import twitchactors.store.ViewerDays
import twitchactors.store.ViewerSample
import java.util.Arrays
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor

/**
 * Writes what follows from a sealed day to the viewer database: the viewer-days that differ from those published before, and the
 * list that random viewers come from; makes that durable; notes it. All of it can be done again.
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
    fun publish(sealed: SealedDay, before: SealedDay?): CompletionStage<Done> = Source.fromIterator { ChangedViewers(sealed, before) }
        .mapAsync(WRITES) { database.viewerDays.write(it) }
        .runWith(Sink.ignore(), system)
        .thenCompose { database.randomViewers.write(sealed.day, sealed.partition, sealed.revision, sample(sealed)) }
        .thenApplyAsync({
            makeDurable()
            seals.markPublished(sealed.day, sealed.partition, sealed.revision)
            Done.getInstance()
        }, blocking)

    private fun sample(sealed: SealedDay) = ViewerSample(sealed.day).let { sample ->
        val cursor = OpenDayForm.cursor(sealed.form)
        while (cursor.next()) cursor.pairs(sample)
        sample.logins
    }

    /** The documents of viewers whose day is not what it was [before], batch by batch, made when they are asked for. */
    private class ChangedViewers(private val sealed: SealedDay, before: SealedDay?) : Iterator<ViewerDayBatch> {
        private val now = OpenDayForm.cursor(sealed.form)
        private val old = before?.let { OpenDayForm.cursor(it.form) }
        private var oldIsThere = old?.next() == true
        private var next: ViewerDayBatch? = read()

        override fun hasNext() = next != null

        override fun next(): ViewerDayBatch = (next ?: throw NoSuchElementException()).also { next = read() }

        private fun read(): ViewerDayBatch? {
            val documents = ViewerDayDocuments(sealed.day, sealed.revision, now.streamers)
            while (documents.size < ViewerDays.BATCH && now.next()) {
                if (!isAsBefore()) now.pairs(documents)
            }
            return documents.batches().firstOrNull()
        }

        private fun isAsBefore(): Boolean {
            val old = old ?: return false
            while (oldIsThere && compare(old, now) < 0) oldIsThere = old.next()
            return oldIsThere && compare(old, now) == 0 && pairs(old) == pairs(now)
        }

        private fun compare(a: ViewerCursor, b: ViewerCursor) = Arrays.compare(a.viewer, 0, a.length, b.viewer, 0, b.length)

        private fun pairs(cursor: ViewerCursor): List<Any> = buildList {
            cursor.pairs { _, _, streamer, runs, count ->
                add(cursor.streamers[streamer].name)
                for (i in 0 until count) add(runs[i])
            }
        }
    }

    private companion object {
        /** Bulks on their way at a time. */
        const val WRITES = 2
    }
}
