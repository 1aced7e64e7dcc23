package twitchactors.sweeps

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import twitchactors.sources.Category
import twitchactors.sources.NoAnswer
import twitchactors.sources.StreamList
import twitchactors.sources.TwitchApi
import java.util.concurrent.CompletionException
import java.util.concurrent.CompletionStage

/** The streams of one category, or why they could not be had. */
internal class CategoryStreams private constructor(val category: Category, val streams: StreamList?, val reason: String?) {
    companion object {
        /**
         * Asks [api] for up to [count] streams of each of [categories], [parallelism] at a time. A failure stays with its category;
         * the order is that of [categories].
         */
        fun ask(
            system: ActorSystem<*>,
            api: TwitchApi,
            categories: List<Category>,
            count: Int,
            parallelism: Int,
        ): CompletionStage<List<CategoryStreams>> = Source.from(categories)
            .mapAsync(parallelism) { category ->
                api.streamsOf(category.id, count).handle { streams, failure ->
                    if (failure == null) CategoryStreams(category, streams, null) else CategoryStreams(category, null, reason(failure))
                }
            }
            .runWith(Sink.seq(), system)

        /** Why there is no answer, for people. */
        fun reason(failure: Throwable): String {
            val cause = generateSequence(failure) { if (it is CompletionException) it.cause else null }.last()
            return if (cause is NoAnswer) cause.reason else "$cause"
        }
    }
}
