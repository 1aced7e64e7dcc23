package twitchactors.sweeps

import org.apache.pekko.actor.typed.ActorSystem
import twitchactors.domain.CategoryRow
import twitchactors.sources.Category
import twitchactors.sources.LiveStream
import twitchactors.sources.TwitchApi
import java.time.Instant
import java.util.concurrent.CompletionStage

/**
 * The categories with the most viewers, and how many each has: what Twitch tells of the category, and where it tells nothing, as its API
 * does, the sum over its streams. The order is Twitch's own, which knows the whole sum.
 */
class CategorySweep(private val system: ActorSystem<*>, private val api: TwitchApi, private val settings: SweepsSettings) {
    /** Sweeps once; [timestamp] is now. Fails with [twitchactors.sources.NoAnswer] when the categories themselves cannot be had. */
    fun sweep(timestamp: Instant): CompletionStage<Swept<CategoryRow>> = api.topCategories(settings.categories).thenCompose { found ->
        // Their name is the key of a row, so of two of one name the one with more viewers stays.
        val categories = found.distinctBy { it.name }
        val untold = categories.filter { it.viewers == null }
        CategoryStreams.ask(system, api, untold, settings.streamsSummed, settings.parallelism).thenApply { asked ->
            val (had, lost) = asked.partition { it.streams != null }
            val streams = had.associate { it.category to it.streams!!.streams }
            val rows = categories.mapNotNull { category ->
                if (category.viewers == null) {
                    streams[category]?.let { row(timestamp, category, viewers(it), tags(it)) }
                } else {
                    row(timestamp, category, category.viewers!!, category.tags.take(settings.categoryTags))
                }
            }
            Swept(timestamp, categories, rows, lost.associate { it.category.name to it.reason!! }, had.count { it.streams!!.isCut })
        }
    }

    private fun row(timestamp: Instant, category: Category, viewers: Int, tags: List<String>): CategoryRow {
        val image = category.boxArtUrl.replace("{width}", "$IMAGE_WIDTH").replace("{height}", "$IMAGE_HEIGHT")
        return CategoryRow(timestamp, category.name, viewers, tags.joinToString(TAG_SEPARATOR), image)
    }

    private fun viewers(streams: List<LiveStream>): Int =
        streams.sumOf { (it.liveViewers ?: 0).toLong() }.coerceAtMost(Int.MAX_VALUE.toLong()).toInt()

    /** Of two that are equally frequent the alphabetically first, so that the same streams always have the same tags. */
    private fun tags(streams: List<LiveStream>): List<String> = streams.flatMap { it.tags.distinct() }
        .groupingBy { it }.eachCount().entries
        .sortedWith(compareByDescending<Map.Entry<String, Int>> { it.value }.thenBy { it.key })
        .take(settings.categoryTags)
        .map { it.key }

    companion object {
        /** Between the tags of a row. */
        const val TAG_SEPARATOR = ", "

        private const val IMAGE_WIDTH = 285
        private const val IMAGE_HEIGHT = 380
    }
}
