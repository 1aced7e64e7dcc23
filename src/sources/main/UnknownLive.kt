package twitchactors.sources

import twitchactors.domain.Login
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * What can be said without Twitch's API: nothing of who is live, so every streamer who is tracked is looked for in the chat, and nothing of
 * who has the most viewers.
 */
object UnknownLive : TwitchApi {
    override fun liveStreams(streamers: Collection<Login>): CompletionStage<List<LiveStream>> =
        CompletableFuture.completedFuture(streamers.distinct().map(::unknown))

    override fun topStreams(language: String, count: Int): CompletionStage<StreamList> = refused()

    override fun streamsOf(categoryId: String, count: Int): CompletionStage<StreamList> = refused()

    override fun topCategories(count: Int): CompletionStage<List<Category>> = refused()

    private fun unknown(streamer: Login) = LiveStream(
        streamer,
        userId = "",
        streamId = "",
        title = "",
        categoryId = "",
        category = "",
        language = "",
        tags = emptyList(),
        liveViewers = null,
        startedAt = Instant.EPOCH,
    )

    private fun <T> refused(): CompletionStage<T> =
        CompletableFuture.failedFuture(NoAnswer("Twitch's API is not asked without credentials"))
}
