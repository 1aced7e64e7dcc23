package twitchactors.dashboard

import org.slf4j.LoggerFactory
import twitchactors.store.SweptFigures
import twitchactors.web.Access
import twitchactors.web.Answer
import twitchactors.web.Asked
import twitchactors.web.Frame
import twitchactors.web.Route
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.util.concurrent.ArrayBlockingQueue
import java.util.concurrent.CompletableFuture
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.Semaphore
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/**
 * Pictures of categories, which the node fetches and keeps, so that no page makes a browser ask another host. Nothing is fetched that
 * does not lie below [place], that is larger than [LONGEST] bytes or that is no picture. [MOST] are kept in memory, for some hours; what
 * could not be had is not tried again for some minutes. While there is none, a plain one takes its place.
 *
 * @param place the address below which Twitch has its pictures, without a slash at the end
 * @param addresses category to the address of its picture, in which the size may be left open
 */
class CategoryPictures internal constructor(
    private val place: String,
    private val nanoTime: () -> Long,
    private val addresses: () -> Map<String, String>,
) : FramedRoutes {
    /** As the last sweeps of categories name them. */
    constructor(place: String, swept: SweptFigures) : this(place, System::nanoTime, { addresses(swept) })

    private class Kept(val at: Long, val picture: CompletableFuture<Picture?>)

    private val log = LoggerFactory.getLogger("twitchactors.dashboard.CategoryPictures")
    private val client = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER).build()
    private val threads = ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, ArrayBlockingQueue(MOST)) { work ->
        Thread(work, "pictures").apply { isDaemon = true }
    }.apply { allowCoreThreadTimeOut(true) }
    private val waiting = Semaphore(MOST_WAITING)
    private val byAddress = object : LinkedHashMap<String, Kept>(16, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<String, Kept>): Boolean = size > MOST
    }
    private var named: Pair<Long, Map<String, String>>? = null

    override fun routes(frame: Frame): List<Route> = listOf(Route("GET", PATH, Access.VISITOR) { asked, _ -> answer(asked) })

    private fun answer(asked: Asked): Answer {
        val picture = Question.ofPiece(asked.path.removePrefix(PATH))?.let(::of) ?: return NONE
        return Answer(200, picture.type, picture.bytes).with("Cache-Control", "private, max-age=$KEPT_BY_BROWSERS")
    }

    /** That of [category], for which some may wait for a moment; null while there is none. */
    internal fun of(category: String): Picture? {
        val address = address(category) ?: return null
        val answer = kept(address)
        if (answer.isDone || !waiting.tryAcquire()) return answer.getNow(null)
        return try {
            answer.get(MOMENT_MS, TimeUnit.MILLISECONDS)
        } catch (_: TimeoutException) {
            null
        } finally {
            waiting.release()
        }
    }

    private fun address(category: String): String? =
        addressesNow()[category]?.replace("{width}x{height}", SIZE)?.takeIf { it.startsWith("$place/") && ".." !in it }

    private fun addressesNow(): Map<String, String> = synchronized(byAddress) {
        named?.takeIf { nanoTime() - it.first < NAMED_NANOS }?.second ?: addresses().also { named = nanoTime() to it }
    }

    private fun kept(address: String): CompletableFuture<Picture?> = synchronized(byAddress) {
        val kept = byAddress[address]
        if (kept != null && nanoTime() - kept.at < keptFor(kept)) return kept.picture
        try {
            CompletableFuture.supplyAsync({ fetched(address) }, threads).also { byAddress[address] = Kept(nanoTime(), it) }
        } catch (_: RejectedExecutionException) {
            CompletableFuture.completedFuture(null)
        }
    }

    private fun keptFor(kept: Kept): Long = if (kept.picture.isDone && kept.picture.getNow(null) == null) AGAIN_NANOS else KEPT_NANOS

    private fun fetched(address: String): Picture? = try {
        val reply = client.send(HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build(), BodyHandlers.ofInputStream())
        reply.body().use { body ->
            val bytes = if (reply.statusCode() == 200) body.readNBytes(LONGEST + 1) else ByteArray(0)
            if (bytes.size > LONGEST) null else Picture.of(reply.headers().firstValue("content-type").orElse(""), bytes)
        } ?: null.also { log.debug("{} is no picture, or too large", address) }
    } catch (failure: Exception) {
        log.debug("{} cannot be had: {}", address, failure.toString())
        null
    }

    internal companion object {
        private const val PATH = "/pictures/categories/"

        private fun addresses(swept: SweptFigures) = swept.lastCategories().associate { it.category to it.imageUrl }

        /** Where pages find the picture of [category]. */
        fun path(category: String): String = PATH + Question.piece(category)

        /** Twice as large as it is shown, for screens that are that fine. */
        private const val SIZE = "104x144"
        const val LONGEST = 200_000
        private const val MOST = 300
        private const val THREADS = 2

        /** So many wait at a time; threads of pages are few. */
        private const val MOST_WAITING = 2
        private const val MOMENT_MS = 700L
        private const val KEPT_BY_BROWSERS = 3600
        private const val NAMED_NANOS = 60_000_000_000L
        private const val KEPT_NANOS = 6 * 3_600_000_000_000L
        private const val AGAIN_NANOS = 5 * 60_000_000_000L
        private val PATIENCE = Duration.ofSeconds(5)

        private val NONE = Answer(
            200,
            "image/svg+xml",
            checkNotNull(CategoryPictures::class.java.getResourceAsStream("/twitchactors/dashboard/no-picture.svg")).use { it.readBytes() },
        )
    }
}
