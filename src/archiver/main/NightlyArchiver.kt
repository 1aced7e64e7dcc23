package twitchactors.archiver

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.DispatcherSelector
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.cluster.typed.ClusterSingleton
import org.apache.pekko.cluster.typed.ClusterSingletonSettings
import org.apache.pekko.cluster.typed.SingletonActor
import twitchactors.domain.Day
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture

/**
 * Archives days when their time has come, and looks at them after that. One in the cluster, on a node with the role archive; one day at a
 * time, beside all other work. It keeps nothing but which days to leave alone for a while: what is to be done follows from the files.
 */
class NightlyArchiver private constructor(
    private val context: ActorContext<Command>,
    private val outside: Outside,
    private val settings: ArchiverSettings,
) {
    /**
     * What it needs from outside. All of it blocks, and may fail; then it is tried again later.
     *
     * @param clock the time that pollers have
     * @param days that may be waiting for it
     * @param archive archives a day, and looks at it; null when it was not sealed yet
     */
    class Outside(val clock: () -> Instant, val days: () -> List<Day>, val archive: (Day) -> Done?)

    /** A day that was archived: [line] tells of it, [findings] of what the look at it has found. */
    class Done(val line: String, val findings: List<Finding>)

    sealed interface Command
    private data object Look : Command
    private class Looked(val failed: Map<Day, String>, val done: Map<Day, Done>) : Command

    private class Trouble(val reason: String, val wait: Duration, val until: Long)

    private val troubles = HashMap<Day, Trouble>()

    private fun idle(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            Look -> {
                look()
                busy()
            }
            is Looked -> Behaviors.same()
        }
    }

    private fun busy(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            Look -> Behaviors.same()
            is Looked -> {
                looked(command)
                idle()
            }
        }
    }

    private fun look() {
        val patient = troubles.filterValues { it.until > System.nanoTime() }.keys
        val work = CompletableFuture.supplyAsync({ work(patient) }, context.system.dispatchers().lookup(DispatcherSelector.blocking()))
        context.pipeToSelf(work) { looked, failure -> looked ?: Looked(emptyMap(), emptyMap()).also { context.log.warn(reason(failure)) } }
    }

    private fun work(leftAlone: Set<Day>): Looked {
        val now = outside.clock().epochSecond
        val failed = HashMap<Day, String>()
        val done = HashMap<Day, Done>()
        for (day in outside.days()) {
            if (day in leftAlone || now < day.startsAt + Day.SECONDS + settings.at.toSecondOfDay()) continue
            // Whatever keeps one day from being archived, the others have their turn.
            try {
                outside.archive(day)?.let { done[day] = it }
            } catch (failure: Exception) {
                failed[day] = reason(failure)
            }
        }
        return Looked(failed, done)
    }

    private fun looked(looked: Looked) {
        for ((day, done) in looked.done) {
            troubles.remove(day)
            context.log.info("{}", done.line)
            done.findings.forEach { context.log.warn("{}: {}", day, it) }
        }
        for ((day, reason) in looked.failed) {
            val before = troubles[day]
            if (before?.reason != reason) context.log.warn("{} is not archived: {}", day, reason)
            val wait = before?.wait?.multipliedBy(2)?.coerceAtMost(LONGEST) ?: settings.retryAfter
            troubles[day] = Trouble(reason, wait, System.nanoTime() + wait.toNanos())
        }
    }

    private fun reason(failure: Throwable?) = failure?.let { generateSequence(it) { cause -> cause.cause }.last() }
        ?.let { it.message ?: it.toString() }.orEmpty()

    companion object {
        /** Only nodes with this role archive. */
        const val ROLE = "archive"
        private val LONGEST: Duration = Duration.ofHours(1)

        /** The archiver itself; it looks at once, and then again and again. */
        fun create(outside: Outside, settings: ArchiverSettings): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(NightlyArchiver::class.java)
            Behaviors.withTimers { timers: TimerScheduler<Command> ->
                timers.startTimerWithFixedDelay(Look, Duration.ZERO, settings.lookEvery)
                NightlyArchiver(context, outside, settings).idle()
            }
        }

        /** Sees to it that there is one in the cluster of [system], here or on another node. */
        fun init(system: ActorSystem<*>, outside: Outside, settings: ArchiverSettings) {
            val singleton = SingletonActor.of(create(outside, settings), "nightly-archiver")
            ClusterSingleton.get(system).init(singleton.withSettings(ClusterSingletonSettings.create(system).withRole(ROLE)))
        }
    }
}
