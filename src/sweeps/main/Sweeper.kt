package twitchactors.sweeps

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.SupervisorStrategy
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.cluster.typed.ClusterSingleton
import org.apache.pekko.cluster.typed.ClusterSingletonSettings
import org.apache.pekko.cluster.typed.SingletonActor
import twitchactors.domain.CategoryRow
import twitchactors.domain.StreamRow
import twitchactors.sources.Category
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletionStage

/**
 * Sweeps the categories, and their streams, each at the full multiples of its interval; the first time at once. One in the cluster.
 * At most one sweep of each kind is under way: one that outlasts its interval costs the next, which is counted. It keeps nothing: a new
 * one begins with a sweep of categories. A sweep that fails is counted and said, and nothing is made up in its place.
 */
class Sweeper private constructor(
    private val context: ActorContext<Command>,
    private val timers: TimerScheduler<Command>,
    private val outside: SweepOutside,
    private val settings: SweepsSettings,
    categoryMeter: SweepMeter,
    streamMeter: SweepMeter,
) {
    sealed interface Command
    private class Due(val kind: Kind<*>) : Command
    private class Found<Row>(val kind: Kind<Row>, val swept: Swept<Row>) : Command
    private class Delivered<Row>(val kind: Kind<Row>, val swept: Swept<Row>) : Command
    private class Failed(val kind: Kind<*>, val what: String, val cause: Throwable) : Command

    /** What is swept, and where its sweeps stand. */
    private class Kind<Row>(
        val name: String,
        val every: Duration,
        val meter: SweepMeter,
        val sweep: (Instant) -> CompletionStage<Swept<Row>>,
        val deliver: (Swept<Row>) -> CompletionStage<*>,
    ) {
        /** When the sweep under way began; null when none is. */
        var began: Instant? = null
        var last: Instant = Instant.MIN
        var due: Instant = Instant.MIN
    }

    private val categoryKind =
        Kind("categories", settings.categoriesEvery, categoryMeter, outside.sweepCategories, outside.deliverCategories)
    private val streamKind =
        Kind<StreamRow>("streams", settings.streamsEvery, streamMeter, { outside.sweepStreams(it, known) }, outside.deliverStreams)

    /** The categories that were found last, whose streams are swept. */
    private var known = emptyList<Category>()

    init {
        begin(categoryKind)
        plan(categoryKind)
    }

    private fun sweeping(): Behavior<Command> = Behaviors.receiveMessage { command ->
        when (command) {
            is Due -> due(command.kind)
            is Found<*> -> found(command)
            is Delivered<*> -> delivered(command.kind, command.swept)
            is Failed -> failed(command)
        }
        Behaviors.same()
    }

    private fun due(kind: Kind<*>) {
        val late = Duration.between(kind.due, outside.now())
        if (late.isNegative) {
            // Timers are not that exact.
            wake(kind)
            return
        }
        val passed = late.dividedBy(kind.every)
        val began = kind.began
        val lost = if (began == null) passed else passed + 1
        if (lost > 0) {
            kind.meter.overruns.add(lost)
            if (began == null) {
                context.log.warn("the sweep of {} is late: {} left out", kind.name, lost)
            } else {
                context.log.warn("the sweep of {} of {} outlasts its interval: {} left out", kind.name, RowTimes.text(began), lost)
            }
        }
        if (began == null) begin(kind)
        plan(kind)
    }

    /** The next one is due at the next full multiple of the interval. */
    private fun plan(kind: Kind<*>) {
        val every = kind.every.toMillis()
        kind.due = Instant.ofEpochMilli((Math.floorDiv(outside.now().toEpochMilli(), every) + 1) * every)
        wake(kind)
    }

    private fun wake(kind: Kind<*>) {
        val wait = outside.lasts(Duration.between(outside.now(), kind.due))
        timers.startSingleTimer(kind, Due(kind), maxOf(wait, LEAST_WAIT))
    }

    private fun <Row> begin(kind: Kind<Row>) {
        val timestamp = Instant.ofEpochSecond(outside.now().epochSecond)
        // Two sweeps of one time would be one. It comes to that only where a clock was put back.
        if (timestamp <= kind.last) return
        kind.last = timestamp
        kind.began = timestamp
        context.pipeToSelf(kind.sweep(timestamp)) { swept, failure ->
            if (failure == null) Found(kind, swept) else Failed(kind, "found nothing", failure)
        }
    }

    private fun <Row> found(found: Found<Row>) {
        val kind = found.kind
        val swept = found.swept
        kind.meter.leftOut.add(swept.leftOut.size.toLong())
        kind.meter.cut.add(swept.cut.toLong())
        swept.leftOut.forEach { (category, reason) ->
            context.log.warn("the sweep of {} of {} is without {}: {}", kind.name, RowTimes.text(swept.timestamp), category, reason)
        }
        if (kind === categoryKind) {
            val areFirst = known.isEmpty() && swept.categories.isNotEmpty()
            known = swept.categories.ifEmpty { known }
            if (areFirst) {
                begin(streamKind)
                plan(streamKind)
            }
        }
        context.pipeToSelf(kind.deliver(swept)) { _, failure ->
            if (failure == null) Delivered(kind, swept) else Failed(kind, "did not reach Kafka as a whole", failure)
        }
    }

    private fun delivered(kind: Kind<*>, swept: Swept<*>) {
        kind.began = null
        if (swept.rows.isEmpty() && swept.leftOut.isNotEmpty()) kind.meter.failed.increment() else kind.meter.sweeps.increment()
        kind.meter.rows.add(swept.rows.size.toLong())
        context.log.info("swept {} of {}: {} rows", kind.name, RowTimes.text(swept.timestamp), swept.rows.size)
    }

    private fun failed(failed: Failed) {
        val kind = failed.kind
        val began = kind.began?.let(RowTimes::text)
        kind.began = null
        kind.meter.failed.increment()
        context.log.warn("the sweep of {} of {} {}: {}", kind.name, began, failed.what, CategoryStreams.reason(failed.cause))
    }

    companion object {
        /** Only nodes with this role sweep. */
        const val ROLE = "collect"

        private val LEAST_WAIT: Duration = Duration.ofMillis(10)

        /** The sweeper itself; it begins at once. A restart costs the sweeps that were under way. */
        fun create(
            outside: SweepOutside,
            settings: SweepsSettings,
            categoryMeter: SweepMeter = SweepMeter(),
            streamMeter: SweepMeter = SweepMeter(),
        ): Behavior<Command> {
            val sweeper = Behaviors.setup<Command> { context ->
                context.setLoggerName(Sweeper::class.java)
                Behaviors.withTimers { timers -> Sweeper(context, timers, outside, settings, categoryMeter, streamMeter).sweeping() }
            }
            val backOff = SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2)
            return Behaviors.supervise(sweeper).onFailure(backOff)
        }

        /** Sees to it that there is one in the cluster of [system], here or on another node. */
        fun init(system: ActorSystem<*>, sweeper: Behavior<Command>) {
            val singleton = SingletonActor.of(sweeper, "sweeper")
            ClusterSingleton.get(system).init(singleton.withSettings(ClusterSingletonSettings.create(system).withRole(ROLE)))
        }
    }
}
