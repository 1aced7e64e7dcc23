package twitchactors.pipeline

import kotlinx.serialization.json.Json
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

/** A simulated Twitch in a process of its own. [served] is its log of what it has answered. */
class SimulatedTwitch private constructor(private val program: Program, val served: Path) : AutoCloseable {
    val url = program.printed.lines().first { it.startsWith("ready ") }.removePrefix("ready ")

    /** Grants what `authorize` asks for, as a person would in the browser. */
    fun authorize(data: Path, environment: Map<String, String>) {
        Program.start(listOf("authorize", "--data", data), environment).use { authorize ->
            assertTrue(authorize.reaches("an address") { CODE.containsMatchIn(authorize.printed) }, authorize.news)
            post("$url/activate", "device-code=${CODE.find(authorize.printed)!!.groupValues[1]}&login=simulated_collector")
            assertEquals(0, authorize.end().exit, authorize.news)
        }
    }

    /** Makes [faults] happen from now on. */
    fun fail(faults: List<String>) = post("$url/simulator/faults", faults.joinToString("\n"), "text/plain")

    /** By fault: how often it has happened. */
    fun faults(): Map<String, Int> {
        val reply = http.send(HttpRequest.newBuilder(URI.create("$url/simulator/faults")).build(), BodyHandlers.ofString()).body()
        return Json.parseToJsonElement(reply).jsonObject.getValue("faults").jsonArray.map { it.jsonObject }.associate {
            it.getValue("fault").jsonPrimitive.content.substringBefore(':') to it.getValue("happened").jsonPrimitive.int
        }
    }

    private fun post(url: String, body: String, type: String = "application/x-www-form-urlencoded") {
        val request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build()
        val reply = http.send(request, BodyHandlers.ofString())
        assertEquals(200, reply.statusCode(), reply.body())
    }

    override fun close() = program.close()

    companion object {
        private val CODE = Regex("device-code=([A-Z]+)")
        private val http: HttpClient = HttpClient.newHttpClient()

        /** Starts one with [options] on free ports, whose log is [served]. */
        fun start(options: List<Any>, served: Path): SimulatedTwitch {
            val ports = listOf("--port", 0, "--irc-port", 0, "--served", served)
            val program = Program.start(listOf("simulate-twitch") + options + ports)
            assertTrue(program.reaches("a simulated Twitch") { "ready http" in program.printed }, program.news)
            return SimulatedTwitch(program, served)
        }
    }
}
