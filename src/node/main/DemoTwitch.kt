package twitchactors.node

import com.typesafe.config.ConfigFactory
import org.apache.pekko.actor.ActorSystem
import twitchactors.simulator.World
import twitchactors.twitch.SimulatedClock
import twitchactors.twitch.SimulatedTwitch
import java.time.Instant

/** The simulated Twitch of a demo, in this process, on free ports of 127.0.0.1. */
internal class DemoTwitch private constructor(private val system: ActorSystem, private val twitch: SimulatedTwitch) : AutoCloseable {
    val url: String get() = twitch.url

    override fun close() {
        twitch.stop()
        system.terminate()
    }

    companion object {
        /** Pekko would tell of connections that break, which are meant; our own failures are logged. */
        private const val CONFIG = """
            pekko.loglevel = OFF
            pekko.stdout-loglevel = OFF
        """

        /** Lets the time of [world] begin at [startsAt], [speed] times as fast as real time, and stand still at [endsAt]. */
        fun start(world: World, startsAt: Instant, speed: Double, endsAt: Instant): DemoTwitch {
            val config = ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.defaultReference())
            val system = ActorSystem.create("demo-twitch", config)
            try {
                return DemoTwitch(system, SimulatedTwitch.start(system, world, SimulatedClock(startsAt, speed, endsAt = endsAt)))
            } catch (failure: Throwable) {
                system.terminate()
                throw failure
            }
        }
    }
}
