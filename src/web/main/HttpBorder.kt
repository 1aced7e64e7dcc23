package twitchactors.web

import org.apache.pekko.actor.ClassicActorSystemProvider
import org.apache.pekko.http.javadsl.model.AttributeKeys
import org.apache.pekko.http.javadsl.model.ContentTypes
import org.apache.pekko.http.javadsl.model.HttpEntities
import org.apache.pekko.http.javadsl.model.HttpRequest
import org.apache.pekko.http.javadsl.model.HttpResponse
import org.apache.pekko.http.javadsl.model.StatusCodes
import org.apache.pekko.http.javadsl.model.headers.RawHeader
import org.apache.pekko.http.scaladsl.model.IllegalUriException
import org.apache.pekko.stream.Materializer
import org.apache.pekko.stream.SystemMaterializer
import org.apache.pekko.stream.javadsl.Source
import org.apache.pekko.util.ByteString
import org.slf4j.LoggerFactory
import java.io.ByteArrayOutputStream
import java.net.URLDecoder
import java.util.UUID
import java.util.concurrent.ArrayBlockingQueue
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import java.util.zip.GZIPOutputStream
import kotlin.jvm.optionals.getOrNull

/**
 * Between the HTTP library and the site: bytes to fields and back, the headers that every answer wears, and two small pools of
 * threads with bounded queues. Passwords, which are slow on purpose, have their own: guessing them by the thousand fills that
 * one, is answered with 429, and slows no page.
 */
internal class HttpBorder(private val site: Site, private val settings: WebSettings, system: ClassicActorSystemProvider) : AutoCloseable {
    private val log = LoggerFactory.getLogger("twitchactors.web.HttpBorder")
    private val materializer: Materializer = SystemMaterializer.get(system).materializer()
    private val pages = pool("web", threads = 4, queue = 256)
    private val events = pool("web-events", threads = 1, queue = MOST_STREAMS)
    private val streams = AtomicInteger()
    private val passwords = pool("web-passwords", threads = 2, queue = 32)

    fun handle(request: HttpRequest): CompletionStage<HttpResponse> {
        val id = UUID.randomUUID().toString()
        val type = request.entity().contentType.mediaType().toString()
        if (request.method().name() != "POST" || type != FORM) {
            request.discardEntityBytes(materializer)
            return answer(request, emptyMap(), id)
        }
        return request.entity().toStrict(2_000, LONGEST_FORM, materializer)
            .handle { body, failure -> if (failure == null) fields(body.data.utf8String()) else null }
            .thenCompose { form ->
                if (form == null) {
                    val asked = asked(request, emptyMap(), id)
                    done(request, Answer.error(asked, 413, "too_large", "This form is larger than $LONGEST_FORM bytes, or never ended."))
                } else {
                    answer(request, form, id)
                }
            }
    }

    private fun answered(request: HttpRequest, asked: Asked): HttpResponse {
        val answer = guarded(asked)
        return if (answer.type == Answer.EVENTS && asked.method == "GET") events(request, answer, asked) else response(request, answer)
    }

    /**
     * Goes on until the reader goes, or an answer is another one than an event: as when the session has ended. Whoever is slow gets fewer
     * events, never old ones.
     */
    private fun events(request: HttpRequest, first: Answer, asked: Asked): HttpResponse {
        if (streams.get() >= MOST_STREAMS) {
            val busy = Answer.error(asked, 429, "busy", "Too many listen at once. Try again in a moment.")
            return response(request, busy.with("Retry-After", "30"))
        }
        val further = Source.tick(settings.refreshEvery, settings.refreshEvery, asked)
            .mapAsync(1) { next(it) }
            .takeWhile { it.type == Answer.EVENTS }
        val bytes = Source.single(first).concat(further).map { ByteString.fromArray(it.body) }
            .watchTermination { begun, done ->
                streams.incrementAndGet()
                done.whenComplete { _, _ -> streams.decrementAndGet() }
                begun
            }
        return HttpResponse.create()
            .withEntity(HttpEntities.createChunked(ContentTypes.parse(Answer.EVENTS), bytes))
            .withHeaders(ALWAYS.map { (name, value) -> RawHeader.create(name, value) })
    }

    /** What is no event ends the stream, as when the server ends. */
    private fun next(asked: Asked): CompletionStage<Answer> = try {
        CompletableFuture.supplyAsync({ guarded(asked) }, events)
    } catch (_: RejectedExecutionException) {
        CompletableFuture.completedFuture(Answer.error(asked, 503, "busy", "Too much is asked at once."))
    }

    override fun close() {
        events.shutdownNow()
        pages.shutdownNow()
        passwords.shutdownNow()
    }

