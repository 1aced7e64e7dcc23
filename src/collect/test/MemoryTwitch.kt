package twitchactors.collect

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Slot
import twitchactors.sources.Category
import twitchactors.sources.ChatterLists
import twitchactors.sources.ChatterSource
import twitchactors.sources.Chatters
import twitchactors.sources.LiveStream
import twitchactors.sources.StreamList
import twitchactors.sources.TwitchApi
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

/** Twitch in memory, with faults that can be switched on. Who is in a chat follows from streamer and slot. */
internal class MemoryTwitch :
    TwitchApi,
    ChatterLists {
    /** Who is live, most viewers first. */
    @Volatile
    var live: List<Login> = emptyList()

    /** What is said instead of an answer about the top streamers. */
    @Volatile
    var topFails: () -> Throwable? = { null }

    @Volatile
    var liveFails: (Collection<Login>) -> Throwable? = { null }

    /** What becomes of an answer about chatters. */
    @Volatile
    var answer: (Login, () -> Chatters) -> CompletionStage<Chatters> = { _, chatters -> CompletableFuture.completedFuture(chatters()) }

    /** The logins that were given out, by streamer and slot. */
    val served = ConcurrentHashMap<Pair<String, Int>, List<String>>()
    val questions = AtomicInteger()
    val followed: MutableSet<Login> = ConcurrentHashMap.newKeySet()

    override fun liveStreams(streamers: Collection<Login>): CompletionStage<List<LiveStream>> {
        questions.incrementAndGet()
        liveFails(streamers)?.let { return CompletableFuture.failedFuture(it) }
        return CompletableFuture.completedFuture(streamers.filter { it in live }.map(::stream))
    }

    override fun topStreams(language: String, count: Int): CompletionStage<StreamList> {
        topFails()?.let { return CompletableFuture.failedFuture(it) }
        return CompletableFuture.completedFuture(StreamList(live.take(count).map(::stream), false))
    }

    override fun streamsOf(categoryId: String, count: Int): CompletionStage<StreamList> = throw UnsupportedOperationException()

    override fun topCategories(count: Int): CompletionStage<List<Category>> = throw UnsupportedOperationException()

    override fun follow(streamer: Login) {
        followed += streamer
    }

    override fun unfollow(streamer: Login) {
        followed -= streamer
    }

    override fun chatters(stream: LiveStream, day: Day, slot: Slot): CompletionStage<Chatters> = answer(stream.streamer) {
        val names = names(stream.streamer, DaySlot.of(day, slot.index))
        served[stream.streamer.name to DaySlot.of(day, slot.index).number] = names
        Chatters(ChatterSource.CHATTERS, true, names.joinToString("\n").toByteArray(), 0)
    }

    companion object {
        fun names(streamer: Login, slot: DaySlot) =
            List(1 + (streamer.name.hashCode() and 3)) { "v_${streamer.name}_${(slot.number / 3 + it) % 7}" }

        fun stream(streamer: Login) = LiveStream(
            streamer, "1", "2", "A title", "3", "Just Chatting", "fr",
            listOf(
                "tag",
            ),
            1000, Instant.parse("2022-08-01T10:00:00Z"),
        )
    }
}
