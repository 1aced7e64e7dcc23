package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Path
import kotlin.io.path.forEachLine
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText

/**
 * The last hours of a day are collected from a simulated Twitch with faults, through the whole program, which is killed in the middle:
 * what is stored in the end is what was served, and what is missing is listed with its reason.
 */
class CollectIT {
    private data class Poll(val streamer: String, val slot: Int)

    /** Polls that have got names of two slots. */
    private var mixed = 0

    @Test
    fun `what is stored of a collected day is what was served, and every gap has its reason`(@TempDir folder: Path) {
        val served = folder.resolve("served.jsonl")
        val size = listOf("--viewers", 3_000, "--streamers", 60, "--speed", SPEED, "--day", DAY, "--at", "21:00")
        val ports = listOf("--port", 0, "--irc-port", 0, "--served", served)
        Program.start(listOf("simulate-twitch") + size + ports).use { twitch ->
            assertTrue(twitch.reaches("a simulated Twitch") { "ready http" in twitch.printed }, twitch.news)
            val url = twitch.printed.lines().first { it.startsWith("ready ") }.removePrefix("ready ")
            val environment = mapOf(
                "TWITCHACTORS_SIMULATION_TWITCH" to url,
                "TWITCHACTORS_PROFILE_CHECKPOINT_EVERY" to "500 ms",
                // The sample files are looked at.
                "TWITCHACTORS_ARCHIVER_NIGHTLY" to "false",
            )
            val data = Data(folder.resolve("data"), environment)
            authorize(data, url, environment)
            post("$url/simulator/faults", FAULTS.joinToString("\n"), "text/plain")
            run(data, environment) { it.reaches("samples") { files(data).size >= SLOTS_BEFORE_THE_KILL } }.killGroup()
            data.clear()
            run(data, environment) { run -> run.reaches("the sealed day") { isSealed(data, run) } }.use { run ->
                run.signal("INT")
                assertEquals(0, run.end().exit, run.news)
            }
            val happened = faults(url)
            assertTrue(FAULTS.map { it.substringBefore(':') }.all { happened.getValue(it) > 0 || it == "page-repeats" }, "$happened")
            compare(data, Served(served), environment)
        }
    }

    private fun run(data: Data, environment: Map<String, String>, until: (Program) -> Boolean): Program {
        val run = Program.start(listOf("run", "--port", 0, "--data", data.path), environment)
        assertTrue(until(run), run.news.takeLast(3000))
        return run
    }

    /** Grants what `authorize` asks for, as a person would in the browser. */
    private fun authorize(data: Data, url: String, environment: Map<String, String>) {
        Program.start(listOf("authorize", "--data", data.path), environment).use { authorize ->
            assertTrue(authorize.reaches("an address") { CODE.containsMatchIn(authorize.printed) }, authorize.news)
            post("$url/activate", "device-code=${CODE.find(authorize.printed)!!.groupValues[1]}&login=simulated_collector")
            assertEquals(0, authorize.end().exit, authorize.news)
        }
    }

    private fun isSealed(data: Data, run: Program): Boolean = data.isReady(run) && runCatching {
        data.connect().use { connection ->
            connection.createStatement().use { statement ->
                statement.executeQuery("SELECT COUNT(*) FROM partition_seals WHERE published AND day = '$DAY'").use {
                    it.next() &&
                        it.getInt(1) == 16
                }
            }
        }
    }.getOrDefault(false)

    private fun files(data: Data): List<Path> = data.path.resolve("samples/$DAY").let { folder ->
        if (folder.toFile().isDirectory) folder.listDirectoryEntries("*.json") else emptyList()
    }

