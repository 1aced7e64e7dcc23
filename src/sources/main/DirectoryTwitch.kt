package twitchactors.sources

import org.slf4j.LoggerFactory
import twitchactors.domain.Login
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/**
 * Twitch as the pages of its directory tell it, read in a real browser: needs no account and no token, and knows less. The id of a
 * category is its place in addresses, such as `just-chatting`. Numbers of viewers are rounded (12.3K). A stream has no id, no
 * start (1970), no language and no number of its account; who of some streamers is live, or who of a language, the pages do not tell.
 *
 * One question is asked at a time, the others wait in order. The browser is started by the first question, ended when it is
 * asked nothing for a while, and after it died it rests before it is started again: questions fail meanwhile.
 *
 * @param folder for what the browser writes while it runs; it is emptied
 */
class DirectoryTwitch(private val settings: DirectorySettings, private val folder: Path) :
    TwitchApi,
    AutoCloseable {
    private class Asked(val question: DirectoryQuestion) {
        val answer = CompletableFuture<DirectoryAnswer>()
    }

    private val waiting = LinkedBlockingQueue<Asked>(MOST_WAITING)

    @Volatile
    private var closed = false

    /** Changed by [worker] only. */
    @Volatile
    private var browser: DirectoryBrowser? = null
    private var rest = Duration.ZERO
    private var restsUntil = System.nanoTime()
    private var restsBecause = ""
    private val worker = thread(name = "directory", isDaemon = true) { work() }

    /** The first [count] categories with all that their cards tell. */
    fun categories(count: Int): CompletionStage<List<CategoryCard>> =
        ask(DirectoryQuestion.Categories(count)).thenApply { (it as? DirectoryAnswer.Categories ?: throw OTHER_ANSWER).cards }

    override fun topCategories(count: Int): CompletionStage<List<Category>> = categories(count).thenApply { cards ->
        cards.map { Category(it.slug, it.name, SIZE.replace(it.imageUrl, "-{width}x{height}$1"), it.viewers, it.tags) }
    }

    override fun streamsOf(categoryId: String, count: Int): CompletionStage<StreamList> {
        if (!DirectoryQuestion.SLUG.matches(categoryId)) return nothing("'$categoryId' is no category's place in an address")
        return ask(DirectoryQuestion.Streams(categoryId, count)).thenApply { answer ->
            val streams = answer as? DirectoryAnswer.Streams ?: throw OTHER_ANSWER
            StreamList(streams.cards.map { stream(it, categoryId) }, streams.isCut)
        }
    }

    private fun stream(card: StreamCard, slug: String) = LiveStream(
        streamer = card.login,
        userId = "",
        streamId = "",
        title = card.title,
        categoryId = slug,
        category = "",
        language = "",
        tags = card.tags,
        liveViewers = card.viewers,
        startedAt = Instant.EPOCH,
    )

    override fun liveStreams(streamers: Collection<Login>): CompletionStage<List<LiveStream>> =
        nothing("the directory's pages do not tell who of some streamers is live")

    override fun topStreams(language: String, count: Int): CompletionStage<StreamList> =
        nothing("the directory's pages do not tell the streams of a language")

    private fun ask(question: DirectoryQuestion): CompletionStage<DirectoryAnswer> {
        val asked = Asked(question)
        if (closed) return nothing(CLOSED)
        if (!waiting.offer(asked)) return nothing("$MOST_WAITING questions wait for the directory's browser")
        // Whoever sees the other's step last answers: this one here, or the worker at its end.
        if (closed) refuseWaiting()
        return asked.answer
    }

    private fun work() {
        while (!closed) {
            val asked = try {
                waiting.poll(settings.idleAfter.toMillis(), TimeUnit.MILLISECONDS)
            } catch (_: InterruptedException) {
                break
            }
            if (asked == null) endBrowser() else answer(asked)
        }
        endBrowser()
        refuseWaiting()
    }

    private fun refuseWaiting() {
        generateSequence(waiting::poll).forEach { it.answer.completeExceptionally(NoAnswer(CLOSED)) }
    }

    private fun answer(asked: Asked) {
        try {
            val answer = answered(asked.question)
            if (answer is DirectoryAnswer.Nothing) throw NoAnswer(answer.reason)
            asked.answer.complete(answer)
        } catch (failure: Exception) {
            val reason = if (closed) CLOSED else "the directory's browser cannot be asked: ${failure.javaClass.simpleName}"
            asked.answer.completeExceptionally(failure as? NoAnswer ?: NoAnswer(reason, failure))
        }
    }

    private fun answered(question: DirectoryQuestion): DirectoryAnswer {
        val running = browser?.takeIf { it.isAlive } ?: started()
        val answer = try {
            running.ask(question, settings.limit + settings.grace)
        } catch (died: NoAnswer) {
            endBrowser()
            rests(died)
            throw died
        }
        rest = Duration.ZERO
        val memory = running.memory()
        if (memory > settings.mostMemory) {
            log.info("the directory's browser has {} MiB: it is started anew", memory shr MIB)
            endBrowser()
        }
        return answer
    }

    private fun started(): DirectoryBrowser {
        endBrowser()
        val left = restsUntil - System.nanoTime()
        if (!rest.isZero && left > 0) throw NoAnswer("the directory's browser rests for ${left / NANOS + 1} s: $restsBecause")
        try {
            return DirectoryBrowser.start(settings, folder).also {
                browser = it
                // The end may have come meanwhile, when there was nothing yet to be ended.
                if (closed) it.kill()
            }
        } catch (notStarted: NoAnswer) {
            rests(notStarted)
            throw notStarted
        }
    }

    private fun rests(because: NoAnswer) {
        rest = if (rest.isZero) settings.firstRest else minOf(rest.multipliedBy(2), LONGEST_REST)
        restsUntil = System.nanoTime() + rest.toNanos()
        restsBecause = because.reason
        if (!closed) log.warn("{}; it rests for {} s", because.reason, rest.toMillis() / 1e3)
    }

    private fun endBrowser() {
        browser?.end()
        browser = null
    }

    /** Ends the browser; what waits for it fails. */
    override fun close() {
        closed = true
        browser?.kill()
        worker.interrupt()
        worker.join(PATIENCE_MILLIS)
        folder.toFile().deleteRecursively()
    }

    private companion object {
        val log = LoggerFactory.getLogger(DirectoryTwitch::class.java)

        /** A sweep of a hundred categories, and some more. */
        const val MOST_WAITING = 256
        const val CLOSED = "the directory's browser was ended"
        val LONGEST_REST: Duration = Duration.ofMinutes(5)
        const val PATIENCE_MILLIS = 15_000L
        const val NANOS = 1_000_000_000L
        const val MIB = 20

        /** How a picture's address ends. */
        val SIZE = Regex("-[0-9]+x[0-9]+(\\.[a-z]+)$")
        val OTHER_ANSWER = NoAnswer("the directory's browser answered what it was not asked")

        fun <T> nothing(reason: String): CompletionStage<T> = CompletableFuture.failedFuture(NoAnswer(reason))
    }
}
