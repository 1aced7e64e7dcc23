package twitchactors.days

import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.cluster.typed.ClusterSingleton
import org.apache.pekko.cluster.typed.ClusterSingletonSettings
import org.apache.pekko.cluster.typed.SingletonActor
import twitchactors.domain.Day
import twitchactors.store.DayStatus
import twitchactors.store.DayTrace
import java.time.Duration
import java.util.TreeMap

/**
 * Watches what the partitions leave of days, and tells each day's [DayLife], which lives while there is something to tell. One in
 * the cluster. It keeps nothing: when it starts it looks at all days, and at each look again a good deal further back than the
 * last one, so nothing that is missed once stays missed.
 */
class DayWatch private constructor(
    private val context: ActorContext<Command>,
    timers: TimerScheduler<Command>,
    private val outside: DayOutside,
    settings: DaysSettings,
) {
    sealed interface Command
    private data object Tick : Command
    private class Traced(val lookedAt: Long, val traces: List<DayTrace>, val statuses: List<DayStatus>) : Command
    private class NotTraced(val cause: Throwable) : Command
    private class LifeReady(val day: Day) : Command
    private class LifeLooked(val looked: DayLife.Looked) : Command
    private class LifeEnded(val day: Day) : Command

    private class Life(val actor: ActorRef<DayLife.Command>) {
        var isReady = false
        var isEnding = false

        /** What it was told and has not answered for. */
        var looking: DayTrace? = null
    }

    private val ready = context.messageAdapter(DayLife.Ready::class.java) { LifeReady(it.day) }
    private val looked = context.messageAdapter(DayLife.Looked::class.java, ::LifeLooked)
    private val lives = HashMap<Day, Life>()

    /** What is to be told, the newest day first: that is the one that somebody waits for. */
    private val waiting = TreeMap<Day, DayTrace>(reverseOrder())

    /** Days that are to be looked at whether or not they change. */
    private val unsettled = HashSet<Day>()

    /** What was told and answered for, of days that have changed of late. */
    private val settled = HashMap<Day, DayTrace>()
    private var lastLook: Long? = null
    private var looks = false
    private var trouble: String? = null

    init {
        timers.startTimerWithFixedDelay(Tick, Duration.ZERO, settings.lookEvery)
    }

    private fun watching(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            Tick -> look()
            is Traced -> traced(command)
            is NotTraced -> notTraced(command.cause)
            is LifeReady -> lives[command.day]?.let {
                it.isReady = true
                it.looking?.let { trace -> waiting.putIfAbsent(command.day, trace) }
                it.looking = null
            }
            is LifeLooked -> looked(command.looked)
            is LifeEnded -> lives.remove(command.day)?.looking?.let { waiting.putIfAbsent(command.day, it) }
        }
        tell()
        Behaviors.same()
    }

    private fun look() {
        if (looks) return
        looks = true
        val now = System.nanoTime()
        val within = lastLook?.let { Duration.ofNanos(now - it) + OVERLAP }
        val traces = outside.traces(within, unsettled.toSet())
        val answer = if (within == null) {
            traces.thenCombine(outside.statuses()) { found, statuses -> Traced(now, found, statuses) }
        } else {
            traces.thenApply { Traced(now, it, emptyList()) }
        }
        context.pipeToSelf(answer) { found, failure -> if (failure == null) found else NotTraced(failure) }
    }

    private fun traced(traced: Traced) {
        looks = false
        lastLook = traced.lookedAt
        if (trouble != null) context.log.info("the life of days goes on")
        trouble = null
        val told = traced.statuses.associateBy { it.day }
        settled.keys.retainAll(traced.traces.mapTo(HashSet()) { it.day })
        for (trace in traced.traces) {
            val status = told[trace.day]
            if (status?.audience != null && trace.isWhole && status.seals == trace.revisions) settled[trace.day] = trace
            if (settled[trace.day] != trace && lives[trace.day]?.looking != trace) waiting[trace.day] = trace
        }
        // A life that has nothing to do ends; it is back from its events when there is.
        lives.filter { (day, life) -> life.looking == null && day !in waiting && day !in unsettled }.forEach { (_, life) -> end(life) }
    }

    private fun notTraced(cause: Throwable) {
        looks = false
        val reason = generateSequence(cause) { it.cause }.last().let { it.message ?: it.toString() }
        // One line per trouble, not per try.
        if (reason != trouble) context.log.warn("the life of days waits: {}", reason)
        trouble = reason
    }

    private fun looked(looked: DayLife.Looked) {
        val day = looked.trace.day
        val life = lives[day] ?: return
        // The answer of a life that was restarted since.
        if (life.looking !== looked.trace) return
        life.looking = null
        if (looked.isSettled) {
            unsettled -= day
            settled[day] = looked.trace
        } else {
            unsettled += day
        }
    }

    /** Tells lives what waits for them, a few at a time. */
    private fun tell() {
        for ((day, trace) in waiting.toList()) {
            if (lives.values.count { !it.isReady || it.looking != null } >= MOST_AT_A_TIME && day !in lives) continue
            val life = lives.getOrPut(day) { begin(day) }
            if (!life.isReady || life.isEnding || life.looking != null) continue
            waiting -= day
            life.looking = trace
            life.actor.tell(DayLife.Look(trace, looked))
        }
    }

    private fun begin(day: Day): Life {
        val actor = context.spawn(DayLife.create(day, outside, ready), "$day")
        context.watchWith(actor, LifeEnded(day))
        return Life(actor)
    }

    private fun end(life: Life) {
        if (life.isEnding || !life.isReady) return
        life.isEnding = true
        context.stop(life.actor)
    }

    companion object {
        /** Only nodes with this role watch. */
        const val ROLE = "profile"

        /** Longer than any transaction takes: what it writes is dated before it can be seen. */
        private val OVERLAP: Duration = Duration.ofMinutes(5)
        private const val MOST_AT_A_TIME = 4

        /** The watch itself; it begins at once. */
        fun create(outside: DayOutside, settings: DaysSettings): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(DayWatch::class.java)
            Behaviors.withTimers { timers -> DayWatch(context, timers, outside, settings).watching() }
        }

        /** Sees to it that there is one in the cluster of [system], here or on another node. */
        fun init(system: ActorSystem<*>, outside: DayOutside, settings: DaysSettings) {
            val singleton = SingletonActor.of(create(outside, settings), "day-watch")
            ClusterSingleton.get(system).init(singleton.withSettings(ClusterSingletonSettings.create(system).withRole(ROLE)))
        }
    }
}
