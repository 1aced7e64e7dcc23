package twitchactors.sources

import twitchactors.domain.ByteSink
import java.net.ConnectException
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpConnectTimeoutException
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executors
import java.util.concurrent.ScheduledThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean

/**
 * HTTP as a client of Twitch needs it: a reply comes whole, within a time and a size, or as a [NoAnswer]. Blocks nobody's thread.
 *
 * It is the JDK's client: asynchronous, with HTTP/2 where Twitch speaks it, and usable by a command that has no actor system. What
 * it lacks is here: its own timeout ends with the headers, so a body that trickles would never end, and it takes in bodies of any size.
 */
internal class TwitchHttp(private val settings: SourcesSettings) : AutoCloseable {
    private val threads = Executors.newFixedThreadPool(THREADS) { thread(it, "twitch-http") }
    private val timer = ScheduledThreadPoolExecutor(1) { thread(it, "twitch-time") }.apply { removeOnCancelPolicy = true }
    private val clients = HttpClient.Version.entries.associateWith { version ->
        lazy { HttpClient.newBuilder().version(version).connectTimeout(settings.connectTimeout).executor(threads).build() }
    }

    /** @param headers names and values in turn */
    fun get(address: String, vararg headers: String): CompletionStage<HttpReply> =
        send(HttpRequest.newBuilder(URI(address)).headers(*headers).GET().build())

    /** Posts a form. */
    fun post(address: String, vararg fields: Pair<String, String>): CompletionStage<HttpReply> {
        val form = fields.joinToString("&") { (name, value) -> "$name=${encoded(value)}" }
        return send(HttpRequest.newBuilder(URI(address)).header("Content-Type", FORM).POST(BodyPublishers.ofString(form)).build())
    }

    /** Does [action] after [pause], on a thread that it must not block. */
    fun after(pause: Duration, action: () -> Unit) {
        timer.schedule(action, pause.toNanos(), TimeUnit.NANOSECONDS)
    }

    private fun send(request: HttpRequest): CompletionStage<HttpReply> {
        // Over plain connections an offer of HTTP/2 would be one more header that nobody takes.
        val version = if (request.uri().scheme == "https") HttpClient.Version.HTTP_2 else HttpClient.Version.HTTP_1_1
        val answer = clients.getValue(version).value.sendAsync(request) { LimitedBody(settings.longestReply) }
        val isLate = AtomicBoolean()
        val limit = timer.schedule({
            isLate.set(true)
            answer.cancel(true)
        }, settings.replyTimeout.toNanos(), TimeUnit.NANOSECONDS)
        val result = CompletableFuture<HttpReply>()
        answer.whenComplete { response: HttpResponse<ByteSink>?, failure: Throwable? ->
            limit.cancel(false)
            when {
                response != null -> result.complete(HttpReply(response.statusCode(), response.headers(), response.body()))
                isLate.get() -> result.completeExceptionally(late())
                else -> result.completeExceptionally(explained(checkNotNull(failure)))
            }
        }
        return result
    }

    private fun late() = NoAnswerYet("Twitch gave no whole answer within ${settings.replyTimeout.toMillis() / 1000.0} s")

    private fun explained(failure: Throwable): NoAnswer {
        val causes = generateSequence(failure) { it.cause }.toList()
        causes.firstNotNullOfOrNull { it as? NoAnswer }?.let { return it }
        return when {
            causes.any { it is HttpConnectTimeoutException } -> NoAnswerYet("Twitch takes no connection", failure)
            causes.any { it is ConnectException } -> NoAnswerYet("Twitch cannot be reached", failure)
            else -> NoAnswerYet("the connection to Twitch broke", failure)
        }
    }

    /** Ends its threads; what is under way gets no answer. */
    override fun close() {
        timer.shutdownNow()
        threads.shutdown()
    }

    companion object {
        private const val THREADS = 4
        private const val FORM = "application/x-www-form-urlencoded"

        fun encoded(value: String): String = URLEncoder.encode(value, Charsets.UTF_8)

        private fun thread(work: Runnable, name: String) = Thread(work, name).apply { isDaemon = true }
    }
}