    private fun answer(request: HttpRequest, form: Map<String, String>, id: String): CompletionStage<HttpResponse> {
        val asked = asked(request, form, id)
        val slow = asked.header("authorization") != null || !asked.reads && asked.path == "/login"
        return try {
            CompletableFuture.supplyAsync({ answered(request, asked) }, if (slow) passwords else pages)
        } catch (_: RejectedExecutionException) {
            val status = if (slow) 429 else 503
            done(request, Answer.error(asked, status, "busy", "Too much is asked at once. Try again in a moment.").with("Retry-After", "2"))
        }
    }

    private fun guarded(asked: Asked): Answer = try {
        site.answer(asked)
    } catch (e: Exception) {
        log.error("request {} to {} failed", asked.id, asked.path, e)
        Answer.error(asked, 500, "failed", "Something went wrong here, not with you. The log knows this request by its number.")
    }

    private fun done(request: HttpRequest, answer: Answer): CompletionStage<HttpResponse> =
        CompletableFuture.completedFuture(response(request, answer))

    private fun asked(request: HttpRequest, form: Map<String, String>, id: String): Asked {
        val headers = HashMap<String, String>()
        request.headers.forEach { headers[it.lowercaseName()] = it.value() }
        val forwarded = headers["x-forwarded-for"].takeIf { settings.behindProxy }?.substringAfterLast(',')?.trim()
        return Asked(
            method = request.method().name(),
            path = path(request),
            headers = headers,
            form = form,
            address = forwarded ?: request.getAttribute(AttributeKeys.remoteAddress).getOrNull()?.address?.getOrNull()?.hostAddress ?: "?",
            https = settings.behindProxy && headers["x-forwarded-proto"] == "https",
            id = id,
            query = query(request),
        )
    }

    /** A path with broken percent signs is nobody's. */
    private fun path(request: HttpRequest): String = try {
        request.uri.path()
    } catch (_: IllegalUriException) {
        "/?"
    } catch (_: IllegalArgumentException) {
        "/?"
    }

    /** Broken percent signs make a query that says nothing. */
    private fun query(request: HttpRequest): Map<String, String> = try {
        request.uri.rawQueryString().getOrNull()?.let(::fields).orEmpty()
    } catch (_: IllegalUriException) {
        emptyMap()
    }

    private fun response(request: HttpRequest, answer: Answer): HttpResponse {
        val zip = answer.body.size > 1_000 && !answer.type.startsWith("image/") &&
            request.getHeader("Accept-Encoding").getOrNull()?.value()?.contains("gzip") == true
        val headers = LinkedHashMap<String, String>(ALWAYS)
        answer.headers.filter { it.first != "Set-Cookie" }.forEach { (name, value) -> headers[name] = value }
        if (zip) headers["Content-Encoding"] = "gzip"
        val cookies = answer.headers.filter { it.first == "Set-Cookie" }
        return HttpResponse.create()
            .withStatus(StatusCodes.get(answer.status))
            .withEntity(HttpEntities.create(ContentTypes.parse(answer.type), if (zip) answer.zipped ?: gzip(answer.body) else answer.body))
            .withHeaders((headers.toList() + cookies).map { (name, value) -> RawHeader.create(name, value) })
    }

    private fun gzip(bytes: ByteArray): ByteArray {
        val out = ByteArrayOutputStream(bytes.size / 3)
        GZIPOutputStream(out).use { it.write(bytes) }
        return out.toByteArray()
    }

    private fun fields(body: String): Map<String, String>? = try {
        body.split('&').filter { '=' in it }.associate { field ->
            URLDecoder.decode(field.substringBefore('='), Charsets.UTF_8) to URLDecoder.decode(field.substringAfter('='), Charsets.UTF_8)
        }
    } catch (_: IllegalArgumentException) {
        null
    }

    private fun pool(name: String, threads: Int, queue: Int) =
        ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, ArrayBlockingQueue(queue)) { Thread(it, name).apply { isDaemon = true } }
            .apply { allowCoreThreadTimeOut(true) }

    companion object {
        const val FORM = "application/x-www-form-urlencoded"
        private const val MOST_STREAMS = 100
        private const val LONGEST_FORM = 8_192L

        /** Everything from here, nothing inline, in nobody's frame. Pages are never kept by a cache: they are for one account. */
        val ALWAYS = mapOf(
            "Content-Security-Policy" to "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
                "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options" to "nosniff",
            "X-Frame-Options" to "DENY",
            // Not no-referrer: with it browsers send `Origin: null` with our own forms.
            "Referrer-Policy" to "same-origin",
            "Cross-Origin-Opener-Policy" to "same-origin",
            "Cross-Origin-Resource-Policy" to "same-origin",
            "Permissions-Policy" to "camera=(), geolocation=(), microphone=()",
            "Cache-Control" to "no-store",
            "Vary" to "Accept-Encoding, Cookie, HX-Request",
        )
    }
}
