package twitchactors.sweeps

import twitchactors.domain.Login
import twitchactors.sources.Category
import twitchactors.sources.LiveStream
import twitchactors.sources.NoAnswer
import twitchactors.sources.StreamList
import twitchactors.sources.TwitchApi
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentHashMap

/** A Twitch of a few categories; those in [silent] give no answer, nor do the categories themselves when it has `""`. */
class TwitchInMemory(var streams: Map<Category, List<LiveStream>>) : TwitchApi {
    val silent: MutableSet<String> = ConcurrentHashMap.newKeySet()

    override fun topCategories(count: Int): CompletionStage<List<Category>> = answer("") {
        streams.entries.sortedByDescending { it.value.sumOf { stream -> stream.liveViewers ?: 0 } }.map { it.key }.take(count)
    }

    override fun streamsOf(categoryId: String, count: Int): CompletionStage<StreamList> = answer(categoryId) {
        val all = streams.entries.first { it.key.id == categoryId }.value.sortedByDescending { it.liveViewers }
        StreamList(all.take(count), isCut = all.size > count)
    }

    override fun liveStreams(streamers: Collection<Login>) = error("is not asked for")

    override fun topStreams(language: String, count: Int) = error("is not asked for")

    private fun <T> answer(about: String, answer: () -> T): CompletionStage<T> =
        if (about in silent) CompletableFuture.failedFuture(NoAnswer("Twitch answered 503")) else CompletableFuture.supplyAsync(answer)
}

object Streams {
    /** Titles as streamers write them. */
    val titles = listOf(
        "🦇BATMAN👨‍👩‍👧🦇", "Семейный психолог 🙏🏻", "なつめ先生 亞洲統神", "<script>alert(1)</script> &amp;", "\"quoted\", with comma",
        "two\nlines\r\nor three", "", " blanks ", "back\\slash \\n", "'; DROP TABLE streamers; --", "=1+1", "İ ﷽ ￿ \u0001",
    )

    fun category(id: Int, name: String = "Category $id") = Category("$id", name, "https://box.art/$id-{width}x{height}.jpg")

    fun stream(login: String, viewers: Int, title: String = "hi", tags: List<String> = emptyList()) = LiveStream(
        Login.require(login), "1$login", "2$login", title, "9", "shown elsewhere", "fr", tags, viewers, Instant.EPOCH,
    )
}