    private fun compare(data: Data, served: Served, environment: Map<String, String>) {
        val exported = data.path.resolveSibling("collected.jsonl")
        Program.run("export", DAY, "--data", data.path, "--out", exported, environment = environment)
        val stored = HashMap<Poll, MutableSet<String>>()
        exported.forEachLine { line ->
            val viewer = Json.parseToJsonElement(line).jsonObject
            for ((seconds, streamers) in viewer.getValue("slots").jsonObject) {
                val slot = (seconds.toLong() / 300 % 288).toInt()
                streamers.jsonArray.forEach {
                    stored.getOrPut(Poll(it.jsonPrimitive.content, slot), ::HashSet) += viewer.getValue("viewer").jsonPrimitive.content
                }
            }
        }
        val sampled = HashSet<Poll>()
        val gaps = HashMap<Poll, String>()
        for (file in files(data)) {
            val slot = (file.name.substringBefore('.').toLong() / 300 % 288).toInt()
            for ((streamer, value) in Json.parseToJsonElement(file.readText()).jsonObject) {
                val sample = value.jsonObject
                val poll = Poll(streamer, slot)
                if (sample["chatters"] == JsonNull) {
                    gaps[poll] = sample.getValue("gap").jsonPrimitive.content
                } else {
                    check(sample, poll, stored[poll].orEmpty(), served)
                    sampled += poll
                }
            }
        }
        println("${sampled.size} samples, $mixed of two slots, gaps: ${gaps.values.groupingBy { it }.eachCount()}")
        assertTrue(sampled.size > LEAST_SAMPLES, "${sampled.size} samples")
        assertTrue(mixed * MOST_MIXED < sampled.size, "$mixed of ${sampled.size} samples have names of two slots")
        assertTrue(gaps.isNotEmpty() && gaps.values.none { it.isBlank() || it == "unknown" }, "$gaps")
        assertEquals(emptySet<Poll>(), stored.keys - sampled, "stored, but in no file")
        assertEquals(emptySet<Poll>(), gaps.keys.intersect(stored.keys), "a gap, and stored")
    }

    /**
     * Nobody is stored who was not served, and of a complete list nobody is left out. A poll that asks again late in its slot, because
     * names were missing or no answer came, may be answered with the list of the next one, or get its pages from both.
     */
    private fun check(sample: JsonObject, poll: Poll, stored: Set<String>, served: Served) {
        assertEquals("chatters", sample.getValue("source").jsonPrimitive.content, "$poll")
        val lists = listOfNotNull(served.list(poll), served.list(poll.copy(slot = poll.slot + 1)))
        assertTrue(lists.isNotEmpty(), "$poll was never served")
        val strangers = stored - lists.flatten().toSet()
        assertEquals(emptySet<String>(), strangers, "$poll: stored, but not served")
        if (sample.getValue("complete").jsonPrimitive.boolean) {
            assertTrue(lists.any { stored.containsAll(it) }, "$poll: ${stored.size} stored, ${lists.map { it.size }} served")
            if (lists.none { it == stored }) mixed++
        }
    }

    /** What the simulated Twitch says that it has served: all lists of a slot are the same, so all names of its pages are the list. */
    private class Served(log: Path) {
        private val lists = HashMap<Poll, MutableSet<String>>()

        init {
            log.forEachLine { text ->
                val line = runCatching { Json.parseToJsonElement(text).jsonObject }.getOrNull() ?: return@forEachLine
                if (line.getValue("source").jsonPrimitive.content != "chatters") return@forEachLine
                if (line.getValue("day").jsonPrimitive.content != DAY) return@forEachLine
                val poll = Poll(line.getValue("streamer").jsonPrimitive.content, line.getValue("slot").jsonPrimitive.int)
                lists.getOrPut(poll, ::HashSet) += line.getValue("names").jsonArray.map { it.jsonPrimitive.content }
            }
        }

        fun list(poll: Poll): Set<String>? = lists[poll]
    }

    private fun faults(url: String): Map<String, Int> {
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

    private companion object {
        const val DAY = "2022-08-01"

        /** A slot in 1.25 s. */
        const val SPEED = 240
        const val SLOTS_BEFORE_THE_KILL = 12
        const val LEAST_SAMPLES = 80

        /** One in so many at most. */
        const val MOST_MIXED = 10
        val FAULTS = listOf(
            "server-error:0.05",
            "cut-body:0.03",
            "malformed-json:0.03",
            "too-many-requests:0.03",
            "expired-token:0.01",
            "page-repeats:0.1",
            "page-misses:0.1",
        )
        val CODE = Regex("device-code=([A-Z]+)")
        val http: HttpClient = HttpClient.newHttpClient()
    }
}
