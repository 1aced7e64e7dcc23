package twitchactors.node

import org.apache.pekko.actor.ActorSystem
import twitchactors.simulator.World
import twitchactors.sources.SourcesSettings
import twitchactors.sources.TwitchOAuth
import twitchactors.store.UserTokens
import twitchactors.twitch.SimulatedClock
import twitchactors.twitch.SimulatedTwitch
import twitchactors.twitch.SimulatedTwitchSettings
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.time.Instant

/** The simulated Twitch of a demo, in this process, on free ports of 127.0.0.1. */
internal class DemoTwitch private constructor(private val system: ActorSystem, private val twitch: SimulatedTwitch) : AutoCloseable {
    val url: String get() = twitch.url

    /** Lets the collector's account authorize us, as `authorize` does: a form is sent instead of a person who fills it in. */
    fun authorize(sources: SourcesSettings, tokens: UserTokens) {
        TwitchOAuth(sources).use { oauth ->
            val device = oauth.device(setOf(TwitchOAuth.READ_CHATTERS)).toCompletableFuture().get()
            val fields = "device-code=${device.userCode}&login=${SimulatedTwitchSettings.COLLECTOR}"
            val form = HttpRequest.newBuilder(URI.create("$url/activate"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(fields)).build()
            HttpClient.newHttpClient().send(form, BodyHandlers.discarding())
            val token = checkNotNull(oauth.granted(device).toCompletableFuture().get()) { "the simulated Twitch grants nothing" }
            NewGrant.keep(tokens, token, oauth.owner(token.access).toCompletableFuture().get())
        }
    }

    override fun close() {
        twitch.stop()
        system.terminate()
    }

    companion object {
        /** A node is there within this time; it should miss no slot. */
        private val HELD: Duration = Duration.ofSeconds(5)

        /** Lets the time of [world] begin at [startsAt], in a moment, [speed] times as fast as real time, and stand still at [endsAt]. */
        fun start(world: World, startsAt: Instant, speed: Double, endsAt: Instant): DemoTwitch {
            val system = QuietSystem.create("demo-twitch")
            try {
                return DemoTwitch(
                    system,
                    SimulatedTwitch.start(system, world, SimulatedClock(startsAt, speed, held = HELD, endsAt = endsAt)),
                )
            } catch (failure: Throwable) {
                system.terminate()
                throw failure
            }
        }
    }
}
