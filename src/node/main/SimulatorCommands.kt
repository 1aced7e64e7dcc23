package twitchactors.node

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import twitchactors.domain.BadInput
import twitchactors.ops.Answer
import twitchactors.ops.OpsCommand
import twitchactors.ops.OpsPalette
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import twitchactors.services.ServiceUnavailable
import twitchactors.twitch.Fault
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration

/** The palette `simulator`: what goes wrong in the simulated Twitch that this node collects from. */
internal class SimulatorCommands(private val simulation: () -> Simulation?) {
    private val http: HttpClient by lazy { HttpClient.newBuilder().connectTimeout(PATIENCE).build() }

    val palette: OpsPalette = OpsPalette(
        "simulator",
        "the simulated Twitch, where one is collected from",
        listOf(
            OpsCommand(
                PaletteCommand(
                    "fault",
                    "Switches a fault on, or off with probability 0: KIND:0 ends all of a kind. Without one, lists what is on and what " +
                        "there is. A fault is KIND[:PROBABILITY][,streamer=LOGIN][,path=PREFIX][,times=N][,seconds=S].",
                    listOf(
                        PaletteArgument(FAULT, "what goes wrong, and how often"),
                        PaletteArgument(CLEAR, "switch all faults off first", listOf("--clear"), isFlag = true),
                    ),
                    examples = listOf(
                        "simulator fault",
                        "simulator fault server-error:0.1,path=/helix",
                        "simulator fault server-error:0",
                        "simulator fault --clear",
                    ),
                ),
                mapOf(FAULT to ::kinds),
            ) { asked, _ -> fault(asked) },
        ),
    )

    private fun kinds() = ask { GET() }.getValue("kinds").jsonArray.map { it.jsonObject.getValue("kind").jsonPrimitive.content }

    private fun fault(asked: AskedCommand): Answer {
        val before = faults(ask { GET() })
        if (asked.has(CLEAR)) ask { DELETE() }
        val fault = asked.optional(FAULT)
        val now = if (fault == null) ask { GET() } else ask { POST(BodyPublishers.ofString(fault)) }
        val lines = ended(fault, before.keys - faults(now).keys) + on(faults(now))
        val kinds = now.getValue("kinds").jsonArray.map { it.jsonObject }.map {
            "  ${it.getValue("kind").jsonPrimitive.content}: ${it.getValue("what").jsonPrimitive.content}"
        }
        return Answer(if (fault == null && !asked.has(CLEAR)) lines + "There are:" + kinds else lines, now)
    }

    /** Who wanted to end a [fault] and ended none hears of it. */
    private fun ended(fault: String?, gone: Set<String>): List<String> {
        val isEnd = fault != null && runCatching { Fault.parse(fault) }.getOrNull()?.probability == 0.0
        return if (isEnd && gone.isEmpty()) listOf("no such fault was on") else gone.map { "ended: $it" }
    }

    private fun on(faults: Map<String, Int>): List<String> = faults.map { (fault, happened) ->
        "on: $fault, happened ${if (happened == 1) "once" else "$happened times"}"
    }.ifEmpty { listOf("no fault is on") }

    /** Those that are on, with how often each has happened. */
    private fun faults(now: JsonObject): Map<String, Int> = now.getValue("faults").jsonArray.map { it.jsonObject }.associate {
        it.getValue("fault").jsonPrimitive.content to it.getValue("happened").jsonPrimitive.int
    }

    private fun ask(method: HttpRequest.Builder.() -> HttpRequest.Builder): JsonObject {
        val url = simulation()?.url ?: throw BadInput("this node does not collect from a simulated Twitch, so there is nothing to switch")
        val token = Simulation.token(ConfigurationFile.load())
        val request = HttpRequest.newBuilder(URI.create("$url/simulator/faults")).timeout(PATIENCE).method()
            .apply { if (token != null) header("Authorization", "Bearer $token") }.build()
        val reply = try {
            http.send(request, BodyHandlers.ofString())
        } catch (silent: IOException) {
            throw ServiceUnavailable("no simulated Twitch answers at $url ($silent)", silent)
        }
        val body = Json.parseToJsonElement(reply.body()).jsonObject
        if (reply.statusCode() == OK) return body
        throw BadInput(body["message"]?.jsonPrimitive?.contentOrNull ?: "the simulated Twitch at $url says ${reply.statusCode()}")
    }

    private companion object {
        const val FAULT = "fault"
        const val CLEAR = "clear"
        const val OK = 200
        val PATIENCE: Duration = Duration.ofSeconds(5)
    }
}
