package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.double
import com.github.ajalt.clikt.parameters.types.int
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.simulator.World
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.time.Instant

/** `demo`: a simulated Twitch is collected from, through the whole pipeline, on this machine, and a page shows what arrives. */
class DemoCommand : CoreCliktCommand(name = "demo") {
    private val viewers by option("--viewers", metavar = "N", help = "accounts seen on a day (default 20000)").int().default(20_000)
    private val streamers by option("--streamers", metavar = "N", help = "streamers of the simulated Twitch (default 40)").int().default(40)
    private val speed by option(
        "--speed",
        metavar = "X",
        help = "times real time (default 720: a day in two minutes)",
    ).double().default(720.0)
    private val days by option("--days", metavar = "N", help = "days to play; then it only shows them (default 3)").int().default(3)
    private val nodes by option("--nodes", metavar = "N", help = "nodes, each a process of its own (default 1)").int().default(1)
    private val port by option("--port", metavar = "P", help = "the port of the page (default 8501)").int().default(8501)
    private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

    override fun help(context: Context) = """
        Shows all of it on this machine, with simulated data.

        Embedded services, a simulated Twitch at speed, pollers that ask it as they would ask the real one, viewer partitions, and a page that shows what arrives. Ctrl-C ends it; started again on the same data it goes on.

        Examples:
          twitchactors demo
          twitchactors demo --viewers 100000 --streamers 100 --speed 720
          twitchactors demo --nodes 3
    """.trimIndent()

    override fun run() {
        check()
        val folder = Files.createDirectories(Path.of(data))
        val time = SimulatedTime(folder.resolve("simulated.time"))
        val from = time.last() ?: Instant.ofEpochSecond(FIRST_DAY.startsAt)
        val first = checkNotNull(Day.at(from.epochSecond))
        val end = Instant.ofEpochSecond(first.startsAt).plus(Duration.ofDays(days.toLong())).plus(AFTERWARDS)
        Running.start(Configuration.of(folder, settings = PACE)).use { running ->
            // Its time passes, so it begins last.
            DemoTwitch.start(World(SEED, viewers, streamers), from, speed, end).use { twitch ->
                val configuration = Configuration.of(folder, Configuration.wantedRoles(), Simulation.at(twitch.url), PACE)
                twitch.authorize(configuration.sources, running.stores.userTokens)
                running.begin(configuration)
                running.requireNode()
                UntilInterrupted.run {
                    MoreNodes.start(running, twitch.url, nodes - 1)
                    OpsPart.start(running)
                    show(running)
                    play(running, List(days) { Day(first.epochDay + it) }, time)
                }
                time.keep(configuration.clock.now())
                // The node asks the simulated Twitch until it ends.
                running.close()
            }
        }
    }

    private fun check() {
        if (viewers !in 1..World.MAX_VIEWERS) throw BadInput("--viewers $viewers: give a number from 1 to ${World.MAX_VIEWERS}")
        if (streamers !in 1..World.MAX_STREAMERS) throw BadInput("--streamers $streamers: give a number from 1 to ${World.MAX_STREAMERS}")
        val fastest = SimulateTwitchCommand.FASTEST
        if (speed <= 0 || speed > fastest) throw BadInput("--speed $speed: give a number above 0, up to ${fastest.toInt()}")
        if (days < 1) throw BadInput("--days $days: give 1 or more")
        if (nodes !in 1..MOST_NODES) throw BadInput("--nodes $nodes: give a number from 1 to $MOST_NODES")
    }

    private fun show(running: Running) {
        val pages = OpenPages.start(running, PageAccounts(running.configuration.data), port)
        for ((role, login) in listOf("visitor" to pages.accounts.visitor(), "admin" to pages.accounts.admin())) {
            println("login $role ${login.first} ${login.second}")
        }
        pages.tellReady()
    }

    /** Tells of each of [days] when it is sealed; goes on until it is interrupted. */
    private fun play(running: Running, days: List<Day>, time: SimulatedTime) {
        val open = ArrayDeque(days)
        System.err.println("playing ${days.first()}")
        while (!running.hasLeft) {
            running.tend()
            time.keep(running.configuration.clock.now())
            while (open.isNotEmpty() && running.stores.status(open.first()) != null) {
                System.err.println("${open.removeFirst()} is sealed")
                System.err.println(
                    open.firstOrNull()?.let { "playing $it" } ?: "all ${days.size} days were played; the page goes on until Ctrl-C",
                )
            }
            UntilInterrupted.pause()
        }
    }

    private companion object {
        const val SEED = 1L
        const val MOST_NODES = 9

        val FIRST_DAY = checkNotNull(Day.parse("2022-08-01"))

        /** Simulated time after the last day in which it is closed and sealed. */
        val AFTERWARDS: Duration = Duration.ofHours(1)

        /** Sweeps are in simulated time, which passes quickly: an hour in seconds. */
        val PACE = mapOf(
            "twitchactors.sweeps.streams-every" to "10 minutes",
            "twitchactors.sweeps.roll-up-every" to "5 seconds",
        )
    }
}
