package twitchactors.sources

import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentHashMap

/**
 * Get Chatters: who is in a chat, for channels that an account that authorized us owns or moderates. Which these are is found out by
 * asking; a refusal is remembered for a while.
 *
 * @param nanos a monotonic clock
 */
internal class HelixChatters(
    private val calls: HelixCalls,
    private val tokens: GrantedTokens,
    private val notPermittedFor: Duration,
    private val nanos: () -> Long = System::nanoTime,
) {
    private data class Asked(val userId: String, val channelId: String)

    /** Until when not to ask. */
    private val refused = ConcurrentHashMap<Asked, Long>()

    private val permitted = ChannelReaders(MOST_REMEMBERED)

    /** Whether there is any account that could be asked with. */
    val isPossible: Boolean get() = tokens.able(SCOPE).isNotEmpty()

    /**
     * Who is in the chat of [stream]: all pages, or [NoAnswer]. Not complete when Twitch gives fewer names than it counts, even when
     * all is asked for again. Fails with [NotPermitted] when no account may read it.
     */
    fun chatters(stream: LiveStream): CompletionStage<Chatters> {
        val able = tokens.able(SCOPE).filter { mayAsk(Asked(it.grant.userId, stream.userId)) }
        val known = permitted[stream.userId]
        return with(able.sortedByDescending { it.grant.userId == stream.userId || it.grant.userId == known }, stream.userId)
    }

    private fun with(able: List<GrantedToken>, channel: String): CompletionStage<Chatters> {
        val token = able.firstOrNull() ?: return CompletableFuture.failedFuture(NotPermitted())
        val user = token.grant.userId
        return Walk(token, channel).whole().handle { chatters, failure ->
            val reason = failure?.let { NoAnswer.of(it) }
            when {
                reason == null -> {
                    permitted[channel] = user
                    CompletableFuture.completedFuture(chatters)
                }
                reason is Refused && reason.status == FORBIDDEN -> {
                    permitted.remove(channel, user)
                    remember(Asked(user, channel))
                    with(able.drop(1), channel)
                }
                else -> throw reason
            }
        }.thenCompose { it }
    }

    private fun mayAsk(asked: Asked) = refused[asked]?.let { it <= nanos() } != false

    private fun remember(asked: Asked) {
        if (refused.size >= MOST_REMEMBERED) nanos().let { now -> refused.values.removeIf { it <= now } }
        if (refused.size < MOST_REMEMBERED) refused[asked] = nanos() + notPermittedFor.toNanos()
    }

    private inner class Walk(private val token: GrantedToken, private val channel: String) {
        private val list = ChatterList()
        private var total: Int? = null
        private var dropped = 0
        private var pages = 0

        /** A second time over all pages when names are missing, which pages are known to do. */
        fun whole(): CompletionStage<Chatters> = first(null, 0).thenCompose {
            val walked = pages
            dropped = 0
            if (isShort()) second(null, walked + Listing.MOST_BARREN) else CompletableFuture.completedFuture(Unit)
        }.thenApply { list.chatters(!isShort()) }

        private fun isShort() = total?.let { list.count + list.dropped < it } == true

        /** @param barren pages in a row that brought nothing */
        private fun first(cursor: String?, barren: Int): CompletionStage<Unit> = taken(cursor).thenCompose { (page, added) ->
            val now = if (added > 0 || page.dropped > 0) 0 else barren + 1
            when {
                page.cursor == null -> CompletableFuture.completedFuture(Unit)
                now == Listing.MOST_BARREN -> throw NoAnswer("Twitch's pages of chatters lead in a circle")
                else -> first(page.cursor, now)
            }
        }

        /** Its pages bring little that is new: only their number shows a circle. */
        private fun second(cursor: String?, most: Int): CompletionStage<Unit> = taken(cursor).thenCompose { (page, _) ->
            val goesOn = page.cursor != null && most > 1 && isShort()
            if (goesOn) second(page.cursor, most - 1) else CompletableFuture.completedFuture(Unit)
        }

        private fun taken(cursor: String?): CompletionStage<Pair<ChatterPage, Int>> = page(cursor).thenApply { page ->
            pages++
            total = page.total ?: total
            dropped += page.dropped
            list.dropped(dropped)
            page to list.add(page)
        }

        private fun page(cursor: String?): CompletionStage<ChatterPage> {
            val after = cursor?.let { "&after=${TwitchHttp.encoded(it)}" }.orEmpty()
            val path = "/chat/chatters?broadcaster_id=$channel&moderator_id=${token.grant.userId}&first=$PAGE$after"
            return calls.get(path, token, ChatterPage::of)
        }
    }

    private companion object {
        const val SCOPE = TwitchOAuth.READ_CHATTERS
        const val PAGE = 1000
        const val FORBIDDEN = 403
        const val MOST_REMEMBERED = 200_000
    }
}
