package twitchactors.node

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import twitchactors.collect.SlotClock
import twitchactors.domain.BadInput
import twitchactors.services.ServiceUnavailable
import twitchactors.twitch.SimulatedTwitchSettings
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.time.Instant

/**
 * A simulated Twitch that is collected from in place of the real one, by its own time.
 *
 * @param url as `simulate-twitch` prints it
 * @param chat host:port of its IRC
 * @param startsAt the simulated time at the real time [began]
 * @param endsAt the simulated time at which it stands still; null: never
 */
class Simulation private constructor(
    val url: String,
    private val chat: String,
    private val startsAt: Instant,
    private val began: Instant,
    private val endsAt: Instant?,
    private val speed: Double,
) {
    /** Its time, which is the same on all nodes of a machine. */
    val clock: SlotClock get() = SlotClock.simulated(startsAt, speed, began, endsAt)

    /** The same as [config], but for where Twitch is and who asks it. */
    fun replacesTwitchIn(config: Config): Config = ConfigFactory.parseMap(
        mapOf(
            "twitchactors.sources.twitch.api-url" to "$url/helix",
            "twitchactors.sources.twitch.oauth-url" to "$url/oauth2",
            "twitchactors.sources.twitch.pictures-url" to "$url/box-art",
            "twitchactors.sources.twitch.client-id" to SimulatedTwitchSettings.CLIENT_ID,
            "twitchactors.sources.twitch.client-secret" to SimulatedTwitchSettings.CLIENT_SECRET,
            "twitchactors.directory.url" to url,
            "twitchactors.sources.chat.host" to chat.substringBeforeLast(':'),
            "twitchactors.sources.chat.port" to chat.substringAfterLast(':').toInt(),
            "twitchactors.sources.chat.tls" to false,
        ),
        "the simulated Twitch at $url",
    ).withFallback(config)

    companion object {
        private const val KEY = "twitchactors.simulation.twitch"
        private const val TOKEN = "twitchactors.simulation.token"
        private val TIMEOUT: Duration = Duration.ofSeconds(10)

        /** The one that [config] names; null when it names none. */
        fun of(config: Config): Simulation? = config.getString(KEY).trimEnd('/').takeIf { it.isNotEmpty() }?.let { at(it) }

        /** The one that files and environment name; null when they name none. */
        fun ofEnvironment(): Simulation? = of(ConfigurationFile.load())

        /** What a simulated Twitch wants to be told before it lets its faults be switched; null when [config] names nothing. */
        fun token(config: Config): String? = config.getString(TOKEN).takeIf { it.isNotEmpty() }

        /** Asks the simulated Twitch at [url] what a collector has to know of it. */
        fun at(url: String): Simulation {
            val about = ask(url)
            fun text(key: String) = about[key]?.jsonPrimitive?.contentOrNull ?: throw notOne(url)
            return Simulation(
                url,
                text("chat"),
                startsAt = Instant.parse(text("starts_at")),
                began = Instant.parse(text("began")),
                endsAt = about["ends_at"]?.jsonPrimitive?.contentOrNull?.let { Instant.parse(it) },
                speed = about.getValue("speed").jsonPrimitive.double,
            )
        }

        private fun ask(url: String): JsonObject {
            val reply = try {
                val request = HttpRequest.newBuilder(URI.create("$url/simulator/clock")).timeout(TIMEOUT).build()
                HttpClient.newBuilder().connectTimeout(TIMEOUT).build().send(request, BodyHandlers.ofString())
            } catch (_: IllegalArgumentException) {
                throw BadInput("$KEY is '$url': write it as http://127.0.0.1:8503")
            } catch (silent: IOException) {
                throw ServiceUnavailable(
                    "no simulated Twitch answers at $url ($silent); start it with 'twitchactors simulate-twitch'",
                    silent,
                )
            }
            if (reply.statusCode() != 200) throw notOne(url)
            return try {
                Json.parseToJsonElement(reply.body()).jsonObject
            } catch (_: SerializationException) {
                throw notOne(url)
            }
        }

        private fun notOne(url: String) = BadInput("$KEY is '$url', where something else than a simulated Twitch of this version answers")
    }
}
