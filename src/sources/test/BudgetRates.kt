package twitchactors.sources

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Props
import twitchactors.twitch.SimulatedTwitchSettings
import java.lang.management.ManagementFactory
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.LongAdder

/**
 * Prints how many requests a second come through the cluster-wide budget of a token, and what share of the budget that is, when
 * there are always more requests than points: of a made-up bucket that answers after 5 ms or 80 ms and costs next to nothing, then
 * over HTTP of the simulated Twitch, which shares the processor; beside it, HTTP without a budget. 13.3 a second are the real
 * budget, at the real pace. Arguments: seconds for each (10 when absent), and `points` or `http` for only that.
 */
internal object BudgetRates {
    private const val LIMIT = 800
    private const val WARM_UP_SECONDS = 4L
    private const val PATH = "/games/top?first=1"

    /** One who asks: a request that is done when its answer is there. */
    private fun interface Ask {
        fun once(): CompletionStage<*>
    }

    /** There is always a point. */
    private object Free : Points {
        override fun take(budget: String): CompletionStage<*> = CompletableFuture.completedFuture(Unit)

        override fun done(budget: String, told: RateLimit?, isRefused: Boolean) = Unit
    }

    /** A bucket of Twitch's that is asked without HTTP. Its clock runs [speed] times as fast as ours. */
    private class Bucket(private val limit: Int, private val speed: Double, replyMillis: Long) {
        private val half = replyMillis * 500
        private val timer = Executors.newScheduledThreadPool(1) { Thread(it, "bucket").apply { isDaemon = true } }
        private val began by lazy { System.nanoTime() }
        private var left = limit * 0.03
        private var at = 0.0
        val refused = LongAdder()

        fun ask(points: Points): CompletionStage<*> = points.take("app").thenCompose {
            val reply = CompletableFuture<Unit>()
            timer.schedule({
                val told = taken()
                timer.schedule({
                    points.done("app", told, told == null)
                    reply.complete(Unit)
                }, half, TimeUnit.MICROSECONDS)
            }, half, TimeUnit.MICROSECONDS)
            reply
        }

        @Synchronized
        private fun taken(): RateLimit? {
            val now = (System.nanoTime() - began) / 1e9 * speed
            left = minOf(limit.toDouble(), left + (now - at) * limit / 60)
            at = now
            if (left < 1) return null.also { refused.increment() }
            left -= 1
            return RateLimit(limit, left.toInt(), (EPOCH + now + (limit - left) * 60 / limit).toLong() + 1, EPOCH + now.toLong())
        }

        private companion object {
            const val EPOCH = 1_659_312_000L
        }
    }

    @JvmStatic
    fun main(arguments: Array<String>) {
        val seconds = arguments.firstOrNull()?.toLong() ?: 10L
        if ("http" !in arguments) points(seconds)
        if ("points" !in arguments) http(seconds)
    }

    private fun points(seconds: Long) {
        for (rate in listOf(LIMIT / 60.0, 3000.0)) {
            for ((nodes, millis) in listOf(1 to 5L, 1 to 80L, 2 to 80L)) {
                withNodes(nodes, LIMIT, 1.0) { _, systems ->
                    val bucket = Bucket(LIMIT, rate * 60 / LIMIT, millis)
                    val asks = leased(systems).map { Ask { bucket.ask(it) } }
                    measured("points, $nodes node(s), replies in $millis ms", rate, seconds, asks) { bucket.refused.sum() }
                }
            }
        }
    }

    private fun http(seconds: Long) {
        val plenty = 1_000_000
        withNodes(1, plenty, 1.0) { twitch, _ ->
            val http = TwitchHttp(twitch.settings())
            val token = AppToken(TwitchOAuth(twitch.settings(), http))
            val calls = HelixCalls(twitch.settings(), http, Free)
            measured("HTTP without a budget", null, seconds, listOf(Ask { calls.get(PATH, token) { } })) { 0 }
        }
        withNodes(1, plenty, 1.0) { twitch, systems -> http("HTTP, a budget that is never short", null, twitch, systems, seconds) }
        for (nodes in 1..2) {
            withNodes(nodes, LIMIT, 3000 * 60.0 / LIMIT) { twitch, systems ->
                http("HTTP, $nodes node(s)", 3000.0, twitch, systems, seconds)
            }
        }
    }

    private fun http(what: String, rate: Double?, twitch: RunningTwitch, systems: List<ActorSystem<Void>>, seconds: Long) {
        val http = TwitchHttp(twitch.settings())
        val token = AppToken(TwitchOAuth(twitch.settings(), http))
        val asks = leased(systems).map { points ->
            val calls = HelixCalls(twitch.settings(), http, points)
            Ask { calls.get(PATH, token) { } }
        }
        measured(what, rate, seconds, asks) { twitch.count("budgets", "app", "points_refused") }
    }

    private fun withNodes(count: Int, limit: Int, speed: Double, work: (RunningTwitch, List<ActorSystem<Void>>) -> Unit) {
        RunningTwitch(speed = speed, simulation = SimulatedTwitchSettings(pointsPerMinute = limit)).use { twitch ->
            val first = twitch.node()
            work(twitch, listOf(first) + List(count - 1) { twitch.node(first) })
        }
    }

    private fun leased(systems: List<ActorSystem<Void>>): List<Points> = systems.map { system ->
        val keeper = BudgetKeeper.init(system, LIMIT, null)
        val leases = PointLeases.create(keeper, Duration.ofMinutes(2), BudgetFigures())
        LeasedPoints(system.systemActorOf(leases, "points", Props.empty()), system.executionContext())
    }

    /** Keeps more requests waiting at all times than there are points. */
    private fun measured(what: String, rate: Double?, seconds: Long, asks: List<Ask>, refused: () -> Long) {
        val waiting = rate?.let { maxOf(40, (it * 0.3).toInt()) } ?: 400
        val done = LongAdder()
        val failed = LongAdder()
        val isOver = AtomicBoolean()
        val running = AtomicInteger(waiting)
        val begun = CountDownLatch(1)
        val ended = CountDownLatch(1)

        fun again(ask: Ask) {
            if (isOver.get()) {
                if (running.decrementAndGet() == 0) ended.countDown()
                return
            }
            ask.once().whenCompleteAsync { _, failure ->
                if (failure == null) done.increment() else failed.increment()
                begun.countDown()
                again(ask)
            }
        }
        repeat(waiting) { again(asks[it % asks.size]) }
        begun.await()
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS)
        val (before, cpu, from) = Triple(done.sum(), processorSeconds(), System.nanoTime())
        TimeUnit.SECONDS.sleep(seconds)
        val passed = (System.nanoTime() - from) / 1e9
        val perSecond = (done.sum() - before) / passed
        val share = rate?.let { ", %.0f %% of the budget's %,.1f".format(100 * perSecond / it, it) }.orEmpty()
        println(
            "%-36s %,8.1f a second%s; refused %d, failed %d; %.2f processors".format(
                what,
                perSecond,
                share,
                refused(),
                failed.sum(),
                (processorSeconds() - cpu) / passed,
            ),
        )
        isOver.set(true)
        ended.await(30, TimeUnit.SECONDS)
    }

    private fun processorSeconds() =
        (ManagementFactory.getOperatingSystemMXBean() as com.sun.management.OperatingSystemMXBean).processCpuTime / 1e9
}
