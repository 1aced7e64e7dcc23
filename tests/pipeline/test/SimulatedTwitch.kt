package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Path

/**
 * A simulated Twitch in a process of its own, whose time stands still until it may [begin].
 *
 * @property served its log of what it has answered
 */
class SimulatedTwitch private constructor(private val program: Program, val served: Path) : AutoCloseable {
    val url = program.printed.lines().first { it.startsWith("ready ") }.removePrefix("ready ")

    /** Grants what `authorize` asks for, as a person would in the browser. */
    fun authorize(data: Path, environment: Map<String, String>) {
        val ended = asked(data, environment) { code -> post("$url/activate", "device-code=$code&login=simulated_collector") }
        assertEquals(0, ended.exit, "$ended")
    }

    /** How `authorize` ends after [answer] was done with the code that it shows. */
    fun asked(data: Path, environment: Map<String, String>, answer: (String) -> Unit): Program.Ended =
        Program.start(listOf("authorize", "--data", data), environment).use { authorize ->
            assertTrue(authorize.reaches("an address") { CODE.containsMatchIn(authorize.printed) }, authorize.news)
            answer(CODE.find(authorize.printed)!!.groupValues[1])
            authorize.end()
        }

    /** Refuses what the device with [code] asks for. */
    fun deny(code: String) = post("$url/activate", "device-code=$code&answer=deny")

    /** Lets time begin, when those who are started now have had a moment to get ready: what starts earlier would not hear of it. */
    fun begin(seconds: Int = SECONDS_TO_START) = post("$url/simulator/clock", "$seconds", "text/plain")

    /** Makes [faults] happen from now on. */
    fun fail(faults: List<String>) = post("$url/simulator/faults", faults.joinToString("\n"), "text/plain")

    /** By fault: how often it has happened. */
    fun faults(): Map<String, Int> = asked("faults").getValue("faults").jsonArray.map { it.jsonObject }.associate {
        it.getValue("fault").jsonPrimitive.content.substringBefore(':') to it.getValue("happened").jsonPrimitive.int
    }

    /** The slot that it has now. */
    fun slot(): Int = asked("clock").getValue("slot").jsonPrimitive.int

    /** The day that it has now. */
    fun day(): String = asked("clock").getValue("day").jsonPrimitive.content

    private fun asked(what: String): JsonObject {
        val request = HttpRequest.newBuilder(URI.create("$url/simulator/$what")).build()
        return Json.parseToJsonElement(http.send(request, BodyHandlers.ofString()).body()).jsonObject
    }

    private fun post(url: String, body: String, type: String = "application/x-www-form-urlencoded") {
        val request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build()
        val reply = http.send(request, BodyHandlers.ofString())
        assertEquals(200, reply.statusCode(), reply.body())
    }

    override fun close() = program.close()

    companion object {
        private val CODE = Regex("device-code=([A-Z]+)")

        /** What goes before a run takes a busy machine much less. */
        private const val SECONDS_HELD = 3_600
        private const val SECONDS_TO_START = 12
        private val http: HttpClient = HttpClient.newHttpClient()

        /** Starts one with [options] on free ports, whose log is [served]. */
        fun start(options: List<Any>, served: Path): SimulatedTwitch {
            val ports = listOf("--port", 0, "--irc-port", 0, "--served", served, "--held", SECONDS_HELD)
            val program = Program.start(listOf("simulate-twitch") + options + ports)
            assertTrue(program.reaches("a simulated Twitch") { "ready http" in program.printed }, program.news)
            return SimulatedTwitch(program, served)
        }
    }
}
