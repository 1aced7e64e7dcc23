package twitchactors.sweeps

import org.apache.pekko.actor.typed.ActorSystem
import twitchactors.domain.StreamRow
import twitchactors.sources.Category
import twitchactors.sources.TwitchApi
import java.time.Instant
import java.util.concurrent.CompletionStage

/** The streams with the most viewers of each of some categories. */
class StreamSweep(private val system: ActorSystem<*>, private val api: TwitchApi, private val settings: SweepsSettings) {
    /**
     * Sweeps once; [timestamp] is now. A streamer who changes the category meanwhile is listed in both: the first counts, that of the
     * greater category.
     */
    fun sweep(timestamp: Instant, categories: List<Category>): CompletionStage<Swept<StreamRow>> =
        CategoryStreams.ask(system, api, categories, settings.streamsPerCategory, settings.parallelism).thenApply { asked ->
            val (had, lost) = asked.partition { it.streams != null }
            val rows = had.flatMap { answer ->
                answer.streams!!.streams.mapNotNull { stream ->
                    // One that tells no viewers has no row.
                    val viewers = stream.liveViewers ?: return@mapNotNull null
                    val tags = stream.tags.joinToString(CategorySweep.TAG_SEPARATOR)
                    StreamRow(timestamp, answer.category.name, stream.title, stream.streamer, viewers, tags)
                }
            }.distinctBy { it.channel }
            Swept(timestamp, categories, rows, lost.associate { it.category.name to it.reason!! }, had.count { it.streams!!.isCut })
        }
}
