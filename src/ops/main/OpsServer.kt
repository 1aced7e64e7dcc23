package twitchactors.ops

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.slf4j.LoggerFactory
import twitchactors.domain.BadInput
import twitchactors.pbm.NodeFiles
import twitchactors.pbm.PaletteJson
import twitchactors.pbm.ReplyPart
import java.io.IOException
import java.net.BindException
import java.net.InetSocketAddress
import java.nio.file.Files
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit

/**
 * The port of a node for those who operate it: the commands of pbm, with the token; metrics, from this machine or with the token; and
 * health, for all. It is the JDK's HTTP server, so that it answers also when there are no actors.
 */
class OpsServer private constructor(
    private val server: HttpServer,
    private val desk: OpsDesk,
    private val outside: Outside,
    private val token: OpsToken,
    settings: OpsSettings,
    private val files: NodeFiles,
) {
    /**
     * @param metrics in the text form of Prometheus
     * @param health whether the node is ready, and each of its parts
     */
    class Outside(val metrics: () -> String, val health: () -> Pair<Boolean, JsonObject>)

    private val threads: ExecutorService = Executors.newCachedThreadPool { Thread(it, "ops").apply { isDaemon = true } }
    private val pulse = Executors.newSingleThreadScheduledExecutor { Thread(it, "ops-pulse").apply { isDaemon = true } }
    private val places = Semaphore(settings.commandsAtOnce)
    private val open = ConcurrentHashMap.newKeySet<WrittenReply>()

    /** host:port */
    val address: String = "${settings.host}:${server.address.port}"

    private fun start() {
        server.executor = threads
        handle("/pbm/palettes") { if (isTrusted(it)) palettes(it) else strange(it) }
        handle("/pbm/commands") { if (isTrusted(it)) command(it) else strange(it) }
        handle("/metrics") { if (isLocal(it) || isTrusted(it)) text(it, outside.metrics(), METRICS) else strange(it) }
        handle("/health/live") { text(it, LIVE, JSON) }
        handle("/health/ready") { health(it) }
        // Each by a thread of its own: one who has stopped reading holds up nobody else.
        pulse.scheduleWithFixedDelay({ open.forEach { threads.execute(it::pulse) } }, PULSE_MS, PULSE_MS, TimeUnit.MILLISECONDS)
        server.start()
        OpsToken.write(files.address, address)
    }

    /** Ends what goes on until it is ended, and waits a moment for the other replies: one of them may have asked for this end. */
    fun stop() {
        Files.deleteIfExists(files.address)
        open.forEach { it.askForEnd() }
        val deadline = System.nanoTime() + LAST_WORDS_NANOS
        while (open.isNotEmpty() && System.nanoTime() < deadline) Pause.brief()
        server.stop(0)
        pulse.shutdownNow()
        threads.shutdownNow()
    }

    private fun handle(path: String, answer: (HttpExchange) -> Unit) {
        server.createContext(path) { exchange ->
            exchange.use {
                try {
                    if (exchange.requestURI.path == path) answer(exchange) else text(exchange, "there is nothing here\n", TEXT, NOT_FOUND)
                } catch (_: IOException) {
                    // The one who asked has gone.
                } catch (failure: RuntimeException) {
                    log.warn("a request to {} failed", path, failure)
                }
            }
        }
    }

    private fun palettes(exchange: HttpExchange) {
        text(
            exchange,
            buildJsonObject {
                put("palettes", PaletteJson.write(desk.palettes(offering = exchange.requestURI.query == "offers")))
            }.toString(),
            JSON,
        )
    }

    private fun command(exchange: HttpExchange) {
        if (exchange.requestMethod != "POST") return text(exchange, "a command is posted\n", TEXT, NOT_ALLOWED)
        val asked = try {
            val body = exchange.requestBody.readNBytes(LONGEST_COMMAND).decodeToString()
            Json.parseToJsonElement(body).jsonObject
        } catch (_: SerializationException) {
            return text(exchange, BAD_BODY, TEXT, BAD_REQUEST)
        } catch (_: IllegalArgumentException) {
            return text(exchange, BAD_BODY, TEXT, BAD_REQUEST)
        }
        val words = try {
            asked.getValue("words").jsonArray.map { it.jsonPrimitive.content }
        } catch (_: RuntimeException) {
            return text(exchange, BAD_BODY, TEXT, BAD_REQUEST)
        }
        if (!places.tryAcquire()) return text(exchange, "the node does too many commands already\n", TEXT, BUSY)
        try {
            exchange.responseHeaders["Content-Type"] = "application/x-ndjson"
            exchange.sendResponseHeaders(OK, 0)
            val reply = WrittenReply(exchange.responseBody, asked.isTrue("json"))
            open += reply
            try {
                val who = exchange.requestHeaders.getFirst("X-Pbm-User")?.take(LONGEST_NAME)?.ifBlank { null } ?: "?"
                reply.end(ReplyPart.End(desk.run(words, asked.isTrue("yes"), "$who@${exchange.remoteAddress.address.hostAddress}", reply)))
            } finally {
                open -= reply
            }
        } finally {
            places.release()
        }
    }

    private fun JsonObject.isTrue(key: String) = (get(key) as? JsonPrimitive)?.boolean == true

    private fun health(exchange: HttpExchange) {
        val (isReady, parts) = outside.health()
        text(exchange, parts.toString(), JSON, if (isReady) OK else UNAVAILABLE)
    }

    private fun isTrusted(exchange: HttpExchange) = token.isIn(exchange.requestHeaders.getFirst("Authorization"))

    /** A proxy of this machine asks for others. */
    private fun isLocal(exchange: HttpExchange) = exchange.remoteAddress.address.isLoopbackAddress &&
        exchange.requestHeaders.keys.none { it.equals("X-Forwarded-For", ignoreCase = true) }

    private fun strange(exchange: HttpExchange) {
        exchange.responseHeaders["WWW-Authenticate"] = "Bearer"
        val brought = exchange.requestHeaders.getFirst("Authorization")
        val wrong = if (brought == null) "the token of the node is needed" else "that is not the token of the node"
        text(exchange, "$wrong; it is in pbm.token of its data folder\n", TEXT, UNAUTHORIZED)
    }

    private fun text(exchange: HttpExchange, text: String, type: String, status: Int = OK) {
        val bytes = text.toByteArray()
        exchange.responseHeaders["Content-Type"] = type
        exchange.responseHeaders["Cache-Control"] = "no-store"
        val isHead = exchange.requestMethod == "HEAD"
        exchange.sendResponseHeaders(status, if (isHead) NOTHING else bytes.size.toLong())
        if (!isHead) exchange.responseBody.write(bytes)
    }

    companion object {
        private val log = LoggerFactory.getLogger(OpsServer::class.java)
        private const val REQUEST_WITHIN = "sun.net.httpserver.maxReqTime"
        private const val PULSE_MS = 1000L
        private const val LAST_WORDS_NANOS = 2_000_000_000L
        private const val LONGEST_COMMAND = 64 shl 10
        private const val LONGEST_NAME = 32
        private const val OK = 200
        private const val BAD_REQUEST = 400
        private const val UNAUTHORIZED = 401
        private const val NOT_FOUND = 404
        private const val NOT_ALLOWED = 405
        private const val BUSY = 429
        private const val UNAVAILABLE = 503
        private const val NOTHING = -1L
        private const val TEXT = "text/plain; charset=UTF-8"
        private const val JSON = "application/json"
        private const val METRICS = "text/plain; version=0.0.4; charset=utf-8"
        private const val LIVE = "{\"live\":true}"
        private const val BAD_BODY = "the body is no command: {\"words\":[\"cluster\",\"show\"],\"json\":false,\"yes\":false}\n"

        /**
         * Returns when the port answers, and the data folder of [files] says so.
         *
         * @param news is told when another port than the wanted one was taken
         * @throws BadInput when the port cannot be had
         */
        fun start(settings: OpsSettings, files: NodeFiles, desk: OpsDesk, outside: Outside, news: (String) -> Unit): OpsServer {
            val server = try {
                bind(settings.host, settings.port)
            } catch (taken: BindException) {
                if (!settings.otherPortWhenTaken) {
                    throw BadInput(
                        "port ${settings.port} of ${settings.host} is not free: end what uses it, or set twitchactors.ops.port",
                        taken,
                    )
                }
                bind(settings.host, 0).also { news("port ${settings.port} is taken; pbm listens on ${settings.host}:${it.address.port}") }
            }
            val token = settings.token?.let(::OpsToken) ?: OpsToken.of(files)
            return OpsServer(server, desk, outside, token, settings, files).also { it.start() }
        }

        init {
            // Seconds in which a request must have come in, so that one that never ends holds no thread. Read once by the JDK.
            if (System.getProperty(REQUEST_WITHIN) == null) System.setProperty(REQUEST_WITHIN, "10")
        }

        private fun bind(host: String, port: Int): HttpServer = HttpServer.create(InetSocketAddress(host, port), 0)
    }
}
