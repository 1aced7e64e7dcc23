package twitchactors.node

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.contentOrNull
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
                    "Switches a fault on, or off with probability 0; without one, lists what is on and what there is. " +
                        "A fault is KIND[:PROBABILITY][,streamer=LOGIN][,path=PREFIX][,times=N][,seconds=S].",
                    listOf(
                        PaletteArgument(FAULT, "what goes wrong, and how often"),
                        PaletteArgument(CLEAR, "switch all faults off first", listOf("--clear"), isFlag = true),
                    ),
                    examples = listOf("simulator fault", "simulator fault server-error:0.1,path=/helix", "simulator fault --clear"),
                ),
                mapOf(FAULT to ::kinds),
            ) { asked, _ -> fault(asked) },
        ),
    )

    private fun kinds() = ask { GET() }.getValue("kinds").jsonArray.map { it.jsonObject.getValue("kind").jsonPrimitive.content }

    private fun fault(asked: AskedCommand): Answer {
        if (asked.has(CLEAR)) ask { DELETE() }
        val fault = asked.optional(FAULT)
        val now = if (fault == null) ask { GET() } else ask { POST(BodyPublishers.ofString(fault)) }
        val on = now.getValue("faults").jsonArray.map { it.jsonObject }.map {
            "on: ${it.getValue("fault").jsonPrimitive.content}, happened ${it.getValue("happened").jsonPrimitive.content} times"
        }.ifEmpty { listOf("no fault is on") }
        val kinds = now.getValue("kinds").jsonArray.map { it.jsonObject }.map {
            "  ${it.getValue("kind").jsonPrimitive.content}: ${it.getValue("what").jsonPrimitive.content}"
        }
        return Answer(if (fault == null && !asked.has(CLEAR)) on + "There are:" + kinds else on, now)
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
