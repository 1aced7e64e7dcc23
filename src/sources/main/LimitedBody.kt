package twitchactors.sources

import twitchactors.domain.ByteSink
import java.net.http.HttpResponse
import java.nio.ByteBuffer
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Flow

/** Takes in a body of [limit] bytes at most; a longer one is a failure as soon as it is longer. */
internal class LimitedBody(private val limit: Long) : HttpResponse.BodySubscriber<ByteSink> {
    private val whole = CompletableFuture<ByteSink>()
    private val bytes = ByteSink(FIRST)
    private lateinit var subscription: Flow.Subscription

    override fun getBody(): CompletionStage<ByteSink> = whole

    override fun onSubscribe(subscription: Flow.Subscription) {
        this.subscription = subscription
        subscription.request(Long.MAX_VALUE)
    }

    override fun onNext(buffers: List<ByteBuffer>) {
        for (buffer in buffers) {
            val length = buffer.remaining()
            if (bytes.size.toLong() + length > limit) {
                subscription.cancel()
                whole.completeExceptionally(NoAnswer("Twitch's answer is longer than $limit bytes"))
                return
            }
            bytes.room(length)
            buffer.get(bytes.array, bytes.size, length)
            bytes.advance(length)
        }
    }

    override fun onError(failure: Throwable) {
        whole.completeExceptionally(failure)
    }

    override fun onComplete() {
        whole.complete(bytes)
    }

    private companion object {
        const val FIRST = 8192
    }
}
