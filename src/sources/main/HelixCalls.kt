package twitchactors.sources

import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * One request to Helix, until there is an answer or none is to be expected: a point is waited for, a token that is refused is
 * replaced once, 429 waits for the budget, and what may pass is tried again.
 */
internal class HelixCalls(private val settings: SourcesSettings, private val http: TwitchHttp, private val points: Points) {
    private val retries = Retries(http, settings.retries, settings.retryAfter)
    private val inFlight = InFlight(settings.inFlight)

    /**
     * @param path below Helix's address, with the query
     * @param read takes the answer in; throws [NoAnswerYet] when it cannot be read
     */
    fun <T> get(path: String, token: HelixToken, read: (HttpReply) -> T): CompletionStage<T> {
        val call = Call(path, token)
        return retries.run { call.once().thenApply(read) }
    }

    private inner class Call(private val path: String, private val token: HelixToken) {
        private var isRenewed = false
        private var waits = 0

        fun once(): CompletionStage<HttpReply> = token.access().thenCompose { ask(it) }

        private fun ask(access: Secret): CompletionStage<HttpReply> = points.take(token.budget)
            .thenCompose { inFlight.run { http.get(settings.twitch.api + path, *headers(access)) }.account() }
            .thenCompose { answered(it, access) }

        /** Tells the budget what the reply says, as soon as it is there. */
        private fun CompletionStage<HttpReply>.account(): CompletionStage<HttpReply> = whenComplete { reply, _ ->
            points.done(token.budget, reply?.let { RateLimit.of(it.headers) }, reply?.status == TOO_MANY)
        }

        private fun answered(reply: HttpReply, access: Secret): CompletionStage<HttpReply> = when (reply.status) {
            in 200..299 -> CompletableFuture.completedFuture(reply)
            UNAUTHORIZED -> if (isRenewed) throw refused(reply) else anew(access)
            TOO_MANY -> if (++waits > MOST_WAITS) throw NoAnswer("Twitch answered 429, too many requests, $waits times") else ask(access)
            in 500..599 -> throw NoAnswerYet("Twitch answered ${reply.status}")
            else -> throw refused(reply)
        }

        private fun anew(refused: Secret): CompletionStage<HttpReply> {
            isRenewed = true
            return token.instead(refused).thenCompose { ask(it) }
        }

        private fun headers(access: Secret) =
            arrayOf("Authorization", "Bearer ${access.reveal()}", "Client-Id", settings.twitch.clientId, "Accept", "application/json")

        private fun refused(reply: HttpReply) = Refused(reply.status, JsonReply.message(reply))
    }

    private companion object {
        const val UNAUTHORIZED = 401
        const val TOO_MANY = 429

        /** After each of them the budget lets nobody ask before its reset. */
        const val MOST_WAITS = 5
    }
}
