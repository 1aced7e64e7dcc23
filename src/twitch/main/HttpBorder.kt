package twitchactors.twitch

import org.apache.pekko.NotUsed
import org.apache.pekko.actor.ClassicActorSystemProvider
import org.apache.pekko.http.javadsl.model.AttributeKeys
import org.apache.pekko.http.javadsl.model.ContentType
import org.apache.pekko.http.javadsl.model.ContentTypes
import org.apache.pekko.http.javadsl.model.DateTime
import org.apache.pekko.http.javadsl.model.HttpEntities
import org.apache.pekko.http.javadsl.model.HttpHeader
import org.apache.pekko.http.javadsl.model.HttpRequest
import org.apache.pekko.http.javadsl.model.HttpResponse
import org.apache.pekko.http.javadsl.model.ResponseEntity
import org.apache.pekko.http.javadsl.model.StatusCodes
import org.apache.pekko.http.javadsl.model.headers.Date
import org.apache.pekko.http.javadsl.model.headers.RawHeader
import org.apache.pekko.http.scaladsl.model.IllegalUriException
import org.apache.pekko.stream.Materializer
import org.apache.pekko.stream.SystemMaterializer
import org.apache.pekko.stream.javadsl.Source
import org.apache.pekko.util.ByteString
import org.slf4j.LoggerFactory
import java.net.URLDecoder
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeoutException
import kotlin.jvm.optionals.getOrNull

/** Between the HTTP library and the site. [now] is milliseconds of the time of limits, which `Date` tells. */
internal class HttpBorder(
    private val site: Site,
    private val moments: Moments,
    private val chat: IrcServer,
    private val served: ServedLog,
    private val counts: Counts,
    private val now: () -> Long,
    system: ClassicActorSystemProvider,
) {
    private val log = LoggerFactory.getLogger("twitchactors.twitch.HttpBorder")
    private val materializer: Materializer = SystemMaterializer.get(system).materializer()
    private val types = ConcurrentHashMap<String, ContentType>()

    fun handle(request: HttpRequest): CompletionStage<HttpResponse> {
        val upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade).getOrNull()
        if (upgrade != null &&
            path(request) == IrcServer.PATH
        ) {
            return CompletableFuture.completedFuture(upgrade.handleMessagesWith(chat.webSocket()))
        }
        if (request.method().name() == "GET") {
            request.discardEntityBytes(materializer)
            return answer(request, emptyMap())
        }
        val type = request.entity().contentType.mediaType().toString()
        return request.entity().toStrict(BODY_MS, LONGEST_BODY, materializer).handle { body, failure ->
            if (failure == null) form(type, body.data.utf8String()) else null
        }.thenCompose { form ->
            if (form ==
                null
            ) {
                done(Reply.error(400, "the body is larger than $LONGEST_BODY bytes, malformed, or never ended"))
            } else {
                answer(request, form)
            }
        }
    }

    private fun answer(request: HttpRequest, form: Map<String, String>): CompletionStage<HttpResponse> {
        val asked = asked(request, form) ?: return done(Reply.error(400, "the address is malformed"))
        return moments.now().thenApply { response(guarded(asked, it)) }
    }

    private fun guarded(asked: Asked, moment: Moment): Reply = try {
        site.answer(asked, moment)
    } catch (failure: Exception) {
        log.error("a request to {} failed", asked.path, failure)
        Reply.error(500, "the simulator failed: its log says why")
    }

    private fun done(reply: Reply): CompletionStage<HttpResponse> = CompletableFuture.completedFuture(response(reply))

    private fun asked(request: HttpRequest, form: Map<String, String>): Asked? {
        val path = path(request) ?: return null
        val query = try {
            request.uri.query().toList().map { it.first() to it.second() }
        } catch (_: IllegalUriException) {
            return null
        }
        val headers = HashMap<String, String>()
        request.headers.forEach { headers[it.lowercaseName()] = it.value() }
        return Asked(request.method().name(), path, query, headers, form)
    }

    private fun path(request: HttpRequest): String? = try {
        request.uri.path()
    } catch (_: IllegalUriException) {
        null
    } catch (_: IllegalArgumentException) {
        null
    }

    private fun form(type: String, body: String): Map<String, String>? = try {
        if (type == FORM) {
            body.split('&').filter { '=' in it }.associate { field ->
                URLDecoder.decode(field.substringBefore('='), Charsets.UTF_8) to
                    URLDecoder.decode(field.substringAfter('='), Charsets.UTF_8)
            }
        } else {
            mapOf(Asked.BODY to body)
        }
    } catch (_: IllegalArgumentException) {
        null
    }

    private fun response(reply: Reply): HttpResponse {
        counts.names.add(reply.names.toLong())
        val headers = ArrayList<HttpHeader>(reply.headers.size + 1)
        headers += Date.create(DateTime.create(now()))
        reply.headers.forEach { (name, value) -> headers += RawHeader.create(name, value) }
        return HttpResponse.create().withStatus(StatusCodes.get(reply.status)).withHeaders(headers).withEntity(entity(reply))
    }

    private fun entity(reply: Reply): ResponseEntity {
        val type = types.computeIfAbsent(reply.type) { ContentTypes.parse(it) }
        val bytes = reply.body
        val delivery = reply.delivery
        // The library's short way, without a stream, for what nobody needs to know the end of.
        if (bytes.isEmpty || delivery == Reply.Delivery.Whole && reply.served == null) return HttpEntities.create(type, bytes)
        val source = when (delivery) {
            Reply.Delivery.Whole -> toTheEnd(bytes, reply.served)
            is Reply.Delivery.Slow -> slow(bytes, delivery.seconds, reply.served)
            Reply.Delivery.Cut -> Source.single(bytes.take(bytes.size() / 2)).concatLazy(failure())
        }
        return HttpEntities.create(type, bytes.size().toLong(), source)
    }

    private fun toTheEnd(bytes: ByteString, line: ServedLog.Line?): Source<ByteString, NotUsed> =
        Source.fromGraph(WholeReply(bytes) { line?.let { served.write(it) } })

    private fun slow(bytes: ByteString, seconds: Double, line: ServedLog.Line?): Source<ByteString, NotUsed> {
        val size = maxOf(1, bytes.size() / SLOW_PIECES)
        val pieces = (0 until bytes.size() step size).map { bytes.slice(it, minOf(it + size, bytes.size())) }
        val pause = Duration.ofNanos((seconds * NANOS / pieces.size).toLong().coerceAtLeast(1))
        return Source.from(pieces.dropLast(1)).throttle(1, pause).concatLazy(toTheEnd(pieces.last(), line))
    }

    /** Not at once: then the half that was sent would be dropped, and a client might ask again by itself. */
    private fun failure(): Source<ByteString, NotUsed> =
        Source.maybe<ByteString>().initialTimeout(Duration.ofMillis(CUT_AFTER_MS)).mapError(TimeoutException::class.java) { CutOff() }
            .mapMaterializedValue { NotUsed.getInstance() }

    /** What the HTTP library then logs, where its log is on. */
    private class CutOff : RuntimeException("cut off by a fault that is switched on", null, false, false)

    private companion object {
        const val FORM = "application/x-www-form-urlencoded"
        const val LONGEST_BODY = 16_384L
        const val BODY_MS = 5_000L
        const val SLOW_PIECES = 8
        const val CUT_AFTER_MS = 100L
        const val NANOS = 1e9
    }
}
