package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assertions.fail
import twitchactors.pipeline.ServedDay.Poll
import java.nio.file.Path
import java.security.MessageDigest
import java.util.HexFormat
import java.util.TreeSet
import kotlin.io.path.forEachLine
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText

/** A day as it was collected: its sample files in [files], and the viewer-days that [exported] has of it, as JSON lines. */
class CollectedDay(private val files: Path, exported: Path) {
    /**
     * What was found of it.
     *
     * @param samples (streamer, slot) with a list
     * @param sources how many of them are of which source
     * @param mixed those of them that have names of two slots
     * @param gaps (streamer, slot) without one, with the reason
     */
    class Found(val samples: Int, val sources: Map<String, Int>, val mixed: Int, val gaps: Map<Poll, String>) {
        override fun toString() = "$samples samples $sources, $mixed with names of two slots, ${gaps.size} gaps ${gaps.values.counts()}"
    }

    private val stored = HashMap<Poll, MutableSet<String>>()
    private var mixed = 0

    /** By docs/contract.md: of the sorted lines `viewer,streamer,slot`. */
    val digest: String

    init {
        val triples = TreeSet<String>()
        exported.forEachLine { line ->
            val day = Json.parseToJsonElement(line).jsonObject
            val viewer = day.getValue("viewer").jsonPrimitive.content
            for ((seconds, streamers) in day.getValue("slots").jsonObject) {
                val slot = slot(seconds)
                for (streamer in streamers.jsonArray.map { it.jsonPrimitive.content }) {
                    stored.getOrPut(Poll(streamer, slot), ::HashSet) += viewer
                    // Sorted as the contract sorts: by viewer, then streamer, then slot as a number.
                    triples += "$viewer\u0000$streamer\u0000${"%03d".format(slot)}"
                }
            }
        }
        val sha = MessageDigest.getInstance("SHA-256")
        for (triple in triples) {
            triple.split('\u0000').let { (viewer, streamer, slot) ->
                sha.update("$viewer,$streamer,${slot.toInt()}\n".toByteArray())
            }
        }
        digest = HexFormat.of().formatHex(sha.digest())
    }

    /** Nothing is stored but what was [served], nothing that was sampled is missing, and each gap has its reason. */
    fun assertIs(served: ServedDay): Found {
        val sampled = HashSet<Poll>()
        val gaps = HashMap<Poll, String>()
        val sources = ArrayList<String>()
        for (file in files.listDirectoryEntries("*.json")) {
            val slot = slot(file.name.substringBefore('.'))
            for ((streamer, value) in Json.parseToJsonElement(file.readText()).jsonObject) {
                val sample = value.jsonObject
                val poll = Poll(streamer, slot)
                if (sample["chatters"] == JsonNull) {
                    gaps[poll] = sample.getValue("gap").jsonPrimitive.content
                } else {
                    check(sample, poll, served)
                    sampled += poll
                    sources += sample.getValue("source").jsonPrimitive.content
                }
            }
        }
        assertTrue(gaps.values.none { it.isBlank() || it == "unknown" }, "$gaps")
        assertEquals(emptySet<Poll>(), stored.keys - sampled, "stored, but in no file")
        assertEquals(emptySet<Poll>(), gaps.keys.intersect(stored.keys), "a gap, and stored")
        // A poll at the end of a slot may have been answered with the list of the next one; one that was given up is still asked again
        // for some seconds, which are more than a slot here.
        val known = sampled + gaps.keys
        val lost = served.wholeLists.filter {
            it !in known && it.copy(slot = it.slot - 1) !in known && gaps[it.copy(slot = it.slot - 2)] != GIVEN_UP
        }
        assertEquals(emptyList<Poll>(), lost, "served as a whole, but neither stored nor listed as a gap")
        return Found(sampled.size, sources.counts(), mixed, gaps)
    }

    private fun check(sample: JsonObject, poll: Poll, served: ServedDay) {
        val isComplete = sample.getValue("complete").jsonPrimitive.boolean
        when (val source = sample.getValue("source").jsonPrimitive.content) {
            "chatters" -> checkList(poll, served, isComplete)
            "membership" -> checkRoom(poll, served, isComplete)
            "messages" -> checkAuthors(poll, served)
            else -> fail("$poll: source $source")
        }
    }

    /**
     * Nobody is stored who was not served, and of a complete list nobody is left out. A poll that asks again late in its slot, because
     * names were missing or no answer came, may be answered with the list of the next one, or get its pages from both.
     */
    private fun checkList(poll: Poll, served: ServedDay, isComplete: Boolean) {
        val lists = listOfNotNull(served.list(poll), served.list(poll.copy(slot = poll.slot + 1)))
        assertTrue(lists.isNotEmpty(), "$poll was never served")
        val found = stored[poll].orEmpty()
        assertEquals(emptySet<String>(), found - lists.flatten().toSet(), "$poll: stored, but not served")
        if (isComplete) {
            assertTrue(lists.any { found.containsAll(it) }, "$poll: ${found.size} stored, ${lists.map { it.size }} served")
            if (lists.none { it == found }) mixed++
        }
    }

    /** A slot lasts a moment here, so what the chat says at its edges may be heard in the next one. */
    private fun checkRoom(poll: Poll, served: ServedDay, isComplete: Boolean) {
        val around = around(poll).mapNotNull { served.room(it) }
        val found = stored[poll].orEmpty()
        assertEquals(emptySet<String>(), found - around.flatten().toSet(), "$poll: stored, but never in the room")
        if (isComplete) {
            val always = around.reduceOrNull { a, b -> a intersect b }.orEmpty()
            assertEquals(emptySet<String>(), always - found, "$poll: in the room all the time, but not stored")
        }
    }

    private fun checkAuthors(poll: Poll, served: ServedDay) {
        val authors = around(poll).flatMap { served.authors(it) }.toSet()
        assertEquals(emptySet<String>(), stored[poll].orEmpty() - authors, "$poll: stored, but has said nothing")
    }

    private fun around(poll: Poll) = (-1..1).map { poll.copy(slot = poll.slot + it) }

    private fun slot(seconds: String): Int = (seconds.toLong() / SECONDS_OF_A_SLOT % SLOTS_OF_A_DAY).toInt()

    private companion object {
        fun Collection<String>.counts(): Map<String, Int> = groupingBy { it }.eachCount()

        const val GIVEN_UP = "no answer came in time"
        const val SECONDS_OF_A_SLOT = 300
        const val SLOTS_OF_A_DAY = 288
    }
}
