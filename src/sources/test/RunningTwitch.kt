package twitchactors.sources

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.apache.pekko.actor.BootstrapSetup
import org.apache.pekko.actor.CoordinatedShutdown
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.cluster.typed.Cluster
import org.apache.pekko.cluster.typed.Join
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.simulator.World
import twitchactors.simulator.WorldDay
import twitchactors.twitch.SimulatedClock
import twitchactors.twitch.SimulatedTwitch
import twitchactors.twitch.SimulatedTwitchSettings
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletionStage
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit

/** A simulated Twitch that runs, and nodes that ask it. */
internal class RunningTwitch(
    val world: World = World(seed = 7, viewers = 24_000, streamers = 400),
    speed: Double = 1.0,
    simulation: SimulatedTwitchSettings = SimulatedTwitchSettings(pointsPerMinute = 1_000_000),
) : AutoCloseable {
    private val clock = SimulatedClock(Instant.parse("2022-08-01T19:31:00Z"), speed)
    private val system = org.apache.pekko.actor.ActorSystem.create("twitch", QUIET)
    private val twitch = SimulatedTwitch.start(system, world, clock, simulation)
    private val client = HttpClient.newHttpClient()
    private val nodes = ArrayList<ActorSystem<Void>>()

    val url: String get() = twitch.url
    val day: Day get() = checkNotNull(Day.at(clock.millis() / 1000))
    val today: WorldDay get() = world.day(day)
    val slot: Int get() = (clock.millis() / 1000 / 300 % 288).toInt()

    /** The streamers by their numbers. */
    val streamers: List<Login> = (0 until world.streamers).map { Login.require(world.names[it]) }

    fun live(): Set<Login> = (0 until world.streamers).filter { today.broadcast(it, slot) != null }.map { streamers[it] }.toSet()

    /** One node of a cluster of its own, or of that of [with]. */
    fun node(with: ActorSystem<Void>? = null): ActorSystem<Void> {
        val node = ActorSystem.create(Behaviors.empty<Void>(), "node", BootstrapSetup.create(CLUSTER))
        nodes += node
        Cluster.get(node).manager().tell(Join.create(Cluster.get(with ?: node).selfMember().address()))
        return node
    }

    fun settings(
        clientId: String = SimulatedTwitchSettings.CLIENT_ID,
        secret: String = SimulatedTwitchSettings.CLIENT_SECRET,
        replyTimeout: Duration = Duration.ofSeconds(20),
        patience: Duration = Duration.ofMinutes(1),
        longestReply: Long = 4L shl 20,
        inFlight: Int = 32,
    ) = SourcesSettings(
        twitch = TwitchAccess("$url/helix", "$url/oauth2", clientId, Secret(secret)),
        replyTimeout = replyTimeout,
        budgetPatience = patience,
        longestReply = longestReply,
        inFlight = inFlight,
        retryAfter = Duration.ofMillis(20),
    )

    fun switch(vararg faults: String) {
        check(send("POST", "/simulator/faults", faults.joinToString("\n"), "text/plain").statusCode() == 200)
    }

    fun clearFaults() {
        send("DELETE", "/simulator/faults")
    }

    fun send(method: String, path: String, body: String = "", type: String = "application/x-www-form-urlencoded"): HttpResponse<String> =
        client.send(
            HttpRequest.newBuilder(
                URI(url + path),
            ).header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString(),
        )

    fun counts(): JsonObject = Json.parseToJsonElement(send("GET", "/simulator/counts").body()).jsonObject

    /** A number in [counts]; 0 when it is not there yet. */
    fun count(vararg path: String): Long = path.dropLast(1).fold(counts() as JsonObject?) { at, member -> at?.get(member)?.jsonObject }
        ?.get(path.last())?.jsonPrimitive?.long ?: 0

    override fun close() {
        nodes.forEach(::end)
        twitch.stop()
        system.terminate()
    }

    companion object {
        private val QUIET: Config =
            ConfigFactory.parseString("pekko { loglevel = OFF, stdout-loglevel = OFF }").withFallback(ConfigFactory.load())
        private val CLUSTER: Config = ConfigFactory.parseString(
            """
            pekko {
              actor { provider = cluster, warn-about-java-serializer-usage = on, allow-java-serialization = off }
              serialization.jackson.jackson-modules += "com.fasterxml.jackson.module.kotlin.KotlinModule"
              remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              coordinated-shutdown { run-by-jvm-shutdown-hook = off, exit-jvm = off }
            }
            """,
        ).withFallback(ConfigFactory.parseResources("sources.conf")).withFallback(QUIET).resolve()

        /** Ends [node] as one that leaves its cluster. */
        fun end(node: ActorSystem<Void>) {
            val shutdown = CoordinatedShutdown.get(Adapter.toClassic(node))
            shutdown.runAll(CoordinatedShutdown.unknownReason()).toCompletableFuture().get(30, TimeUnit.SECONDS)
        }

        fun <T> CompletionStage<T>.now(): T = toCompletableFuture().get(60, TimeUnit.SECONDS)

        /** The reason for which there is no answer. */
        fun CompletionStage<*>.reason(): String = try {
            "an answer: ${now()}"
        } catch (failure: ExecutionException) {
            NoAnswer.of(failure).reason
        }
    }
}
