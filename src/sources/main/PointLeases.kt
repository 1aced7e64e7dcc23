package twitchactors.sources

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import java.time.Duration
import java.util.concurrent.CompletableFuture

/**
 * The requests of this node that wait for points, in order for each budget. Asks the [BudgetKeeper] for as many as wait, one lease at
 * a time, so nothing is hoarded; asks again when no answer comes, as while the keeper moves to another node.
 */
internal class PointLeases private constructor(
    private val context: ActorContext<Command>,
    private val timers: TimerScheduler<Command>,
    private val keeper: ActorRef<BudgetKeeper.Command>,
    private val patience: Duration,
    private val figures: BudgetFigures,
    private val nanos: () -> Long,
) {
    sealed interface Command

    /** [point] completes when the request may be sent. */
    class Take(val budget: String, val point: CompletableFuture<Unit>) : Command
    class Done(val budget: String, val told: RateLimit?, val isRefused: Boolean) : Command

    /** @param againIn nanoseconds after which to ask again, when there are no [points] */
    data class Leased(val budget: String, val points: Int, val againIn: Long) :
        Command,
        WireMessage

    /** Nobody is to spend of the budget for so many nanoseconds. */
    data class Closed(val budget: String, val nanos: Long) :
        Command,
        WireMessage
    private class Again(val budget: String) : Command
    private data object Look : Command

    private class Waiting(val point: CompletableFuture<Unit>, val until: Long)

    private class Line(val budget: String) {
        val waiting = ArrayDeque<Waiting>()
        var outstanding = 0
        var told: RateLimit? = null
        var toldAt = 0L

        /** When the lease was asked for that is not answered yet; null for none. */
        var asked: Long? = null
        var notBefore = Long.MIN_VALUE
    }

    private val lines = HashMap<String, Line>()

    init {
        timers.startTimerWithFixedDelay(Look, LOOK_EVERY)
    }

    private fun leasing(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            is Take -> take(command)
            is Done -> done(command)
            is Leased -> leased(command)
            is Closed -> line(command.budget).let { pause(it, command.nanos) }
            is Again -> ask(line(command.budget))
            Look -> lines.values.forEach(::look)
        }
        Behaviors.same()
    }

    private fun take(take: Take) {
        val line = line(take.budget)
        line.waiting.addLast(Waiting(take.point, nanos() + patience.toNanos()))
        ask(line)
    }

    private fun done(done: Done) {
        val line = line(done.budget)
        line.outstanding--
        val told = done.told
        if (told != null && line.told?.let { it.at > told.at || it.at == told.at && it.remaining < told.remaining } != true) {
            line.told = told
            line.toldAt = nanos()
        }
        if (!done.isRefused) return
        figures.refused.increment()
        // Until the keeper has worked out the reset.
        pause(line, AT_LEAST_CLOSED)
        keeper.tell(BudgetKeeper.Overrun(done.budget, told))
    }

    private fun leased(leased: Leased) {
        val line = line(leased.budget)
        line.asked = null
        var points = leased.points
        while (points > 0) {
            val next = line.waiting.removeFirstOrNull() ?: break
            points--
            line.outstanding++
            figures.taken.increment()
            next.point.complete(Unit)
        }
        if (leased.points == 0) pause(line, leased.againIn)
        ask(line)
    }

    private fun pause(line: Line, nanos: Long) {
        line.notBefore = maxOf(line.notBefore, nanos() + nanos)
        if (line.waiting.isNotEmpty()) timers.startSingleTimer(line.budget, Again(line.budget), Duration.ofNanos(line.notBefore - nanos()))
    }

    private fun ask(line: Line) {
        val now = nanos()
        if (line.waiting.isEmpty() || line.asked != null) return
        if (now < line.notBefore) {
            if (!timers.isTimerActive(line.budget)) pause(line, 0)
            return
        }
        line.asked = now
        val wanted = minOf(line.waiting.size, MOST_AT_ONCE)
        // With those that have got their points since: the keeper may take what is told for all it knows.
        val told = line.told?.takeIf { now - line.toldAt < GOES_STALE }
        keeper.tell(BudgetKeeper.Lease(line.budget, wanted, told, now - line.toldAt, line.outstanding, context.self))
        line.told = null
    }

    private fun look(line: Line) {
        val now = nanos()
        while (line.waiting.firstOrNull()?.let { it.until <= now } == true) {
            figures.overdue.increment()
            line.waiting.removeFirst().point.completeExceptionally(
                NoAnswer("the token's budget left no point within ${patience.toSeconds()} s"),
            )
        }
        if (line.asked?.let { now - it > NO_ANSWER.toNanos() } == true) {
            line.asked = null
            ask(line)
        }
    }

    private fun line(budget: String) = lines.getOrPut(budget) { Line(budget) }

    companion object {
        private const val MOST_AT_ONCE = 200
        private const val AT_LEAST_CLOSED = 50_000_000L

        /** In a second a budget fills, and what a reply said of it holds it back for nothing. */
        private const val GOES_STALE = 1_000_000_000L
        private val LOOK_EVERY = Duration.ofMillis(500)
        private val NO_ANSWER = Duration.ofSeconds(2)

        /** @param nanos a monotonic clock */
        fun create(
            keeper: ActorRef<BudgetKeeper.Command>,
            patience: Duration,
            figures: BudgetFigures,
            nanos: () -> Long = System::nanoTime,
        ): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(PointLeases::class.java)
            Behaviors.withTimers { timers -> PointLeases(context, timers, keeper, patience, figures, nanos).leasing() }
        }
    }
}
