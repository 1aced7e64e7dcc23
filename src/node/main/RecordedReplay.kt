package twitchactors.node

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Behaviors
import twitchactors.archive.SampleFile
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.LoginFilter
import twitchactors.store.DayStatus
import twitchactors.topics.FeedSummary
import twitchactors.topics.RecordedFeed
import java.util.concurrent.ExecutionException

/**
 * Feeds recorded days to a running pipeline, and waits until each is sealed and published.
 *
 * @param source [RecordedFeed.REPLAY] or [RecordedFeed.RESTORE]
 */
class RecordedReplay(
    private val running: Running,
    private val steps: Steps,
    private val patience: Patience,
    private val source: String = RecordedFeed.REPLAY,
) : AutoCloseable {
    /**
     * A day that was fed.
     *
     * @param before what was known of the day; null: nothing
     */
    class Done(val fed: FeedSummary, val before: DayStatus?, val status: DayStatus, val seconds: Double) {
        val document = SummaryDocument(
            fed.day, fed.files, fed.rejected, fed.samples, fed.gaps, fed.slotsMissing, fed.namesDropped,
            SummaryDocument.Totals(status.sightings, status.viewers, status.pairs, status.digest), seconds,
        )
    }

    private val feeder = if (running.node == null) feeder() else null

    /** What feeds: the node's, or one of its own where the node is in another process. */
    val system: ActorSystem<*> = feeder ?: running.node!!.system
    private val feed = RecordedFeed(system, running.services.kafka, running.configuration.topics, admits = ::admitted)

    /** Everybody but those who are kept out now: whom the recording still names does not come into Kafka again. */
    private fun admitted(): LoginFilter {
        var filter: LoginFilter = LoginFilter.All
        patience.until("the list of those who are kept out") {
            running.tend()
            val keptOut = running.stores.suppressions.snapshot()
            if (keptOut.size > 0) filter = LoginFilter { bytes, from, to -> !keptOut.contains(bytes, from, to) }
            true
        }
        return filter
    }

    /** Only what a stream needs. */
    private fun feeder(): ActorSystem<Void> = ActorSystem.create(
        Behaviors.empty<Void>(),
        "feeder",
        ConfigFactory.parseString("pekko.actor.provider = local").withFallback(running.configuration.config),
    )

    /** Feeds those of [files] that are of [day]. */
    fun day(files: List<SampleFile>, day: Day): Done {
        val began = System.nanoTime()
        val stores = running.stores
        var before: DayStatus? = null
        patience.until("what is known of $day") {
            running.tend()
            before = stores.lastStatus(day)
            true
        }
        steps.begin("feeding $day (files)", files.count { it.name.day == day }.toLong())
        val fed = feed(files, day)
        val status = UntilSealed(running, steps, patience).await(day, fed.feed)
        return Done(fed, before, status, (System.nanoTime() - began) / 1e9)
    }

    private fun feed(files: List<SampleFile>, day: Day): FeedSummary {
        val feeding = feed.start(files, day, source) { steps.advance(it.toLong()) }
        val done = feeding.done.toCompletableFuture()
        try {
            patience.until("$day to be fed") {
                running.tend()
                done.isDone
            }
            return done.get()
        } catch (failure: ExecutionException) {
            throw generateSequence<Throwable>(failure) { it.cause }.firstOrNull { it is BadInput } ?: failure
        } finally {
            if (!done.isDone) feeding.stop()
        }
    }

    override fun close() {
        feeder?.terminate()
    }
}
