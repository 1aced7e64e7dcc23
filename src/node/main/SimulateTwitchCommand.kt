package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.parameters.options.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.multiple
import com.github.ajalt.clikt.parameters.options.option
import com.github.ajalt.clikt.parameters.types.double
import com.github.ajalt.clikt.parameters.types.int
import com.github.ajalt.clikt.parameters.types.long
import org.apache.pekko.actor.ActorSystem
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.simulator.World
import twitchactors.twitch.Fault
import twitchactors.twitch.FaultKind
import twitchactors.twitch.LimitTime
import twitchactors.twitch.SimulatedClock
import twitchactors.twitch.SimulatedTwitch
import twitchactors.twitch.SimulatedTwitchSettings
import java.io.IOException
import java.net.BindException
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.time.LocalTime
import java.time.format.DateTimeParseException
import java.util.concurrent.CountDownLatch

/** `simulate-twitch`: a Twitch of its own on this machine, for clients to be tried against. */
class SimulateTwitchCommand : CoreCliktCommand(name = "simulate-twitch") {
    private val port by option("--port", metavar = "P", help = "of HTTP and WebSocket; 0: a free one (default 8503)").int().default(8503)
    private val ircPort by option(
        "--irc-port",
        metavar = "P",
        help = "of the chat over TCP; 0: a free one (default 6667)",
    ).int().default(6667)
    private val viewers by option("--viewers", metavar = "N", help = "accounts seen on a day (default 20000)").int().default(20_000)
    private val streamers by option("--streamers", metavar = "N", help = "streamers (default 40)").int().default(40)
    private val seed by option("--seed", metavar = "S", help = "another seed is another world (default 1)").long().default(1)
    private val day by option("--day", metavar = "D", help = "the UTC date on which it begins (default 2022-08-01)")
        .convert { Day.parse(it) ?: fail("'$it' is no day from 1970-01-01 to 9999-12-31: write it as yyyy-MM-dd") }
        .default(checkNotNull(Day.parse("2022-08-01")))
    private val at by option("--at", metavar = "HH:MM", help = "the time of day, UTC, at which it begins (default 00:00)")
        .convert {
            try {
                LocalTime.parse(it)
            } catch (_: DateTimeParseException) {
                fail("'$it' is no time of day: write it as 18:30")
            }
        }.default(LocalTime.MIDNIGHT)
    private val speed by option("--speed", metavar = "X", help = "times real time (default 1)").double().default(1.0)
    private val held by option(
        "--held",
        metavar = "S",
        help = "seconds that time stands still first, or until a POST to /simulator/clock (default 0)",
    ).long().default(0)
    private val authorized by option(
        "--authorized",
        metavar = "SHARE",
        help = "of streamers whose chatters may be read, 0 to 1 (default 1)",
    )
        .double().default(1.0)
    private val limits by option(
        "--limits",
        metavar = "TIME",
        help = "count points, joins and lives in simulated or real time (default simulated)",
    )
        .convert { text -> LimitTime.entries.find { it.name.lowercase() == text } ?: fail("'$text': simulated or real") }
        .default(LimitTime.SIMULATED)
    private val faults by option(
        "--faults",
        metavar = "FAULT",
        help = "KIND[:PROBABILITY][,streamer=..][,path=..][,times=..]; may be given several times",
    )
        .multiple()
    private val served by option("--served", metavar = "FILE", help = "log every completed reply there, as JSON lines")

    override fun help(context: Context) = """
        Starts a SIMULATED Twitch on this machine: OAuth, Helix, the directory's pages and the chat (IRC over TCP and WebSocket), with a world of made-up streamers and viewers. It is not Twitch, and nobody in it exists. Ctrl-C ends it.

        Faults: ${FaultKind.entries.joinToString(", ") {
        it.label
    }}. They can be switched while it runs, by POST to /simulator/faults, a fault a line; GET shows them. With TWITCHACTORS_SIMULATION_TOKEN set, that needs it as a bearer token. What was asked and answered is at /simulator/counts, the simulated time at /simulator/clock.

        Examples:
          twitchactors simulate-twitch
          twitchactors simulate-twitch --viewers 200000 --streamers 2000 --speed 60 --at 18:00
          twitchactors simulate-twitch --faults cut-body:0.05 --faults server-error:0.1,path=/helix/streams --served served.jsonl
    """.trimIndent()

    override fun run() {
        check()
        val world = World(seed, viewers, streamers)
        val settings = SimulatedTwitchSettings(
            port = port,
            ircPort = ircPort,
            limitTime = limits,
            moderated = authorized,
            faults = faults.map { Fault.parse(it) },
            served = served?.let { Path.of(it) },
            controlToken = Simulation.token(ConfigurationFile.load()),
        )
        val system = QuietSystem.create("simulated-twitch")
        try {
            val clock = SimulatedClock(
                Instant.ofEpochSecond(day.startsAt + at.toSecondOfDay()),
                speed,
                held = Duration.ofSeconds(held),
            )
            show(start(system, world, clock, settings), clock)
            CountDownLatch(1).await()
        } finally {
            system.terminate()
        }
    }

    private fun start(system: ActorSystem, world: World, clock: SimulatedClock, settings: SimulatedTwitchSettings): SimulatedTwitch = try {
        SimulatedTwitch.start(system, world, clock, settings)
    } catch (taken: BindException) {
        throw BadInput(taken.message.orEmpty(), taken)
    } catch (failure: IOException) {
        throw BadInput("--served $served: cannot write there; name a file in a folder you may write to", failure)
    }

    private fun show(twitch: SimulatedTwitch, clock: SimulatedClock) {
        println("SIMULATED Twitch: $viewers viewers a day, $streamers streamers, from ${clock.startsAt} at $speed times real time")
        println("client ${SimulatedTwitchSettings.CLIENT_ID} ${SimulatedTwitchSettings.CLIENT_SECRET}")
        println("irc ${twitch.host}:${twitch.ircPort}")
        println("websocket ${twitch.webSocketUrl}")
        println("ready ${twitch.url}")
        System.out.flush()
    }

    private fun check() {
        if (viewers !in 1..World.MAX_VIEWERS) throw BadInput("--viewers $viewers: give a number from 1 to ${World.MAX_VIEWERS}")
        if (streamers !in 1..World.MAX_STREAMERS) throw BadInput("--streamers $streamers: give a number from 1 to ${World.MAX_STREAMERS}")
        if (speed <= 0 || speed > FASTEST) throw BadInput("--speed $speed: give a number above 0 and up to ${FASTEST.toInt()}")
        if (held !in 0..LONGEST_HOLD) throw BadInput("--held $held: give a number of seconds from 0 to $LONGEST_HOLD")
        if (authorized !in 0.0..1.0) throw BadInput("--authorized $authorized: give a share from 0 to 1")
        for ((name, value) in listOf("--port" to port, "--irc-port" to ircPort)) {
            if (value !in 0..65_535) throw BadInput("$name $value: give a port from 0 to 65535")
        }
    }

    internal companion object {
        /** A day in nine seconds: days must be worked out in that time. */
        const val FASTEST = 10_000.0
        private const val LONGEST_HOLD = 86_400L
    }
}
