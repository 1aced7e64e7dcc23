package twitchactors.collect

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import twitchactors.domain.Login
import twitchactors.sources.LiveStream
import twitchactors.sources.NoAnswer
import twitchactors.sources.TwitchApi
import java.time.Duration
import java.util.Optional
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * Asks Twitch which streamers are live, for the pollers of a node: up to [BATCH] at once, for that costs as much as one. When an
 * answer fails, the halves are asked, and so on while one of them succeeds: a streamer of whom Twitch cannot be asked spoils nobody
 * else's poll, and an outage costs three questions instead of one. One per node.
 */
class LiveStreams private constructor(
    private val context: ActorContext<Command>,
    private val timers: TimerScheduler<Command>,
    private val api: TwitchApi,
    private val wait: Duration,
) {
    sealed interface Command

    /** Is [streamer] live? [answer] is completed with the stream, empty, or fails with [NoAnswer]. */
    class Ask(val streamer: Login, val answer: CompletableFuture<Optional<LiveStream>>) : Command

    private data object Due : Command
    private class Answered(val batch: Batch, val streams: List<LiveStream>?, val failure: Throwable?) : Command

    private class Batch(val asks: List<Ask>, val sibling: Sibling? = null)

    /** What two halves know of each other. */
    private class Sibling {
        var hasSucceeded = false
        var failed: Failed? = null
    }

    private class Failed(val asks: List<Ask>, val cause: Throwable)

    private val waiting = ArrayList<Ask>()

    private fun gathering(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            is Ask -> gather(command)
            Due -> askAll()
            is Answered -> answered(command)
        }
        Behaviors.same()
    }

    private fun gather(ask: Ask) {
        if (waiting.isEmpty()) timers.startSingleTimer(Due, wait)
        waiting += ask
        if (waiting.size >= BATCH) askAll()
    }

    private fun askAll() {
        timers.cancel(Due)
        if (waiting.isEmpty()) return
        ask(Batch(waiting.toList()))
        waiting.clear()
    }

    private fun ask(batch: Batch) {
        val answer: CompletionStage<List<LiveStream>> = try {
            api.liveStreams(batch.asks.map { it.streamer }.distinct())
        } catch (failure: RuntimeException) {
            CompletableFuture.failedFuture(failure)
        }
        context.pipeToSelf(answer) { streams, failure -> Answered(batch, streams, failure) }
    }

    private fun answered(answered: Answered) {
        val batch = answered.batch
        val streams = answered.streams
        if (streams == null) return failed(batch, answered.failure ?: NoAnswer("Twitch gave no answer"))
        val live = streams.associateBy { it.streamer }
        batch.asks.forEach { it.answer.complete(Optional.ofNullable(live[it.streamer])) }
        val sibling = batch.sibling ?: return
        sibling.hasSucceeded = true
        sibling.failed?.let { halve(it) }
    }

    private fun failed(batch: Batch, cause: Throwable) {
        val failed = Failed(batch.asks, cause)
        val sibling = batch.sibling
        when {
            sibling == null -> halve(failed)
            sibling.hasSucceeded -> halve(failed)
            sibling.failed == null -> sibling.failed = failed
            else -> {
                giveUp(failed)
                giveUp(checkNotNull(sibling.failed))
            }
        }
    }

    private fun halve(failed: Failed) {
        if (failed.asks.size == 1) return giveUp(failed)
        val half = failed.asks.size / 2
        val sibling = Sibling()
        ask(Batch(failed.asks.subList(0, half), sibling))
        ask(Batch(failed.asks.subList(half, failed.asks.size), sibling))
    }

    private fun giveUp(failed: Failed) = failed.asks.forEach { it.answer.completeExceptionally(failed.cause) }

    companion object {
        /** So many Twitch takes in one question. */
        const val BATCH = 100

        /** The stream of [streamer] by [streams]: empty when there is none now. */
        fun ask(streams: ActorRef<Command>, streamer: Login): CompletionStage<Optional<LiveStream>> {
            val answer = CompletableFuture<Optional<LiveStream>>()
            streams.tell(Ask(streamer, answer))
            return answer
        }

        /**
         * Gathers questions for [api].
         *
         * @param wait how long the first of a batch waits for others, by the clock on the wall
         */
        fun create(api: TwitchApi, wait: Duration): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(LiveStreams::class.java)
            Behaviors.withTimers { timers -> LiveStreams(context, timers, api, wait).gathering() }
        }
    }
}
