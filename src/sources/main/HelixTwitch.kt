package twitchactors.sources

import twitchactors.domain.Login
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/** Twitch's API proper. Asks with the app's token; blocks nobody. */
internal class HelixTwitch(private val calls: HelixCalls, private val token: HelixToken) : TwitchApi {
    /**
     * One request for 100 streamers. Who is absent is asked for again until that brings nobody: the list is known to miss entries,
     * and a streamer must not be taken for offline by that.
     */
    override fun liveStreams(streamers: Collection<Login>): CompletionStage<List<LiveStream>> {
        val found = HashMap<Login, LiveStream>()
        return missing(streamers.toSet(), found, 0).thenApply { found.values.toList() }
    }

    private fun missing(absent: Set<Login>, found: MutableMap<Login, LiveStream>, rounds: Int): CompletionStage<Unit> {
        val batches = absent.chunked(Listing.PAGE).map { batch(it).toCompletableFuture() }
        return CompletableFuture.allOf(*batches.toTypedArray()).thenCompose {
            val before = found.size
            batches.forEach { batch -> batch.join().forEach { if (it.streamer in absent) found.putIfAbsent(it.streamer, it) } }
            val rest = absent - found.keys
            val isOver = rest.isEmpty() || rounds > 0 && found.size == before || rounds == MOST_ROUNDS
            if (isOver) CompletableFuture.completedFuture(Unit) else missing(rest, found, rounds + 1)
        }
    }

    private fun batch(streamers: List<Login>): CompletionStage<List<LiveStream>> {
        val logins = streamers.joinToString("") { "&user_login=${it.name}" }
        return calls.get("/streams?first=${Listing.PAGE}$logins", token, HelixRows::streams).thenApply { it.entries }
    }

    override fun topStreams(language: String, count: Int): CompletionStage<StreamList> = streams("language", language, count)

    override fun streamsOf(categoryId: String, count: Int): CompletionStage<StreamList> = streams("game_id", categoryId, count)

    private fun streams(filter: String, value: String, count: Int): CompletionStage<StreamList> {
        val path = "/streams?first=${Listing.PAGE}&$filter=${TwitchHttp.encoded(value)}"
        return walked(path, count, HelixRows::streams) { it.streamer }.thenApply { StreamList(it.entries, it.isCut) }
    }

    override fun topCategories(count: Int): CompletionStage<List<Category>> =
        walked("/games/top?first=${Listing.PAGE}", count, HelixRows::categories) { it.id }.thenApply { it.entries }

    private fun <T> walked(path: String, count: Int, read: (HttpReply) -> Listing.Page<T>, key: (T) -> Any) =
        Listing(count, key) { cursor -> calls.get(path + cursor?.let { "&after=${TwitchHttp.encoded(it)}" }.orEmpty(), token, read) }.walk()

    private companion object {
        const val MOST_ROUNDS = 8
    }
}
